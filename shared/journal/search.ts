import { z } from 'zod';
import { isSending, JournalEntry, type JournalEvent, type JournalRecord, repeatedIn } from './entry';
import { GROUPS, hostOf, isFailed, isIn } from './groups';

/** What to find. What is left out does not narrow. */
export const JournalFilter = z.strictObject({
  /** Somewhere in the entry, without regard to case. */
  text: z.string().max(200).optional(),
  host: z.string().max(200).optional(),
  /** Part of user@workstation. */
  who: z.string().max(200).optional(),
  group: z.enum(GROUPS).optional(),
  /** Only what did not come to what was wanted. */
  failed: z.boolean().optional(),
  /** Epoch milliseconds; `until` is not part of it. */
  since: z.number().optional(),
  until: z.number().optional(),
});
export type JournalFilter = z.infer<typeof JournalFilter>;

/** More than anybody turns pages for; whoever wants all of it exports it. */
const MAX_OFFSET = 20_000;
export const JournalQuery = z.strictObject({
  filter: JournalFilter,
  offset: z.number().int().min(0).max(MAX_OFFSET),
  limit: z.number().int().min(1).max(1_000),
});
export type JournalQuery = z.infer<typeof JournalQuery>;

/** Newest first. `total` counts all that the filter finds. */
export const JournalPage = z.strictObject({ total: z.number(), entries: z.array(JournalEntry) });
export type JournalPage = z.infer<typeof JournalPage>;

/** The text behind the id of a `text` record. */
export type TextOf = (id: string) => string;

/** Does a record fit? `textOf` is asked once for each text. */
export function matcher(filter: JournalFilter, textOf: TextOf): (record: JournalRecord) => boolean {
  const term = filter.text?.toLowerCase() ?? '';
  const who = filter.who?.toLowerCase() ?? '';
  const known = new Map<string, boolean>();
  const hasTerm = (text: string): boolean => text.toLowerCase().includes(term);
  const isInText = (id: string): boolean => {
    const found = known.get(id) ?? hasTerm(textOf(id));
    known.set(id, found);
    return found;
  };
  return ({ at, who: person, what }) =>
    what.kind !== 'text' &&
    at >= (filter.since ?? Number.NEGATIVE_INFINITY) &&
    at < (filter.until ?? Number.POSITIVE_INFINITY) &&
    (filter.group === undefined || isIn(filter.group, what.kind)) &&
    (filter.host === undefined || hostOf(what) === filter.host) &&
    (who === '' || person.toLowerCase().includes(who)) &&
    (!filter.failed || isFailed(what)) &&
    (term === '' || stringsOf(what).some(hasTerm) || textIdsOf(what).some(isInText));
}

/** Ids of the texts that an event refers to. */
export function textIdsOf(what: JournalEvent): string[] {
  if (isSending(what)) return [what.text];
  return what.kind === 'polled' ? repeatedIn(what).map(({ text }) => text) : [];
}

/** The event with its texts in full. */
export function withTexts(what: JournalEvent, textOf: TextOf): JournalEvent {
  if (isSending(what)) return { ...what, text: textOf(what.text) };
  if (what.kind !== 'polled') return what;
  const full = <T extends { text: string }>(one: T): T => ({ ...one, text: textOf(one.text) });
  return { ...what, ways: what.ways.map((way) => ({ ...way, texts: way.texts.map(full) })) };
}

const stringsOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : [];
};
