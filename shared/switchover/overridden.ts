import type { Refusal } from '../views/lever';

/** What somebody typed to go on in spite of a refusal. */
export type Overrides = readonly { code: string; typed: string }[];

/** As it is typed, without case and accents. */
const folded = (typed: string): string =>
  typed
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .trim();

export const typedFor = (code: string, overrides: Overrides): string | undefined =>
  overrides.find((one) => one.code === code)?.typed;

/** May a person go on in spite of it, and did they type the very words? */
export function isOverridden({ code, override }: Refusal, overrides: Overrides): boolean {
  const typed = typedFor(code, overrides);
  return override !== null && typed !== undefined && folded(typed) === folded(override);
}
