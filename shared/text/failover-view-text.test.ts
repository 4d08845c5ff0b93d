import { expect, test } from 'vitest';
import { aLook, decoded } from '../failover/look.test-kit';
import {
  choiceText,
  figureText,
  isolationText,
  lookTitle,
  oldRows,
  reasonsText,
  standingText,
  waitingText,
} from './failover-view-text';

const at = (time: number) => `@${time}`;

test('the title says who is given up and who takes writes, or that it is not clear', () => {
  expect(lookTitle(aLook(), 'en')).toBe('db-a would be abandoned, db-b would take writes.');
  expect(lookTitle(aLook(), 'fr')).toBe('db-a serait abandonné, db-b prendrait les écritures.');
  const unclear = aLook({ choice: { kind: 'unclear', why: 'silent', nodes: ['db-c'], best: 'db-b' } });
  expect(lookTitle(unclear, 'en')).toBe('db-a would be abandoned; who would take writes is not clear.');
  expect(lookTitle(aLook({}, { answers: true }), 'en')).toBe(
    'db-a answers. There is nothing to fail over from.',
  );
});

test('the console’s own view is never taken for more', () => {
  expect(standingText(aLook({ seenByOthers: false }), 'en')).toContain('is not “it is dead”');
  expect(standingText(aLook(), 'fr')).toContain('D’autres ne voient plus db-a non plus');
});

test('figures are exact at any size, and unknown is no figure', () => {
  const many = {
    kind: 'at-least',
    transactions: '48790',
    gtids: 'x',
    lastSeen: null,
    by: 'log',
    decoded: null,
  } as const;
  expect(figureText(many, 'en')).toEqual({ figure: '≥ 48\u202f790', counts: 'transactions would be lost' });
  const one = { kind: 'exact', transactions: '1', gtids: 'x', ...decoded() } as const;
  expect(figureText(one, 'fr')).toEqual({ figure: '1', counts: 'transaction serait perdue' });
  expect(figureText({ kind: 'unknown', lastSeen: null }, 'en')).toEqual({
    figure: null,
    counts: 'How much would be lost is not known.',
  });
  expect(figureText(null, 'en').figure).toBeNull();
});

test('who was chosen, or why nobody was', () => {
  expect(choiceText({ kind: 'chosen', node: 'db-b' }, 'en')).toBe('db-b has everything that any other has.');
  const behind = { kind: 'asked', node: 'db-c', because: [], behind: ['db-b'] } as const;
  expect(choiceText({ ...behind, because: [], behind: ['db-b'] }, 'en')).toBe(
    'db-c was asked for; db-b may have more than it.',
  );
  expect(choiceText({ kind: 'unclear', why: 'parted', nodes: ['db-b', 'db-c'], best: null }, 'fr')).toMatch(
    /^Pas clair.*db-b, db-c/,
  );
});

test('what speaks against a server and what could not be checked both stand there', () => {
  const [first] = aLook().ranked;
  if (!first) throw new Error('the kit ranks somebody');
  expect(reasonsText(first, 'en')).toBe('nothing forbids it');
  const because = { code: 'WRITABLE', params: {} };
  expect(reasonsText({ ...first, against: [because], unchecked: [because] }, 'en')).toBe(
    'takes writes already; not checked: takes writes already',
  );
});

test('what is still known of the old primary', () => {
  expect(oldRows(aLook().old, 'en').map(([, value]) => value)).toEqual([
    'reached',
    'is gone',
    expect.stringMatching(/^read to the end: binlog\.000003 \(/),
  ]);
});

test('nothing here keeps it down: said, with what a person can do', () => {
  expect(isolationText(aLook({}, { process: 'unknown' }), 'en')).toMatchObject({
    kind: 'unproved',
    title: 'Nothing proves that db-a is isolated.',
    more: expect.stringContaining('two primaries'),
  });
});

test('what waiting would bring, and since when', () => {
  expect(waitingText(aLook(), 'en', at, 1_000_000)).toEqual({
    brings: 'The host of db-a answers. Once the server runs there again, nothing is lost.',
    since: 'Not seen since @940000, 1\u00a0min ago.',
  });
  expect(waitingText(aLook({ waiting: { downSince: null, brings: 'unknown' } }), 'fr', at, 0).since).toBe('');
});
