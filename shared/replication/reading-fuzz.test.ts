import { describe, expect, test } from 'vitest';
import { clean } from '../clean';
import { randomOf } from '../gtid/gtid.test-kit';
import type { Row } from '../kinds/kind';
import { activeTextsIn, HOSTILE } from '../testing/hostile';
import { patronus, snapshotOf } from '../testing/patronus';
import {
  MARIADB_10_5,
  MARIADB_11_4,
  MYSQL_5_7,
  MYSQL_8_0,
  MYSQL_8_4,
} from '../testing/replication/constructed';
import { MARIADB_10_11, MARIADB_11_8, MYSQL_9_7 } from '../testing/replication/pairs';
import { type Asked, askedOf, type RecordedPair, readingOf } from '../testing/replication/recorded';
import { Replication } from '../views/replication';
import { replicationOf } from './replication-of';

/**
 * Answers of servers that lie, age or break, through the whole way from rows to findings. Nothing may be thrown,
 * and what was damaged may not turn out well: no thread is on that did not say so, no lag is 0 that was not
 * computed from positions that both servers told.
 */

/** [version, its answers, network of the pair] */
const VERSIONS: [string, RecordedPair, string][] = [
  ['MySQL 9.7', MYSQL_9_7, '127.0.41'],
  ['MySQL 8.4', MYSQL_8_4, '127.0.41'],
  ['MySQL 8.0', MYSQL_8_0, '127.0.41'],
  ['MySQL 5.7', MYSQL_5_7, '127.0.41'],
  ['MariaDB 10.11', MARIADB_10_11, '127.0.42'],
  ['MariaDB 10.5', MARIADB_10_5, '127.0.42'],
  ['MariaDB 11.4', MARIADB_11_4, '127.0.42'],
  ['MariaDB 11.8', MARIADB_11_8, '127.0.43'],
];
const ROUNDS = 120;

const estate = (address: string) =>
  patronus({
    hosts: [1, 2].map((n) => ({ id: `db${n}`, site: 'datacenter', address: `${address}.${n}` })),
    services: [1, 2].map((n) => ({ id: `sql${n}`, kind: 'mysql', role: 'database', hosts: [`db${n}`] })),
    links: [],
    workflows: [],
    dataSets: [],
    clusters: [
      {
        id: 'main',
        technology: 'mysql-async',
        members: [
          { service: 'sql1', role: 'primary' },
          { service: 'sql2', role: 'replica' },
        ],
      },
    ],
  });

function view(network: string, source: readonly Asked[], replica: readonly Asked[]) {
  const snapshot = snapshotOf({ db1: readingOf(source, 'sql1'), db2: readingOf(replica, 'sql2') });
  const at = (one: keyof typeof snapshot.hosts) => {
    const reading = snapshot.hosts[one];
    return reading?.state === 'answered' ? reading.answer.at : 0;
  };
  const takenAt = Math.max(at('db1'), at('db2'));
  return replicationOf(estate(network), { ...snapshot, takenAt });
}
/** Without the heartbeat row, so that lag comes from positions. */
const asked = (pair: RecordedPair) =>
  [pair.source, pair.replica].map((one) =>
    askedOf(one).filter(({ probe }) => probe.id !== 'mysql.heartbeat'),
  ) as [Asked[], Asked[]];
const replicaIn = (replication: Replication) =>
  replication.clusters[0]?.members.find(({ server }) => server.node === 'sql2');

const NONSENSE = [
  '',
  '-1',
  'NULL',
  'Yes ',
  'ja',
  '1e308',
  'NaN',
  '99999999999999999999999999999999999999999',
  '1-',
  '82a8c07c-e5c3-11f1-967d-02fc00000001:',
  '0-1-',
  '0-1-2-3',
  '2026-13-45 99:99:99',
  '__proto__',
  ...Object.values(HOSTILE).map(clean),
];
const FUTURE = ['constructor', 'toString', 'Replica_Mood', 'Source_Host2', '9'];

/** One thing about one statement is changed; which, is told. */
function damage(all: readonly Asked[], random: (below: number) => number): Asked[] {
  const target = random(all.length);
  const some = <T>(list: readonly T[]): T | undefined => list[random(list.length)];
  return all.flatMap((one, index) => {
    if (index !== target) return [one];
    const columns = [...new Set(one.rows.flatMap((row) => Object.keys(row)))];
    const column = some(columns) ?? 'x';
    const eachRow = (change: (row: Row) => Row): Asked[] => [{ ...one, rows: one.rows.map(change) }];
    switch (random(8)) {
      case 0:
        return [];
      case 1:
        return [{ ...one, rows: [] }];
      case 2:
        return eachRow(({ [column]: _, ...row }) => row);
      case 3:
        return eachRow((row) => ({ ...row, [column]: null }));
      case 4:
        return eachRow((row) => Object.fromEntries(Object.keys(row).map((name) => [name, null])));
      case 5:
        return eachRow((row) => ({ ...row, [some(FUTURE) ?? 'x']: some(NONSENSE) ?? '' }));
      case 6:
        return [{ ...one, rows: [...one.rows, ...one.rows, { [column]: some(NONSENSE) ?? '' }] }];
      default:
        return eachRow((row) =>
          row[column] === undefined ? row : { ...row, [column]: some(NONSENSE) ?? '' },
        );
    }
  });
}

const saysOn = (all: readonly Asked[], kind: 'IO' | 'SQL') =>
  all.some(
    ({ probe, rows }) =>
      probe.id.startsWith('mysql.channels') &&
      rows.some((row) =>
        /^(yes|on)$/i.test(row[`Replica_${kind}_Running`] ?? row[`Slave_${kind}_Running`] ?? ''),
      ),
  );
const positionsOf = (all: readonly Asked[]) =>
  all.flatMap(({ probe, rows }) =>
    /^mysql\.(gtid|channels)/.test(probe.id)
      ? rows.map((row) => [row.gtid, row.slave_pos, row.Retrieved_Gtid_Set, row.Gtid_IO_Pos])
      : [],
  );

describe.each(VERSIONS)('%s', (name, pair, network) => {
  const [source, replica] = asked(pair);

  test('undamaged: on, caught up, understood', () => {
    const member = replicaIn(view(network, source, replica));
    expect(member).toMatchObject({
      role: 'replica',
      lag: { seconds: 0, by: 'positions', waiting: '0', missing: '0' },
      server: { channels: [{ receiver: 'on', applier: 'on' }], notUnderstood: [] },
    });
  });

  test(`${ROUNDS} damages, of one to three parts each: nothing is thrown, nothing damaged turns out well`, () => {
    const random = randomOf(name.length * 7 + 1);
    for (let round = 0; round < ROUNDS; round += 1) {
      const parts = 1 + random(3);
      let [first, second] = [source, replica];
      for (let part = 0; part < parts; part += 1) {
        if (random(3) === 0) first = damage(first, random);
        else second = damage(second, random);
      }
      const replication = Replication.parse(view(network, first, second));
      const member = replicaIn(replication);
      const receivers = member?.server.channels?.map(({ receiver }) => receiver) ?? [];
      const appliers = member?.server.channels?.map(({ applier }) => applier) ?? [];
      expect([round, receivers.includes('on') && !saysOn(second, 'IO')]).toEqual([round, false]);
      expect([round, appliers.includes('on') && !saysOn(second, 'SQL')]).toEqual([round, false]);
      // 0 is a statement about both sets; a set that was changed into another one may be smaller, never unread.
      if (member?.lag?.seconds === 0) {
        const told = [...positionsOf(first), ...positionsOf(second)];
        expect([round, told.length > 1 && member.lag.missing === '0' && member.lag.waiting === '0']).toEqual([
          round,
          true,
        ]);
        // MariaDB says twice what it applied; each of the two is enough.
        const needed = member.server.dialect === 'mysql' ? /^(gtid|received)/ : /^received/;
        const unread = member.server.notUnderstood.filter(({ what }) => needed.test(what));
        expect([round, unread]).toEqual([round, []]);
      }
      expect(
        activeTextsIn(
          replication.clusters.flatMap(({ members }) => members.map(({ server }) => server.channels)),
        ),
      ).toEqual([]);
    }
  });

  const without = (all: readonly Asked[], pattern: RegExp) =>
    all.filter(({ probe }) => !pattern.test(probe.id));
  const cells = (all: readonly Asked[], pattern: RegExp, given: Record<string, string | null>) =>
    all.map((one) =>
      pattern.test(one.probe.id)
        ? {
            ...one,
            rows: one.rows.map((row) =>
              Object.fromEntries(
                Object.entries(row).map(([name, value]) => [
                  name,
                  name in given ? (given[name] ?? null) : value,
                ]),
              ),
            ),
          }
        : one,
    );
  const CHANNELS = /^mysql\.channels/;
  const GTID = /^mysql\.gtid/;

  test.each<[string, () => [readonly Asked[], readonly Asked[]]]>([
    ['the source told no position', () => [without(source, GTID), replica]],
    ['the replica told no position', () => [source, without(replica, GTID)]],
    ['the source’s position is NULL', () => [cells(source, GTID, { gtid: null }), replica]],
    [
      'the source’s position is cut',
      () => [cells(source, GTID, { gtid: '82a8c07c-e5c3-11f1-967d-02fc00000001:1-' }), replica],
    ],
    [
      'nothing received is told',
      () => [source, cells(replica, CHANNELS, { Retrieved_Gtid_Set: null, Gtid_IO_Pos: null })],
    ],
    [
      'what was received is cut',
      () => [source, cells(replica, CHANNELS, { Retrieved_Gtid_Set: '82a8', Gtid_IO_Pos: '0-1' })],
    ],
    ['the channels were refused', () => [source, without(replica, CHANNELS)]],
    [
      'Seconds_Behind says 0 and nothing else is told',
      () => [[], cells(replica, GTID, { gtid: null, slave_pos: null })],
    ],
  ])('lag is never 0 where %s', (_case, damaged) => {
    const member = replicaIn(view(network, ...damaged()));
    expect(member?.lag?.seconds ?? null).toBeNull();
  });
});
