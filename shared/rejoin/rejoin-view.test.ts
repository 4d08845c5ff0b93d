import { expect, test } from 'vitest';
import { decoded } from '../failover/look.test-kit';
import { clusterOf } from '../replication/cluster.test-kit';
import { channel, dump, server } from '../replication/replication.test-kit';
import { fateText, rejoinTitle, wayText } from '../text/rejoin-view-text';
import type { RejoinHistory, RejoinLook } from './model';
import { islandsOf, mayStandOut, ownFate } from './rejoin-view';

const ahead = (transactions: string): RejoinHistory => ({
  ...{ kind: 'ahead', transactions, gtids: 'u:9', decoded: decoded(), error: null },
});
const look = (history: RejoinHistory, more: Partial<RejoinLook> = {}): RejoinLook => ({
  ...{ id: 'look', takenAt: 1, cluster: 'data', title: 'Data', server: 'db-a', primary: 'db-b', history },
  ways: [],
  recommended: null,
  ...more,
});

test('what is given up depends on the way, and is never left open', () => {
  expect(ownFate({ kind: 'subset' }, 'rebuild')).toBe('none');
  expect(ownFate(ahead('3'), 'flashback')).toBe('given-up');
  expect(ownFate(ahead('3'), 'quarantine')).toBe('kept');
  expect(ownFate({ kind: 'unknown', error: null }, 'attach')).toBe('unknown');
});

test('a way stands out only where nothing is given up by it', () => {
  expect(mayStandOut(look({ kind: 'subset' }, { recommended: 'attach' }), 'attach')).toBe(true);
  expect(mayStandOut(look({ kind: 'subset' }, { recommended: 'attach' }), 'rebuild')).toBe(false);
  expect(mayStandOut(look(ahead('1'), { recommended: 'flashback' }), 'flashback')).toBe(false);
});

test('the title counts what it holds alone, in both languages', () => {
  expect(rejoinTitle(look({ kind: 'subset' }), 'en')).toBe('db-a holds nothing that db-b has not.');
  expect(rejoinTitle(look(ahead('1')), 'en')).toBe('db-a holds 1 transaction that db-b has not.');
  expect(rejoinTitle(look(ahead('2')), 'fr')).toBe('db-a détient 2 transactions que db-b n’a pas.');
  expect(rejoinTitle(look({ kind: 'unknown', error: null }, { primary: null }), 'en')).toBe(
    'What db-a holds alone is not known.',
  );
});

test('what becomes of it is said with its count', () => {
  expect(fateText(look(ahead('2')), 'rebuild', 'en')).toBe(
    '2 transactions of db-a alone are given up. A copy is kept.',
  );
  expect(fateText(look(ahead('2')), 'quarantine', 'en')).toContain('stay on db-a alone');
  expect(fateText(look({ kind: 'unknown', error: null }), 'rebuild', 'en')).toContain('is not known');
  expect(wayText(look({ kind: 'subset' }), 'attach', 'en')).toMatch(/^db-a follows db-b/);
});

const a = server('db-a', { channels: [], dumps: [], readOnly: true });
const b = server('db-b', {
  channels: [],
  dumps: [dump({ host: '10.0.0.3' })],
  readOnly: false,
  address: '10.0.0.2',
});
const c = server('db-c', {
  channels: [channel({ source: { host: '10.0.0.2' } })],
  dumps: [],
  address: '10.0.0.3',
  readOnly: true,
});

test('who follows nobody beside a replication stands apart, and nobody else', () => {
  expect(islandsOf(clusterOf([a, b, c]))).toEqual([{ node: 'db-a', primary: 'db-b' }]);
  expect(islandsOf(clusterOf([b, c]))).toEqual([]);
  expect(islandsOf(clusterOf([{ ...a, state: 'silent' }, b, c]))).toEqual([]);
  // Its channels could not be read: it may follow somebody.
  expect(islandsOf(clusterOf([{ ...a, channels: null }, b, c]))).toEqual([]);
});

test('of two servers the one that takes writes is the primary; where both do, nobody knows', () => {
  const alone = { ...b, dumps: [] };
  expect(islandsOf(clusterOf([a, alone]))).toEqual([{ node: 'db-a', primary: 'db-b' }]);
  expect(islandsOf(clusterOf([{ ...a, readOnly: false }, alone]))).toEqual([]);
});
