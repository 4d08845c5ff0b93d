import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/**
 * Where the journal lies: `<dataDir>/journal/<lane>/YYYY-MM-DD.jsonl`, days in UTC. A lane is one chain; a
 * process writes the first lane that no other one holds.
 */
export const journalFolder = (dataDir: string): string => path.join(dataDir, 'journal');

const DAY_FILE = /^\d{4}-\d\d-\d\d\.jsonl$/;
export const dayFileOf = (at: number): string => `${new Date(at).toISOString().slice(0, 10)}.jsonl`;

/** What the lane's second file says of its end, so that a cut-off tail is noticed. */
export const LaneHead = z.strictObject({
  seq: z.number().int().min(0),
  hash: z.string(),
  /** The file that holds the record, and the file's length after it. */
  file: z.string(),
  bytes: z.number().int().min(0),
  /** The writer said goodbye. */
  clean: z.boolean(),
});
export type LaneHead = z.infer<typeof LaneHead>;

export const headFile = (folder: string): string => path.join(folder, 'head.json');
/** Who writes the lane. */
export const lockFileOf = (folder: string): string => path.join(folder, 'lock');

/** Null when there is none, or none that can be read. */
export async function readHead(folder: string): Promise<LaneHead | null> {
  try {
    return LaneHead.parse(JSON.parse(await readFile(headFile(folder), 'utf8')));
  } catch {
    return null;
  }
}

/** The lane's files, oldest first. */
export async function dayFiles(folder: string): Promise<string[]> {
  return (await namesIn(folder)).filter((name) => DAY_FILE.test(name)).sort();
}

/** The lanes of a journal, in the order of their numbers. */
export async function lanesOf(journal: string): Promise<string[]> {
  return (await namesIn(journal)).filter((name) => /^\d+$/.test(name)).sort((a, b) => Number(a) - Number(b));
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw thrown;
  }
}

export interface Line {
  text: string;
  /** It ended with a line feed. */
  whole: boolean;
  /** Where the next line begins, in bytes of the file. */
  end: number;
}

/** Read at once, in bytes: a few milliseconds' worth of records. */
const PIECE = 16 * 1024;

/** The lines of a file from a byte on. Other work gets its turn between the pieces. */
export async function* linesOf(file: string, start = 0): AsyncGenerator<Line> {
  const stream = createReadStream(file, { start, highWaterMark: PIECE });
  let rest: Buffer = Buffer.alloc(0);
  let end = start;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    let from = 0;
    for (;;) {
      const feed = chunk.indexOf(0x0a, from);
      if (feed < 0) break;
      const piece = chunk.subarray(from, feed);
      const line = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
      rest = Buffer.alloc(0);
      end += line.length + 1;
      yield { text: line.toString('utf8'), whole: true, end };
      from = feed + 1;
    }
    if (from < chunk.length) rest = Buffer.concat([rest, chunk.subarray(from)]);
  }
  if (rest.length > 0) yield { text: rest.toString('utf8'), whole: false, end: end + rest.length };
}
