import { z } from 'zod';
import type { JournalEvent } from './entry';

/**
 * The chain: every line carries the hash of the line before it, and ends with the hash of its own text. The
 * hash is over the very characters of the line, so that no other spelling of the same JSON passes for it.
 * What a chain cannot show: that somebody who may write the folder wrote all of it anew. Whoever fears that
 * keeps the newest hash elsewhere and names it to the verifier.
 */

/** SHA-256 of the text's UTF-8, as base64url without padding. */
export type Digest = (text: string) => string;

/** Where a chain ends: the last record's number and hash. */
export interface ChainHead {
  seq: number;
  hash: string;
}
/** Before the first record. */
export const GENESIS: ChainHead = { seq: 0, hash: '' };

const LINE = /^(\{.*),"hash":"([\w-]{43})"\}$/s;
/** What of a line the chain itself needs to know. */
const Linked = z.object({
  seq: z.number().int().min(1),
  prev: z.string(),
  at: z.number(),
  what: z.object({ kind: z.string(), reason: z.string().optional() }).loose(),
});
export type Linked = z.infer<typeof Linked> & { hash: string };

/** The next line of the chain, without its line feed, and the head after it. */
export function seal(
  head: ChainHead,
  record: { at: number; who: string; what: JournalEvent },
  digest: Digest,
): { line: string; head: ChainHead } {
  const seq = head.seq + 1;
  const text = JSON.stringify({ seq, prev: head.hash, at: record.at, who: record.who, what: record.what });
  const hash = digest(text);
  return { line: `${text.slice(0, -1)},"hash":"${hash}"}`, head: { seq, hash } };
}

/** Reads one line back: `unreadable` is no record at all, `altered` is one whose text is not what was hashed. */
export function readLine(line: string, digest: Digest): Linked | 'unreadable' | 'altered' {
  const [, open = '', hash = ''] = LINE.exec(line) ?? [];
  if (open === '') return 'unreadable';
  if (digest(`${open}}`) !== hash) return 'altered';
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'unreadable';
  }
  const linked = Linked.safeParse(value);
  return linked.success ? { ...linked.data, hash } : 'unreadable';
}
