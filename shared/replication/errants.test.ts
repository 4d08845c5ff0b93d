import { describe, expect, test } from 'vitest';
import { randomOf } from '../gtid/gtid.test-kit';
import { errantsOf } from './errants';
import { edgesOf } from './graph';
import { type History, withLook } from './history';
import type { ServerReading } from './model';
import { channel, server } from './replication.test-kit';

const uuid = (name: string) =>
  `${name.charCodeAt(0).toString(16).padStart(8, '0')}-0000-0000-0000-000000000000`;
const NOW = 1_000_000;

/** A server that follows `of`, was read `ago` milliseconds before now and has `executed`. */
function member(name: string, executed: string, of: string[] = [], ago = 0): ServerReading {
  return server(name, {
    at: NOW - ago,
    identity: { uuid: uuid(name) },
    gtid: { executed },
    channels: of.map((source) => channel({ name: source, source: { uuid: uuid(source) } })),
  });
}
const of = (node: string, servers: ServerReading[], history: History = {}) => {
  const found = servers.find((one) => one.node === node);
  if (!found) throw new Error(node);
  return errantsOf(found, servers, edgesOf(servers), history);
};
const [A, B, C] = [uuid('a'), uuid('b'), uuid('c')] as const;

test('a write on the replica itself is errant, with its number and its origin', () => {
  const servers = [member('a', `${A}:1-10`), member('b', `${A}:1-10,${B}:1-2`, ['a'])];
  expect(of('b', servers)).toEqual([
    { node: 'b', sources: ['a'], kind: 'errant', text: `${B}:1-2`, count: '2', origins: [B] },
  ]);
});

test('on the second tier each is compared with its own source, and only the one that strays is named', () => {
  const servers = [
    member('a', `${A}:1-10`),
    member('b', `${A}:1-10,${B}:1`, ['a']),
    member('c', `${A}:1-10,${B}:1,${C}:5`, ['b']),
  ];
  expect(of('b', servers)?.map(({ text }) => text)).toEqual([`${B}:1`]);
  expect(of('c', servers)?.map(({ text }) => text)).toEqual([`${C}:5`]);
});

test('what came from another source is not errant', () => {
  const servers = [
    member('a', `${A}:1-10`),
    member('b', `${B}:1-5`),
    member('c', `${A}:1-10,${B}:1-5`, ['a', 'b']),
  ];
  expect(of('c', servers)).toEqual([]);
});

test('transactions of a primary that is no longer followed are errant', () => {
  const servers = [member('a', `${A}:1-10,${C}:1-4`), member('b', `${A}:1-10,${C}:1-6`, ['a'])];
  expect(of('b', servers)).toMatchObject([{ kind: 'errant', text: `${C}:5-6` }]);
});

describe('the source’s own uuid', () => {
  const servers = [member('a', `${A}:1-10`), member('b', `${A}:1-12`, ['a'])];
  test('is in flight at first sight', () => {
    expect(of('b', servers)).toEqual([]);
    expect(of('b', servers, { b: [{ at: NOW - 500, executed: `${A}:1-12` }] })).toEqual([]);
  });
  test('is never dropped: the source has lost it when the replica had it long before', () => {
    const history = { b: [{ at: NOW - 3_000, executed: `${A}:1-12` }] };
    expect(of('b', servers, history)).toMatchObject([{ kind: 'ahead', text: `${A}:11-12`, count: '2' }]);
  });
  test('cannot be told from lost while the source holds commits back for a semi-sync replica', () => {
    const history = { b: [{ at: NOW - 3_000, executed: `${A}:1-12` }] };
    const [a, b] = servers as [ServerReading, ServerReading];
    const waiting = (sessions: number | null): ServerReading => ({
      ...a,
      semiSync: { ...a.semiSync, source: { ...a.semiSync.source, waiting: sessions } },
    });
    expect(of('b', [waiting(1), b], history)).toBeNull();
    for (const none of [0, null])
      expect(of('b', [waiting(none), b], history)).toMatchObject([{ kind: 'ahead' }]);
    const strays = member('b', `${A}:1-12,${B}:7`, ['a']);
    expect(of('b', [waiting(1), strays], history)).toMatchObject([{ kind: 'errant', text: `${B}:7` }]);
  });
});

test('what cannot be known is unknown', () => {
  const a = member('a', `${A}:1-10`);
  const b = member('b', `${A}:1-10`, ['a']);
  expect(of('b', [{ ...a, state: 'silent' }, b])).toBeNull();
  expect(of('b', [member('a', 'nonsense'), b])).toBeNull();
  expect(of('b', [a, member('b', `${A}:1-10,${B.slice(0, 20)}`, ['a'])])).toBeNull();
  expect(of('a', [member('a', `${A}:1`, ['b']), member('b', `${B}:1`, ['a'])])).toBeNull();
  expect(of('a', [a, b])).toBeNull();
});

describe('MariaDB, by gtid_binlog_state', () => {
  const mariadb = (name: string, id: string, state: string, source?: string) =>
    server(name, {
      at: NOW,
      dialect: 'mariadb',
      identity: { serverId: id },
      gtid: { state, executed: state },
      channels: source === undefined ? [] : [channel({ source: { serverId: source } })],
    });
  test('a rogue row that the position hides', () => {
    const servers = [mariadb('a', '1', '0-1-3,0-2-4'), mariadb('b', '3', '0-1-3,0-3-3,0-2-4', '1')];
    expect(of('b', servers)).toMatchObject([{ kind: 'errant', text: '0-3-3', origins: ['3'] }]);
  });
  test('the source’s own are in flight, or lost there', () => {
    const servers = [mariadb('a', '1', '0-1-10'), mariadb('b', '2', '0-1-12', '1')];
    expect(of('b', servers)).toEqual([]);
    const history = { b: [{ at: NOW - 5_000, executed: '0-1-12', state: '0-1-12' }] };
    expect(of('b', servers, history)).toMatchObject([{ kind: 'ahead', text: '0-1-12' }]);
  });
});

test('2 000 healthy histories read at different moments hold no errant transaction, and each planted one is found', () => {
  const random = randomOf(7);
  const TICKS = 110;
  for (let round = 0; round < 2_000; round += 1) {
    // a writes one transaction a tick; b follows a, c follows b; each is read at its own tick, twice
    const rate = 1 + random(4);
    const planted = random(2) === 0 ? null : random(2) === 0 ? 'b' : 'c';
    // how many ticks of a's transactions each had at each tick: never fewer than before, never more than its source
    const had = { a: [0], b: [0], c: [0] };
    for (let tick = 1; tick <= TICKS; tick += 1) {
      had.a.push(tick);
      had.b.push(Math.max(had.b.at(-1) ?? 0, tick - random(4)));
      had.c.push(Math.max(had.c.at(-1) ?? 0, Math.min(had.b.at(-1) ?? 0, tick - random(8))));
    }
    const rogues = {
      a: '',
      b: planted === 'b' ? `,${B}:7` : '',
      c: planted === null ? '' : `,${uuid(planted)}:7`,
    };
    let history: History = {};
    let found: ServerReading[] = [];
    for (const tick of [100, 103]) {
      const read = (name: 'a' | 'b' | 'c', source: string[]) => {
        const at = tick - random(3);
        const executed = `${A}:1-${(had[name][at] ?? 0) * rate}${rogues[name]}`;
        return { ...member(name, executed, source), at: at * 1_000 };
      };
      found = [read('a', []), read('b', ['a']), read('c', ['b'])];
      history = withLook(history, found);
    }
    const errants = ['b', 'c'].flatMap((node) => of(node, found, history) ?? []);
    expect(errants.map(({ node, kind }) => [node, kind])).toEqual(planted ? [[planted, 'errant']] : []);
  }
});
