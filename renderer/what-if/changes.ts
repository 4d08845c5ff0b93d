import { type Change, Changes, printChange } from '@shared/what-if/change';

/** The changes that an address names; whatever cannot be read is none. */
export function changesIn(text: string | undefined): Change[] {
  if (text === undefined) return [];
  try {
    return Changes.catch([]).parse(JSON.parse(text));
  } catch {
    return [];
  }
}

/** As an address carries them; null: there are none. */
export const changesText = (changes: readonly Change[]): string | null =>
  changes.length === 0 ? null : JSON.stringify(changes);

/** Stable, to find a change again: as it is written on the command line. */
const keyOf = printChange;

/** Adds a change, or takes it out again where it is there already: a second click takes the first one back. */
export function toggled(changes: readonly Change[], change: Change): Change[] {
  const key = keyOf(change);
  const without = changes.filter((each) => keyOf(each) !== key);
  return without.length < changes.length ? without : [...changes, change];
}

/** Sets what there is one of: the scenario it starts from, the load, a value of an input; null takes it out. */
export function replaced(
  changes: readonly Change[],
  of: (change: Change) => boolean,
  change: Change | null,
): Change[] {
  const without = changes.filter((each) => !of(each));
  return change === null ? without : [...without, change];
}
