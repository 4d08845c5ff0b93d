import { z } from 'zod';
import { type ChainHead, type Digest, GENESIS, type Linked, readLine } from './chain';

/** What is wrong at a place of the chain. */
export const BREAKS = [
  /** A line that is no record. */
  'unreadable',
  /** A record whose text is not what was hashed. */
  'altered',
  /** Records that should stand here do not. */
  'missing',
  /** A record that should stand here comes later. */
  'out-of-order',
  /** An earlier record stands here again. */
  'repeated',
  /** A record with the right number that does not follow from the one before. */
  'foreign',
  /** The last line is only a part of one. */
  'torn-tail',
  /** The head on record is later than the last record. */
  'cut-tail',
  /** The record of the head's number is another one. */
  'head-differs',
  /** The first records are gone, and no anchor says why. */
  'no-start',
] as const;
export const ChainBreak = z.strictObject({
  /** The first number at which the chain is not what it must be. */
  seq: z.number(),
  why: z.enum(BREAKS),
  file: z.string(),
  line: z.number(),
});
export type ChainBreak = z.infer<typeof ChainBreak>;

const End = z.strictObject({ seq: z.number(), at: z.number(), hash: z.string() });
/** The verdict on one lane. */
export const LaneVerdict = z.strictObject({
  lane: z.string(),
  /** Records up to the first break. */
  records: z.number(),
  first: End.nullable(),
  last: End.nullable(),
  broken: ChainBreak.nullable(),
  /** Gap records: what the console itself knows to be missing. */
  gaps: z.number(),
});
export type LaneVerdict = z.infer<typeof LaneVerdict>;

export interface ChainVerifier {
  /** The next line of the lane. `whole` is false for what stands after the last line feed. */
  line(file: string, number: number, text: string, whole: boolean): void;
  /** After the last line. */
  end(): LaneVerdict;
}

/** Verifies one lane, line by line. `head` is what the lane's second file says of its end; null: there is none. */
export function verifyChain(lane: string, head: ChainHead | null, digest: Digest): ChainVerifier {
  let expected: ChainHead = GENESIS;
  let first: Linked | null = null;
  let last: Linked | null = null;
  let broken: ChainBreak | null = null;
  let anchored = false;
  let records = 0;
  let gaps = 0;
  let place = { file: '', line: 0 };

  const problemOf = (record: Linked): ChainBreak['why'] | null => {
    if (record.seq > expected.seq + 1) return 'missing';
    if (record.seq <= expected.seq) return 'repeated';
    if (record.prev !== expected.hash) return 'foreign';
    return head?.seq === record.seq && head.hash !== record.hash ? 'head-differs' : null;
  };
  const isAnchor = (record: Linked): boolean =>
    record.what.kind === 'anchor' &&
    first !== null &&
    record.what.lastSeq === first.seq - 1 &&
    record.what.lastHash === first.prev;

  return {
    line(file, number, text, whole) {
      const read = readLine(text, digest);
      if (broken) {
        // Looked for only to name the fault better: what is missing here may come later.
        if (broken.why === 'missing' && typeof read === 'object' && read.seq === broken.seq)
          broken = { ...broken, why: 'out-of-order' };
        return;
      }
      place = { file, line: number };
      if (typeof read === 'string' || !whole) {
        broken = {
          seq: expected.seq + 1,
          why: typeof read === 'string' && whole ? read : 'torn-tail',
          ...place,
        };
        return;
      }
      if (!first) {
        first = read;
        expected = { seq: read.seq - 1, hash: read.prev };
      }
      const why = problemOf(read);
      if (why) {
        broken = { seq: expected.seq + 1, why, ...place };
        return;
      }
      expected = { seq: read.seq, hash: read.hash };
      last = read;
      records += 1;
      if (read.what.kind === 'gap') gaps += 1;
      anchored ||= isAnchor(read);
    },
    end() {
      const startsAtGenesis = first === null || (first.seq === 1 && first.prev === GENESIS.hash);
      if (!startsAtGenesis && !anchored) broken = { seq: 1, why: 'no-start', ...place };
      else if (!broken && head && head.seq > expected.seq)
        broken = { seq: expected.seq + 1, why: 'cut-tail', ...place };
      return { lane, records, first: endOf(first), last: endOf(last), broken, gaps };
    },
  };
}

const endOf = (record: Linked | null): LaneVerdict['first'] =>
  record && { seq: record.seq, at: record.at, hash: record.hash };
