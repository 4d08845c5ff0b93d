import { stat, truncate } from 'node:fs/promises';
import path from 'node:path';
import { type ChainHead, GENESIS, type Linked, readLine } from '@shared/journal/chain';
import type { JournalEvent } from '@shared/journal/entry';
import { digest } from './digest';
import { dayFiles, type Line, linesOf, readHead } from './lane-files';

/** Where a lane goes on, and what must be said first. */
export interface Recovered {
  head: ChainHead;
  /** The newest file and its length; null when there is none. */
  file: { name: string; bytes: number } | null;
  gaps: JournalEvent[];
}

/**
 * Finds the end of a lane after whatever happened to its last writer. A last line without a line feed was
 * never acknowledged to anybody: it is cut off, and the gap says how much. Nothing else is mended: a line that is
 * wrong or missing stays so, the chain goes on from the head on record, and the verifier names the place.
 */
export async function recoverLane(folder: string): Promise<Recovered> {
  const known = await readHead(folder);
  const name = (await dayFiles(folder)).at(-1);
  if (name === undefined) return { head: known ?? GENESIS, file: null, gaps: [] };
  const file = path.join(folder, name);
  const { size } = await stat(file);
  // What the head vouches for is not read again: a start costs the same at the end of a long day.
  const from = known?.file === name && known.bytes <= size ? known.bytes : 0;
  const tail = await readTail(file, from, from > 0 && known ? known : null);
  const gaps: JournalEvent[] = [];
  if (tail.torn > 0) {
    await truncate(file, tail.bytes);
    gaps.push({ kind: 'gap', reason: 'torn-tail', file: name, bytes: tail.torn });
  }
  const last = tail.last;
  if (!known) gaps.push({ kind: 'gap', reason: 'no-head' });
  const isNewer = last !== null && last.seq > (known?.seq ?? 0);
  const clean = isNewer ? last.what.kind === 'console-stopped' : (known?.clean ?? true);
  if (!clean) gaps.push({ kind: 'gap', reason: 'unclean-end' });
  const head = isNewer ? last : (known ?? GENESIS);
  return { head: { seq: head.seq, hash: head.hash }, file: { name, bytes: tail.bytes }, gaps };
}

interface Tail {
  /** The newest record that follows from the ones before it. */
  last: Linked | null;
  /** Up to the last line feed. */
  bytes: number;
  /** Bytes after it. */
  torn: number;
}

async function readTail(file: string, from: number, before: ChainHead | null): Promise<Tail> {
  let last: Linked | null = null;
  let bytes = from;
  let torn = 0;
  let follows = true;
  const take = ({ text, whole, end }: Line): void => {
    if (!whole) {
      torn = end - bytes;
      return;
    }
    bytes = end;
    const read = readLine(text, digest);
    const previous: ChainHead | null = last ?? before;
    follows &&= typeof read === 'object' && (previous === null || read.prev === previous.hash);
    if (follows && typeof read === 'object') last = read;
  };
  for await (const line of linesOf(file, from)) take(line);
  return { last, bytes, torn };
}
