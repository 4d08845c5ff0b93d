import { describe, expect, it } from 'vitest';
import { clusterOf, following, member, trx } from '../replication/cluster.test-kit';
import type { ServerReading } from '../replication/model';
import { oldPrimaryOf, seenByOthers } from './failover-look';
import { fencesOf, waitingOf } from './fences';
import { rank } from './rank';

const OWN = '3e11fa47-71ca-11e1-9e33-c80aa9429563';
const old = member('db', 1, { state: 'silent', gtid: { executed: null }, channels: null, identity: {} });
const replica = (
  node: string,
  n: number,
  received: number,
  applied: number,
  more: Partial<ServerReading> = {},
) => ({
  ...member(node, n, {
    gtid: { executed: trx(applied) },
    channels: [following(1, { received: trx(received), receiver: 'connecting', applier: 'on' })],
  }),
  ...more,
});
const ranking = (replicas: readonly ServerReading[], asked: string | null = null) =>
  rank({ cluster: clusterOf([old, ...replicas]), old: 'db', lastSeen: null, asked });

describe('who could take over', () => {
  it('is the one that has received most, whatever the others have applied', () => {
    const { ranked, choice, against } = ranking([replica('b', 2, 90, 90), replica('a', 3, 100, 40)]);
    expect(choice).toEqual({ kind: 'chosen', node: 'a' });
    expect(against?.node).toBe('a');
    expect(ranked.map(({ node, toApply, missing }) => [node, toApply, missing])).toEqual([
      ['a', '60', '0'],
      ['b', '0', '10'],
    ]);
  });

  it('of two that have received the same it is the one that has applied more', () => {
    expect(ranking([replica('a', 2, 100, 40), replica('b', 3, 100, 99)]).choice).toMatchObject({ node: 'b' });
  });

  it('is not clear while somebody cannot be asked, or nobody has everything', () => {
    const silent = replica('c', 4, 0, 0, { state: 'silent', channels: null });
    expect(ranking([replica('a', 2, 100, 100), silent]).choice).toEqual({
      ...{ kind: 'unclear', why: 'silent', nodes: ['c'], best: 'a' },
    });
    const own = { ...member('c', 4).gtid, executed: `${trx(90)},${OWN.slice(0, -1)}4:1-3` };
    const parted = ranking([replica('a', 2, 100, 100), replica('c', 4, 90, 90, { gtid: own })]);
    expect(parted.choice).toMatchObject({ kind: 'unclear', why: 'parted', best: null });
    expect(parted.ranked.find(({ node }) => node === 'c')?.against).toMatchObject([
      { code: 'ERRANT_TRANSACTIONS' },
    ]);
    expect(ranking([silent]).choice).toMatchObject({ kind: 'unclear', why: 'nobody' });
  });

  it('is never one that a rule forbids, and what only that one has is a person’s to decide about', () => {
    const delayed = replica('a', 2, 100, 100, {
      channels: [following(1, { received: trx(100), delaySeconds: 3600 })],
    });
    const { ranked, choice } = ranking([delayed, replica('b', 3, 90, 90)]);
    expect(ranked[0]).toMatchObject({ node: 'a', against: [{ code: 'DELAYED' }] });
    expect(choice).toEqual({ kind: 'unclear', why: 'behind', nodes: ['a'], best: 'b' });
    expect(ranking([delayed]).choice).toMatchObject({ why: 'forbidden' });
    expect(ranking([delayed, replica('b', 3, 100, 100)]).choice).toMatchObject({ kind: 'chosen', node: 'b' });
  });

  it('may be asked for by name; what speaks against it is said all the same', () => {
    expect(ranking([replica('a', 2, 100, 100), replica('b', 3, 90, 90)], 'b').choice).toEqual({
      ...{ kind: 'asked', node: 'b', because: [], behind: ['a'] },
    });
  });

  it('is away from the one that does not answer', () => {
    expect(oldPrimaryOf(clusterOf([old, replica('a', 2, 1, 1)]))).toBe('db');
  });
});

it('a verdict of the console alone is nobody else’s', () => {
  const term = (code: string, holds: boolean | null) => ({
    ...{ code, params: {}, holds, observer: 'x', at: 1, evidence: [] },
  });
  const verdict = (...terms: ReturnType<typeof term>[]) => ({
    node: 'db',
    verdict: 'unknown' as const,
    terms,
  });
  expect(seenByOthers(null)).toBe(false);
  expect(seenByOthers(verdict(term('console-sql', false), term('console-ssh', false)))).toBe(false);
  expect(seenByOthers(verdict(term('replica-hears', false)))).toBe(true);
  expect(seenByOthers(verdict(term('replica-hears', false), term('host-reaches', true)))).toBe(false);
});

it('names every way to fence, and why it can be used or not', () => {
  const error = { code: 'E_TCP_TIMEOUT', stage: 'tcp', message: 'x', retryable: true } as const;
  const cluster = {
    acting: {
      boot: 'read-only' as const,
      fence: [
        {
          ...{ id: 'pdu', member: 'db', host: 'ops', run: ['off'], release: ['on'], verify: ['show'] },
          ...{ isolated: 'off', free: 'on' },
        },
      ],
    },
  };
  const ways = (
    over: Partial<Parameters<typeof fencesOf>[0]['old']>,
    mayStop: boolean | null,
    ops: boolean,
  ) =>
    fencesOf({
      ...{ cluster, service: 'db', mayStop, reached: new Map([['ops', ops]]) },
      old: { host: 'db', ssh: null, answers: false, process: 'gone', ...over },
    }).map(({ kind, can, because }) => `${kind} ${can} ${because.code}`);
  expect(ways({}, true, true)).toEqual([
    'read-only done PROCESS_GONE',
    'stop-service can KEEPS_IT_DOWN',
    'command can HOST_REACHED',
    'person can BY_HAND',
  ]);
  expect(ways({ ssh: error, process: 'unknown' }, null, false)).toEqual([
    'read-only cannot NO_ANSWER',
    'stop-service cannot HOST_UNREACHED',
    'command cannot HOST_UNREACHED',
    'person can BY_HAND',
  ]);
  expect(ways({ answers: true, process: 'runs' }, false, true).slice(0, 2)).toEqual([
    'read-only can ANSWERS',
    'stop-service cannot NO_RIGHT',
  ]);
  expect(waitingOf({ answers: false, process: 'unknown', ssh: error }, 5)).toEqual({
    downSince: 5,
    brings: 'reach-it',
  });
});
