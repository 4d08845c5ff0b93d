import { describe, expect, test } from 'vitest';
import {
  MARIADB_10_5,
  MARIADB_11_4,
  MYSQL_5_7,
  MYSQL_8_0,
  MYSQL_8_0_18,
  MYSQL_8_4,
} from '../testing/replication/constructed';
import { MARIADB_10_11, MARIADB_11_8, MYSQL_9_7 } from '../testing/replication/pairs';
import { type RecordedPair, read } from '../testing/replication/recorded';
import type { Channel } from './model';
import { type Deep, merged } from './replication.test-kit';

/** [version, where it is from, answers, what its channel differs in from the first of its dialect] */
type Version = [string, 'recorded' | 'constructed', RecordedPair, Deep<Channel>];
const NO_TIMES = { received: null, applied: null, applying: null };
const MYSQL: Version[] = [
  ['9.7.4', 'recorded', MYSQL_9_7, {}],
  ['8.4.3', 'constructed', MYSQL_8_4, {}],
  ['8.0.36', 'constructed', MYSQL_8_0, {}],
  ['8.0.18', 'constructed', MYSQL_8_0_18, {}],
  ['5.7.44', 'constructed', MYSQL_5_7, { tls: { publicKey: null }, commits: NO_TIMES, lastHeard: null }],
];
/** What its servers say of the same pair of theirs. */
interface Own {
  gtid: string;
  reportHost: string;
  open: string;
}
const ON_10_11: Own = { gtid: '0-1-15', reportHost: '127.0.42.2', open: '11: 9 s, root' };
const MARIADB: [...Version, Own][] = [
  ['10.11.19', 'recorded', MARIADB_10_11, {}, ON_10_11],
  [
    '11.8.6',
    'recorded',
    MARIADB_11_8,
    {
      source: { host: '127.0.43.1' },
      heartbeats: '11',
      received: '0-1-13',
      read: { file: 'binlog.000001', position: '2849' },
      executed: { file: 'binlog.000001', position: '2849' },
      tls: { on: true },
      relayBytes: '3452',
    },
    { gtid: '0-1-13', reportHost: '127.0.43.2', open: '10: 7 s, root' },
  ],
  ['10.5.26', 'constructed', MARIADB_10_5, {}, ON_10_11],
  ['11.4.4', 'constructed', MARIADB_11_4, { tls: { on: true, verify: true } }, ON_10_11],
];
const numbers = (version: string) => version.split('.').map(Number);
const UUID = '82a8c07c-e5c3-11f1-967d-02fc00000001';

const MYSQL_CHANNEL: Channel = {
  name: '',
  source: { host: '127.0.41.1', port: 3306, user: 'repl', uuid: UUID, serverId: '1' },
  receiver: 'on',
  applier: 'on',
  receiverError: null,
  applierError: null,
  positioning: 'auto',
  received: `${UUID}:1-16`,
  read: { file: 'binlog.000002', position: '895' },
  executed: { file: 'binlog.000002', position: '895' },
  delaySeconds: 0,
  filters: [],
  tls: { on: true, verify: false, publicKey: false },
  retry: { everySeconds: 1, times: '86400' },
  heartbeatSeconds: 1,
  secondsBehind: 0,
  commits: { received: 1_795_276_710_817, applied: 1_795_276_710_817, applying: null },
  lastHeard: 1_795_276_716_820,
  heartbeats: null,
  failedAt: null,
  relayBytes: '5279',
};
const MARIADB_CHANNEL: Channel = {
  ...MYSQL_CHANNEL,
  source: { host: '127.0.42.1', port: 3306, user: 'repl', uuid: null, serverId: '1' },
  positioning: 'slave-pos',
  received: '0-1-15',
  read: { file: 'binlog.000001', position: '3330' },
  executed: { file: 'binlog.000001', position: '3330' },
  tls: { on: false, verify: false, publicKey: null },
  retry: { everySeconds: 1, times: null },
  commits: NO_TIMES,
  lastHeard: null,
  heartbeats: '287',
  relayBytes: '3933',
};

describe.each(MYSQL)('MySQL %s (%s)', (version, _from, { source, replica }, differs) => {
  test('the channel of the replica, every field of it', () => {
    expect(read(replica).channels).toEqual([merged(MYSQL_CHANNEL, differs)]);
  });
  test('the replica', () => {
    expect(read(replica)).toMatchObject({
      state: 'answers',
      errors: [],
      dialect: 'mysql',
      product: 'MySQL',
      version: numbers(version),
      identity: {
        serverId: '2',
        hostname: 'db-b',
        port: 3306,
        reportHost: '127.0.41.2',
        dataDir: '/var/lib/mysql/',
      },
      readOnly: true,
      superReadOnly: true,
      privileged: [],
      gtid: { mode: 'ON', enforced: true, executed: `${UUID}:1-16`, purged: '' },
      binlog: {
        on: true,
        format: 'ROW',
        rowImage: 'FULL',
        logsReplicated: true,
        expireSeconds: 2_592_000,
        sync: 1,
      },
      relay: { recovery: false, sync: 10_000, purge: true, spaceLimit: '0' },
      overlooks: [],
      netTimeoutSeconds: 60,
      dumps: [],
      semiSync: { source: { enabled: false, active: false }, replica: { enabled: true, active: true } },
      scheduler: true,
      events: { enabled: null, asleep: null },
      prepared: ['order-7'],
      longTransactions: [],
      heartbeat: { serverId: '1', ageSeconds: 282.6159 },
      clockOffsetMs: 0,
      group: null,
      notUnderstood: [],
    });
  });
  test('the source', () => {
    expect(read(source)).toMatchObject({
      identity: { uuid: UUID, serverId: '1' },
      readOnly: false,
      superReadOnly: false,
      flushAtCommit: 1,
      binlog: { file: 'binlog.000002', position: '895', bytes: '4828', oldest: 'binlog.000001' },
      channels: [],
      dumps: [{ host: '127.0.0.1', user: 'repl', uuid: '82ab97b4-e5c3-11f1-a9aa-02fc00000001' }],
      semiSync: {
        source: {
          enabled: true,
          active: true,
          clients: 1,
          needed: 1,
          timeoutMs: 10_000,
          waitPoint: 'AFTER_SYNC',
          waiting: 0,
          unacknowledged: '0',
        },
        replica: { enabled: false, active: false },
      },
      longTransactions: ['12: 5 s, root'],
      prepared: ['order-7'],
      connections: { now: 3, max: 151, running: 4, waitingForDisk: 0 },
      parity: { sql_mode: expect.stringContaining('STRICT_TRANS_TABLES'), time_zone: 'SYSTEM' },
    });
    expect(read(source).accounts).toContainEqual({ user: 'repl', host: '127.0.%', locked: false });
  });
});

describe.each(MARIADB)('MariaDB %s (%s)', (version, _from, { source, replica }, differs, own) => {
  test('the channel of the replica, every field of it', () => {
    expect(read(replica).channels).toEqual([merged(MARIADB_CHANNEL, differs)]);
  });
  test('the replica', () => {
    expect(read(replica)).toMatchObject({
      state: 'answers',
      dialect: 'mariadb',
      product: 'MariaDB',
      version: numbers(version),
      identity: { uuid: null, serverId: '2', hostname: 'db-b', reportHost: own.reportHost },
      readOnly: true,
      superReadOnly: null,
      // Others' rights are hidden from the documented account.
      privileged: null,
      gtid: {
        mode: null,
        executed: own.gtid,
        state: own.gtid,
        slavePos: own.gtid,
        strict: true,
        domain: '0',
      },
      binlog: { on: true, format: 'MIXED', logsReplicated: true, sync: 0 },
      semiSync: {
        source: { enabled: false, active: false, needed: 1 },
        replica: { enabled: true, active: true },
      },
      scheduler: false,
      prepared: ['order-7'],
      longTransactions: [],
      notUnderstood: [],
    });
  });
  test('the source', () => {
    expect(read(source)).toMatchObject({
      readOnly: false,
      channels: [],
      dumps: [{ host: '127.0.0.1', user: 'repl', uuid: null }],
      semiSync: { source: { enabled: true, active: true, clients: 1, needed: 1, waitPoint: 'AFTER_COMMIT' } },
      longTransactions: [own.open],
      group: null,
    });
  });
});

test('how long binary logs are kept, by the variable that the version has', () => {
  const kept = (pair: RecordedPair) => read(pair.source).binlog.expireSeconds;
  expect([MYSQL_5_7, MYSQL_8_0, MARIADB_10_5, MARIADB_10_11, MARIADB_11_4].map(kept)).toEqual([
    2_592_000, 2_592_000, 864_000, 0, 864_000,
  ]);
});
