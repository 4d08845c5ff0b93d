/** Values of a check's sentences by name; one that is missing is shown as "?": unknown, not left out. */
export type CheckParams = Readonly<Record<string, string>>;

/** What a person reads of a check. `p` answers every name; a missing one is "?". */
export interface CheckSentences {
  /** The finding, one sentence, subject first. */
  title(p: CheckParams): string;
  /** Why it matters for the move. */
  why(p: CheckParams): string;
  /** What to do about it. Statements are shown beside it. */
  remedy(p: CheckParams): string;
}

/** Answers "?" for whatever is not there. */
export const withUnknown = (params: CheckParams): CheckParams =>
  new Proxy(params, {
    get: (known, name) => (typeof name === 'string' && Object.hasOwn(known, name) ? known[name] : '?'),
  });

/** "1 table is", "3 tables are": the count of a case with the word that fits it. */
export const counted = ({ count }: CheckParams, one: string, many: string): string =>
  `${count} ${count === '1' ? one : many}`;
