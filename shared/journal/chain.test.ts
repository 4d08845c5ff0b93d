import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type ChainHead, GENESIS, readLine, seal } from './chain';
import type { JournalEvent } from './entry';
import { verifyChain } from './verify-chain';

const digest = (text: string) => createHash('sha256').update(text).digest('base64url');

const EVENTS: JournalEvent[] = [
  { kind: 'console-started', program: 'window', version: '0.1.0', pid: 7 },
  { kind: 'text', id: '#abc', text: 'SELECT "é\n✓" = \u{1f512}' },
  { kind: 'connecting', host: 'db', address: '127.0.20.2', port: 22 },
  { kind: 'closed', via: 'ssh', host: 'db', account: 'watch', route: 'ssh watch@127.0.20.2:22' },
  { kind: 'ledger-changed', path: 'assumptions/linkRate', change: 'set', value: '500 Mbit/s' },
  { kind: 'console-stopped' },
];

function chainOf(events: readonly JournalEvent[], from: ChainHead = GENESIS) {
  let head = from;
  const lines = events.map((what, index) => {
    const sealed = seal(head, { at: 1_000 + index, who: 'ann@desk', what }, digest);
    head = sealed.head;
    return sealed.line;
  });
  return { lines, head };
}
/** Reads a file's text as the reader of files does: by line feeds, the last piece perhaps not whole. */
function verdictOn(text: string, head: ChainHead | null) {
  const verifier = verifyChain('1', head, digest);
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    const whole = index < lines.length - 1;
    if (whole || line !== '') verifier.line('day', index + 1, line, whole);
  }
  return verifier.end();
}
const { lines, head } = chainOf(EVENTS);
const whole = `${lines.join('\n')}\n`;
const without = (index: number) => lines.filter((_, at) => at !== index);
const swapped = (index: number) => {
  const moved = [...lines];
  moved.splice(index, 2, lines[index + 1] ?? '', lines[index] ?? '');
  return moved;
};
const inserted = (index: number, line: string) => [...lines.slice(0, index), line, ...lines.slice(index)];
const foundIn = (some: readonly string[], of: ChainHead | null = head) => {
  const { broken } = verdictOn(`${some.join('\n')}\n`, of);
  return broken && [broken.seq, broken.why];
};

describe('a chain', () => {
  it('is whole as it was written, and says from where to where', () => {
    expect(verdictOn(whole, head)).toMatchObject({
      records: 6,
      broken: null,
      first: { seq: 1, at: 1_000 },
      last: { seq: 6, at: 1_005, hash: head.hash },
    });
    expect(verdictOn('', null)).toMatchObject({ records: 0, broken: null, first: null });
  });

  it('every byte: any bit that flips is found at the record it is in, or at the one after its line feed', () => {
    const bytes = Buffer.from(whole);
    const startOf = (at: number) => bytes.subarray(0, at).toString('latin1').split('\n').length;
    const missed: string[] = [];
    for (let at = 0; at < bytes.length; at += 1) {
      for (const bit of [0, 3, 7]) {
        const flipped = Buffer.from(bytes);
        flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
        const { broken } = verdictOn(flipped.toString('utf8'), head);
        if (broken?.seq !== startOf(at)) missed.push(`${at}/${bit}: ${broken?.seq} ${broken?.why}`);
      }
    }
    expect(missed).toEqual([]);
  });

  it('every length: what is cut off is missed, at the first number that is not there', () => {
    const wrong: string[] = [];
    const bytes = Buffer.from(whole);
    for (let at = 0; at < bytes.length; at += 1) {
      const text = bytes.subarray(0, at).toString('utf8');
      const { broken } = verdictOn(text, head);
      const complete = text.split('\n').length - 1;
      const why = text === '' || text.endsWith('\n') ? 'cut-tail' : 'torn-tail';
      if (broken?.seq !== complete + 1 || broken.why !== why) wrong.push(`${at}: ${JSON.stringify(broken)}`);
    }
    expect(wrong).toEqual([]);
  });

  it.each([1, 2, 3, 4])('removing, moving or repeating record %i + 1 is named', (index) => {
    expect(foundIn(without(index))).toEqual([index + 1, 'missing']);
    expect(foundIn(swapped(index))).toEqual([index + 1, 'out-of-order']);
    expect(foundIn(inserted(index, lines[index - 1] ?? ''))).toEqual([index + 1, 'repeated']);
  });

  it('a record of somebody else in the right place is foreign, even with a hash that fits its text', () => {
    const forged = seal(
      { seq: 2, hash: digest('x') },
      { at: 1, who: 'eve', what: { kind: 'console-stopped' } },
      digest,
    );
    expect(foundIn(inserted(2, forged.line))).toEqual([3, 'foreign']);
    const next = seal(
      { seq: 2, hash: readHash(1) },
      { at: 1, who: 'eve', what: { kind: 'console-stopped' } },
      digest,
    );
    // It follows from record 2, so it is record 3 that no longer follows.
    expect(foundIn(inserted(2, next.line))).toEqual([4, 'repeated']);
  });

  it('the same JSON in another spelling is not the same record', () => {
    const spelled = lines.map((line, index) =>
      index === 2 ? line.replace('"port":22', '"port":22.0') : line,
    );
    expect(foundIn(spelled)).toEqual([3, 'altered']);
  });

  it('a tail rewritten from somewhere on does not fit the head on record', () => {
    const kept = lines.slice(0, 5);
    const forged = seal(
      { seq: 5, hash: readHash(4) },
      { at: 1, who: 'eve', what: { kind: 'console-stopped' } },
      digest,
    );
    expect(foundIn([...kept, forged.line])).toEqual([6, 'head-differs']);
    // Without the second file nobody can tell: this is what a copy of the hash is for.
    expect(foundIn([...kept, forged.line], null)).toBeNull();
  });

  it('a beginning that is gone is accepted only with an anchor that carries its hash', () => {
    expect(foundIn(lines.slice(3))).toEqual([1, 'no-start']);
    const anchor = (lastHash: string): JournalEvent => ({
      kind: 'anchor',
      files: ['old'],
      lastSeq: 3,
      lastHash,
    });
    const kept = (hash: string) => {
      const more = chainOf([anchor(hash)], head);
      return foundIn([...lines.slice(3), ...more.lines], more.head);
    };
    expect(kept(readHash(2))).toBeNull();
    expect(kept(digest('another'))).toEqual([1, 'no-start']);
  });
});

function readHash(index: number): string {
  const read = readLine(lines[index] ?? '', digest);
  return typeof read === 'object' ? read.hash : '';
}
