import { describe, expect, it } from 'vitest';
import { overlapsOf, stretchesOf } from './accepts';
import { type Line, readJournal, resultOf } from './attempts';
import { gapBetween, type Present, type Verdict, verdictOf } from './check';
import { amounts } from './clients';

/** A journal as the load writes it: client 0 is ordinary, client 1 privileged. */
const journalOf = (...lines: Line[]) => {
  const clients: Line[] = [
    { e: 'client', c: 0, kind: 'autocommit' },
    { e: 'client', c: 1, kind: 'privileged' },
  ];
  return readJournal(
    [...clients, ...lines, { e: 'end', t: 9999 }].map((line) => JSON.stringify(line)).join('\n'),
  );
};
const tried = (c: number, s: number, n: string, t: number): Line => ({ e: 'try', c, s, n, t });
const acked = (c: number, s: number, d: number, t: number, gtid = `0-1-${s}`): Line => ({
  e: 'ack',
  c,
  s,
  d,
  t,
  gtid,
});
const write = (c: number, s: number, n: string, d: number, t: number): Line[] => [
  tried(c, s, n, d),
  acked(c, s, d, t),
];
const probe = (n: string, t: number, ok: boolean, by: 'ordinary' | 'privileged' = 'ordinary'): Line => ({
  e: 'probe',
  n,
  by,
  t,
  end: t + 1,
  ok,
  ...(ok ? {} : { code: 1290 }),
});
const server = (node: string, rows: string[], rest: Partial<Present> = {}): Present => ({
  node,
  rows: new Set(rows),
  sum: '4000',
  torn: 0,
  attached: true,
  caughtUp: true,
  ...rest,
});
const kinds = ({ violations }: Verdict) => violations.map(({ kind }) => kind);

describe('what a server holds against what clients were told', () => {
  const lines = [
    ...write(0, 1, 'db-a', 10, 12),
    tried(0, 2, 'db-a', 20),
    { e: 'nack', c: 0, s: 2, d: 20, t: 21, code: 1290 } as Line,
    tried(0, 3, 'db-b', 30),
    { e: 'unknown', c: 0, s: 3, d: 30, t: 31, code: 2013 } as Line,
    ...write(1, 1, 'db-b', 32, 33),
    tried(0, 4, 'db-b', 40), // never answered
    probe('db-a', 5, true),
  ];
  const verdict = (...present: Present[]) => verdictOf(journalOf(...lines), present, '4000');

  it('is in order when acknowledged rows are there and refused ones are not, whatever became of the unknown', () => {
    for (const rest of [[], ['0 3'], ['0 4'], ['0 3', '0 4']])
      expect(verdict(server('db-b', ['0 1', '1 1', ...rest]))).toEqual({
        violations: [],
        acknowledged: 2,
        refused: 1,
        unknown: 2,
        fences: 0,
        fencesProbed: 0,
        overlapMs: 0,
      });
  });
  it('names what was acknowledged and is gone, on each server', () => {
    expect(verdict(server('db-b', ['1 1']), server('db-c', ['0 1', '1 1'])).violations).toEqual([
      { kind: 'lost', node: 'db-b', count: 1, rows: ['0 1'], gtids: ['0-1-1'] },
    ]);
  });
  it.each([
    ['refused-but-there', server('db-b', ['0 1', '1 1', '0 2'])],
    ['never-sent', server('db-b', ['0 1', '1 1', '7 7'])],
    ['sum', server('db-b', ['0 1', '1 1'], { sum: '4001' })],
    ['torn', server('db-b', ['0 1', '1 1'], { torn: 1 })],
    ['behind', server('db-b', ['0 1', '1 1'], { caughtUp: false })],
    ['not-attached', server('db-b', ['0 1', '1 1'], { attached: false })],
  ])('finds %s', (kind, present) => expect(kinds(verdict(present))).toEqual([kind]));

  it('proves nothing with a client that never wrote, without an end, without probes, or without any write', () => {
    const silent = verdictOf(
      journalOf(...write(0, 1, 'db-a', 1, 2), tried(1, 1, 'db-a', 1), probe('db-a', 5, true)),
      [],
      '',
    );
    expect(silent.violations).toEqual([
      { kind: 'no-proof', because: 'no privileged write was acknowledged' },
    ]);
    expect(kinds(verdictOf({ ...journalOf(...lines), whole: false }, [], ''))).toEqual(['no-proof']);
    expect(kinds(verdictOf({ ...journalOf(...lines), probes: [] }, [], ''))).toEqual(['no-proof']);
    expect(kinds(verdictOf(journalOf(probe('db-a', 5, true)), [], ''))).toEqual(['no-proof']);
  });
});

describe('two servers that take writes', () => {
  const overlaps = (...lines: Line[]) => overlapsOf(stretchesOf(journalOf(...lines)));

  it('is not a hand-over', () => {
    expect(
      overlaps(
        probe('db-a', 0, true),
        probe('db-a', 10, true),
        probe('db-a', 20, false),
        probe('db-b', 30, true),
      ),
    ).toEqual([]);
  });
  it('is not an answer that only came late', () => {
    expect(
      overlaps(
        ...write(0, 1, 'db-a', 0, 1),
        ...write(0, 2, 'db-a', 10, 99),
        probe('db-b', 30, true),
        probe('db-b', 40, true),
      ),
    ).toEqual([]);
  });
  it('is proven by one write on the other between two of the first', () => {
    expect(overlaps(probe('db-a', 0, true), probe('db-b', 10, true), probe('db-a', 20, true))).toEqual([
      { nodes: ['db-a', 'db-b'], by: ['ordinary', 'ordinary'], from: 10, ms: 1 },
    ]);
  });
  it('lasts as long as both go on', () => {
    const both = [0, 10, 20, 30].flatMap((t) => [probe('db-a', t, true), probe('db-b', t + 15, true)]);
    expect(overlaps(...both)).toEqual([
      { nodes: ['db-a', 'db-b'], by: ['ordinary', 'ordinary'], from: 15, ms: 16 },
    ]);
  });
  it('is not going there and back', () => {
    const turns = ['db-a', 'db-b', 'db-a', 'db-b'].flatMap((node, turn) => {
      const other = node === 'db-a' ? 'db-b' : 'db-a';
      return [0, 10, 20].flatMap((t) => [
        probe(node, turn * 100 + t, true),
        probe(other, turn * 100 + t + 5, false),
      ]);
    });
    expect(overlaps(...turns)).toEqual([]);
  });
  it('counts the privileged, whose own refusals alone speak for them', () => {
    const lines = [
      ...write(1, 1, 'db-a', 0, 1),
      probe('db-a', 10, false),
      probe('db-b', 20, true),
      probe('db-b', 60, true),
      probe('db-a', 40, false),
    ];
    expect(overlaps(...lines)).toEqual([]);
    expect(overlaps(...lines, probe('db-a', 50, true, 'privileged'))).toHaveLength(1);
    expect(
      overlaps(...lines, probe('db-a', 30, false, 'privileged'), ...write(1, 2, 'db-a', 70, 71)),
    ).toEqual([]);
  });
});

it('counts the fences, and those behind which the privileged were probed', () => {
  const { fences, fencesProbed } = verdictOf(
    journalOf(
      ...[probe('db-a', 0, true), probe('db-a', 10, false), probe('db-a', 15, false, 'privileged')],
      ...[probe('db-a', 20, false), probe('db-a', 25, false, 'privileged'), probe('db-a', 30, true)],
      ...[probe('db-a', 40, false), probe('db-b', 5, false), probe('db-b', 50, true)],
    ),
    [],
    '',
  );
  expect({ fences, fencesProbed }).toEqual({ fences: 2, fencesProbed: 1 });
});

describe('the longest gap', () => {
  const journal = journalOf(
    ...write(0, 1, 'db-a', 0, 5),
    { e: 'mark', name: 'begins', t: 10 },
    ...write(0, 2, 'db-a', 10, 20),
    ...write(1, 1, 'db-b', 60, 95),
    ...write(0, 3, 'db-b', 60, 99),
    { e: 'mark', name: 'ends', t: 100 },
  );
  it('is between two acknowledged writes of any client', () =>
    expect(gapBetween(journal, 'begins', 'ends')).toBe(75));
  it('is the whole time when there is none', () => {
    const nothing = journalOf({ e: 'mark', name: 'begins', t: 10 }, { e: 'mark', name: 'ends', t: 300 });
    expect(gapBetween(nothing, 'begins', 'ends')).toBe(290);
  });
  it('is not made up for a mark that was never set', () => {
    expect(() => gapBetween(journal, 'begins', 'never')).toThrow('never');
  });
});

it('takes only the codes for a refusal after which nothing was written', () => {
  expect([1290, 1062, 1205, 1213, 1792, 1836].map(resultOf)).toEqual(Array(6).fill('nack'));
  expect([null, 2013, 1317, 1927, 3024, 1053].map(resultOf)).toEqual(Array(6).fill('unknown'));
});

it('does not read a journal in which an answer was never asked for', () => {
  expect(() => journalOf(acked(0, 1, 1, 2))).toThrow('never sent');
  expect(() => readJournal(JSON.stringify(tried(5, 1, 'db-a', 1)))).toThrow('client 5');
});

it('moves amounts that make nothing together', () => {
  for (let serial = 1; serial < 40; serial += 1) {
    const moved = amounts(serial);
    expect(moved.reduce((all, one) => all + one, 0)).toBe(0);
    expect(moved.every((one) => one !== 0)).toBe(true);
  }
});
