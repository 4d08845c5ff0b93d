import { describe, expect, test } from 'vitest';
import { type History, withLook } from './history';
import { lagOf } from './lag';
import type { Channel, ServerReading } from './model';
import { channel, server } from './replication.test-kit';

const U = '3e11fa47-71ca-11e1-9e33-c80aa9429562';
const upTo = (n: number) => `${U}:1-${n}`;
const NOW = 1_000_000;
const at = (node: string, executed: string, more: Partial<ServerReading> = {}) =>
  server(node, { at: NOW, gtid: { executed }, ...more });

function lag(
  executed: number,
  received: number,
  onSource: number | null,
  more: { channel?: Partial<Channel>; replica?: Partial<ServerReading>; history?: History } = {},
) {
  return lagOf({
    replica: at('b', upTo(executed), more.replica),
    channel: channel({ received: upTo(received), ...more.channel }),
    source: onSource === null ? null : at('a', upTo(onSource)),
    origin: onSource === null ? null : at('a', upTo(onSource)),
    history: more.history ?? {},
  });
}

test('nothing waits and nothing is missing: 0 seconds, whatever Seconds_Behind says', () => {
  expect(lag(100, 100, 100, { channel: { secondsBehind: 77 } })).toMatchObject({
    seconds: 0,
    by: 'positions',
    waiting: '0',
    missing: '0',
    catchUp: 0,
    secondsBehind: 77,
  });
});

test('what waits here and what has not arrived are told apart', () => {
  expect(lag(90, 95, 100)).toMatchObject({ waiting: '5', missing: '5', seconds: null });
});

test('Seconds_Behind 0 on a link that delivers nothing is not believed', () => {
  const history = {
    a: [
      { at: NOW - 41_000, executed: upTo(100) },
      { at: NOW - 20_000, executed: upTo(150) },
    ],
  };
  expect(lag(100, 100, 200, { channel: { secondsBehind: 0 }, history })).toMatchObject({
    seconds: 20,
    by: 'positions',
    missing: '100',
  });
});

test('what is on its way while the two are read is no lag', () => {
  const history = {
    a: [
      { at: NOW - 3_000, executed: upTo(100) },
      { at: NOW, executed: upTo(101) },
    ],
  };
  expect(lag(100, 100, 101, { history })).toMatchObject({ seconds: 0, by: 'positions', missing: '1' });
});

test('further behind than anything that was seen: unknown rather than a number that is too small', () => {
  const history = { a: [{ at: NOW - 20_000, executed: upTo(150) }] };
  expect(lag(100, 100, 200, { history })).toMatchObject({ seconds: null, by: null });
});

test('without the source there is no missing count, and no age', () => {
  expect(lag(100, 100, null)).toMatchObject({ seconds: null, waiting: '0', missing: null, catchUp: null });
});

test('the commit time of what is being applied, by the clock of the source', () => {
  const commits = { received: NOW - 1_000, applied: NOW - 9_000, applying: NOW - 8_500 };
  expect(lag(90, 100, 100, { channel: { commits } })).toMatchObject({ seconds: 8.5, by: 'commit-times' });
  const source = { ...at('a', upTo(100)), clockOffsetMs: 60_000 };
  const ahead = lagOf({
    replica: at('b', upTo(90)),
    channel: channel({ received: upTo(100), commits: { ...commits, applying: NOW + 59_000 } }),
    source,
    origin: source,
    history: {},
  });
  expect(ahead.seconds).toBe(1);
});

test('a heartbeat row is corrected by the two clocks and never negative', () => {
  const heartbeat = { table: 'h.b', serverId: '1', writtenAt: null, ageSeconds: 3.5 };
  const both = (replicaOffset: number, sourceOffset: number) =>
    lagOf({
      replica: at('b', upTo(1), { heartbeat, clockOffsetMs: replicaOffset }),
      channel: channel({ received: upTo(1) }),
      source: null,
      origin: { ...at('a', upTo(1)), clockOffsetMs: sourceOffset },
      history: {},
    });
  expect(both(0, 0)).toMatchObject({ seconds: 3.5, by: 'heartbeat' });
  expect(both(3_000, 0).seconds).toBe(0.5);
  expect(both(3_600_000, 0).seconds).toBe(0);
});

describe('time to catch up', () => {
  const ago = (a: number, b: number): History => ({
    a: [{ at: NOW - 20_000, executed: upTo(a) }],
    b: [{ at: NOW - 20_000, executed: upTo(b) }],
  });
  test.each([
    ['comes nearer', 1_000, 500, 900, 100],
    ['keeps its distance', 1_000, 500, 900, 400],
    ['falls back', 1_000, 500, 500, 490],
  ] as const)('%s', (_how, source, executed, sourceBefore, executedBefore) => {
    const found = lag(executed, source, source, { history: ago(sourceBefore, executedBefore) });
    const applied = (executed - executedBefore) / 20;
    const committed = (source - sourceBefore) / 20;
    expect(found.appliedPerSecond).toBe(applied);
    expect(found.catchUp).toBe(
      applied > committed ? Math.round((source - executed) / (applied - committed)) : 'never',
    );
  });
  test('one look is no rate', () => {
    expect(lag(90, 100, 100).catchUp).toBeNull();
  });
});

test('MariaDB: what waits is between Gtid_IO_Pos and gtid_slave_pos', () => {
  const mariadb = { dialect: 'mariadb' as const };
  const found = lagOf({
    replica: server('b', { ...mariadb, gtid: { slavePos: '0-1-2425', executed: '0-1-2425' } }),
    channel: channel({ received: '0-1-2525' }),
    source: server('a', { ...mariadb, gtid: { executed: '0-1-2600' } }),
    origin: null,
    history: {},
  });
  expect(found).toMatchObject({ waiting: '100', missing: '75' });
});

test('a replica that has all of a source which itself stands still is as old as the top says', () => {
  const history = {
    a: [
      { at: NOW - 35_000, executed: upTo(100) },
      { at: NOW - 3_000, executed: upTo(190) },
    ],
  };
  const stuck = at('b', upTo(100));
  const below = lagOf({
    replica: at('c', upTo(100)),
    channel: channel({ received: upTo(100) }),
    source: stuck,
    origin: at('a', upTo(200)),
    history,
  });
  expect(below).toMatchObject({ seconds: 3, by: 'positions', waiting: '0', missing: '0' });
});

test('history holds what was read, once a look, and stays bounded', () => {
  let history: History = {};
  for (let n = 1; n <= 10_000; n += 1)
    history = withLook(history, [server('a', { at: n * 3_000, gtid: { executed: upTo(n) } })]);
  const kept = history.a ?? [];
  expect(kept.length).toBeLessThanOrEqual(4_001);
  expect(kept.at(-1)).toEqual({ at: 30_000_000, executed: upTo(10_000) });
  const silent = server('a', { state: 'silent', at: 30_003_000 });
  expect(withLook(history, [silent]).a).toBe(kept);
});
