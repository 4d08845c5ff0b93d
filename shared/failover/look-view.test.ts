import { expect, test } from 'vitest';
import type { Term } from '../replication/model';
import { aLook, decoded } from './look.test-kit';
import {
  isolationOf,
  lossFigure,
  nextOf,
  positionTail,
  salvageCommands,
  standingOf,
  viewsOf,
} from './look-view';
import type { FenceWay } from './model';

const term = (code: string, observer: string, holds: boolean | null): Term => ({
  ...{ code, observer, holds, at: 1, params: {}, evidence: [] },
});

test('views stand by who looks, the console first; what it does not hold up is not told', () => {
  const terms = [
    term('host-reaches', 'web', false),
    term('replica-hears', 'db-b', false),
    term('disk-waits', 'host-a', false),
    term('semi-sync-waits', 'db-a', true),
    term('process-runs', 'host-a', null),
    term('console-sql', 'console', false),
    term('console-ssh', 'console', true),
  ];
  expect(
    viewsOf({ node: 'db-a', verdict: 'dead', terms }, 9).map(
      ({ viewer, term: { code }, says }) => `${viewer} ${code} ${says}`,
    ),
  ).toEqual([
    'console console-sql misses',
    'console console-ssh sees',
    'itself semi-sync-waits waits',
    'itself process-runs unknown',
    'replica replica-hears misses',
    'host host-reaches misses',
  ]);
  expect(viewsOf(null, 9)).toEqual([]);
});

test('what the console saw itself is as old as its look; of others nothing is made up', () => {
  const terms = ['console-sql', 'replica-hears'].map((code) => ({ ...term(code, 'x', false), at: null }));
  const ages = viewsOf({ node: 'db-a', verdict: 'dead', terms }, 9).map((view) => view.term.at);
  expect(ages).toEqual([9, null]);
});

test('"I do not see it" is told apart from "others miss it too"', () => {
  expect(standingOf(aLook())).toBe('seen-by-others');
  expect(standingOf(aLook({ seenByOthers: false }))).toBe('own-view');
  expect(standingOf(aLook({}, { answers: true }))).toBe('lives');
});

test('nobody takes over where it is not clear', () => {
  expect(nextOf({ kind: 'chosen', node: 'db-b' })).toBe('db-b');
  expect(nextOf({ kind: 'unclear', why: 'silent', nodes: ['db-c'], best: 'db-b' })).toBeNull();
});

const way = (kind: FenceWay['kind'], can: FenceWay['can']): FenceWay => ({
  ...{ kind, can, id: '', host: 'host-a', because: { code: 'X', params: {} } },
});

test.each([
  ['stop-service', 'gone', 'can'],
  ['command', 'unknown', 'can'],
  // Neither a person nor led traffic keeps a server from taking writes.
  ['person', 'unknown', 'unproved'],
  ['traffic', 'unknown', 'unproved'],
  ['traffic', 'gone', 'may-return'],
] as const)('with %s and a process that is %s: %s', (kind, process, isolation) => {
  expect(isolationOf(aLook({ fences: [way(kind, 'can')] }, { process }))).toBe(isolation);
});

test('a way that does not work isolates nobody', () => {
  const fences = [way('stop-service', 'cannot'), way('command', 'unknown'), way('read-only', 'done')];
  expect(isolationOf(aLook({ fences }, { process: 'unknown' }))).toBe('unproved');
});

test('a loss is a figure only where somebody knows one', () => {
  expect(lossFigure({ kind: 'exact', transactions: '0', gtids: '', ...decoded() })).toEqual({
    sign: '',
    count: '0',
    isNothing: true,
  });
  const atLeast = {
    kind: 'at-least',
    transactions: '212',
    gtids: 'x',
    lastSeen: null,
    by: 'log',
    decoded: null,
  } as const;
  expect(lossFigure(atLeast)).toEqual({ sign: '≥ ', count: '212', isNothing: false });
  expect(lossFigure({ kind: 'unknown', lastSeen: null })).toEqual({
    sign: '',
    count: null,
    isNothing: false,
  });
});

test('of a position its end is enough', () => {
  expect(positionTail('0-1-15')).toBe('0-1-15');
  const tail = positionTail('3e11fa47-71ca-11e1-9e33-c80aa9429562:1-48790433');
  expect(tail).toMatch(/^….*:1-48790433$/);
  expect(tail).toHaveLength(22);
});

test('what was kept is read and replayed with the tools of its own dialect, whatever the folder is called', () => {
  expect(salvageCommands('/a b/x.000001', 'mysql', 'db-b')).toEqual({
    read: "mysqlbinlog --verbose '/a b/x.000001'",
    replay: "mysqlbinlog '/a b/x.000001' | mysql --host=db-b",
  });
  expect(salvageCommands("/it's", 'mariadb', 'db-b').read).toBe("mariadb-binlog --verbose '/it'\\''s'");
});
