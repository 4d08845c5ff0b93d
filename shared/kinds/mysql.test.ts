import { expect, test } from 'vitest';
import {
  dialectOf,
  isOn,
  parseBinaryLogs,
  parseCounters,
  parseGtid,
  parseSize,
  parseVariables,
} from './mysql-parse';
import { parseChannels, parseDumps } from './mysql-replication-parse';

/** Rows as real servers gave them: MySQL 9.7.4 and MariaDB 10.11.19, asked as the watching account. */
const named = (heading: string, pairs: Record<string, string>) =>
  Object.entries(pairs).map(([name, value]) => ({ [heading]: name, Value: value }));

const MYSQL = {
  binlog_format: 'ROW',
  gtid_mode: 'ON',
  hostname: 'db',
  log_bin: 'ON',
  max_connections: '60',
  offline_mode: 'OFF',
  read_only: 'OFF',
  server_id: '100202',
  server_uuid: '916f45d7-e5a5-11f1-8538-666a7e163d75',
  super_read_only: 'OFF',
  version: '9.7.4-2',
  version_comment: '(Debian)',
};
const MARIADB = {
  binlog_format: 'MIXED',
  gtid_domain_id: '0',
  hostname: 'db',
  log_bin: 'ON',
  max_connections: '60',
  read_only: 'OFF',
  server_id: '100202',
  version: '10.11.19-MariaDB-0+deb12u1-log',
  version_comment: 'Debian 12',
};

test('the variables of MySQL 9.7', () => {
  expect(parseVariables(named('Variable_name', MYSQL)).facts).toEqual({
    'mysql.dialect': 'mysql',
    'mysql.product': 'MySQL',
    'mysql.version': '9.7.4',
    'mysql.versionText': '9.7.4-2',
    'mysql.writable': true,
    'mysql.hostname': 'db',
    'mysql.serverId': '100202',
    'mysql.uuid': '916f45d7-e5a5-11f1-8538-666a7e163d75',
    'mysql.readOnly': false,
    'mysql.superReadOnly': false,
    'mysql.offline': false,
    'mysql.logBin': true,
    'mysql.binlog.format': 'ROW',
    'mysql.gtidMode': 'ON',
    'mysql.maxConnections': 60,
  });
});

test('the variables of MariaDB 10.11: no uuid and no super_read_only is no reading, not an empty one', () => {
  const { facts } = parseVariables(named('VARIABLE_NAME', MARIADB));
  expect(facts).toMatchObject({
    'mysql.dialect': 'mariadb',
    'mysql.product': 'MariaDB',
    'mysql.version': '10.11.19',
    'mysql.writable': true,
    'mysql.gtidDomain': '0',
  });
  expect(Object.keys(facts)).not.toContain('mysql.uuid');
  expect(Object.keys(facts)).not.toContain('mysql.superReadOnly');
});

test.each([
  [{ read_only: 'OFF', super_read_only: 'OFF' }, true],
  [{ read_only: 'ON', super_read_only: 'OFF' }, false],
  [{ read_only: 'ON', super_read_only: 'ON' }, false],
  [{ read_only: '0' }, true],
  [{ read_only: 'NO_LOCK' }, false],
  [{ read_only: 'surprise' }, { value: null, why: 'the server does not tell read_only' }],
  [{}, { value: null, why: 'the server does not tell read_only' }],
])('with %o the server is writable: %o', (pairs, expected) => {
  const rows = named('Variable_name', { version: '8.4.0', ...pairs } as Record<string, string>);
  expect(parseVariables(rows).facts['mysql.writable']).toEqual(expected);
});

test.each([
  ['ON', true],
  ['0', false],
  ['', null],
  [null, null],
  [undefined, null],
])('%s is on: %s', (text, expected) => {
  expect(isOn(text)).toBe(expected);
});

test.each([
  ['5.7.44-log', 'mysql'],
  ['9.7.4-2', 'mysql'],
  ['5.5.5-10.6.18-MariaDB-log', 'mariadb'],
])('%s speaks %s', (version, expected) => {
  expect(dialectOf(version)).toBe(expected);
});

test('counters', () => {
  const rows = named('Variable_name', {
    Questions: '837',
    Threads_connected: '6',
    Threads_running: '2',
    Uptime: '147',
  });
  expect(parseCounters(rows).facts).toEqual({
    'mysql.uptime': 147,
    'mysql.queries.total': 837,
    'mysql.threads.connected': 6,
    'mysql.threads.running': 2,
  });
});

test('a GTID set loses its line breaks, the clock is UTC', () => {
  const row = { gtid: '916f45d7:1-181,\n11111111:1-5', utc: '2026-11-21 12:20:20.613849' };
  expect(parseGtid([row]).facts).toEqual({
    'mysql.gtid': '916f45d7:1-181,11111111:1-5',
    'mysql.clock': Date.UTC(2026, 10, 21, 12, 20, 20, 613),
  });
  expect(parseGtid([{ gtid: null, utc: 'tomorrow' }]).facts).toEqual({});
});

const mysqlChannel = {
  Source_Host: '10.0.20.9',
  Source_Port: '3306',
  Replica_IO_Running: 'Yes',
  Replica_SQL_Running: 'No',
  Channel_Name: '',
};
test.each([
  ['none', [], []],
  ['MySQL 8.0.22 and later', [mysqlChannel], ['10.0.20.9:3306 Yes/No']],
  [
    'MySQL before, and MariaDB',
    [
      {
        Connection_name: 'east',
        Master_Host: '10.0.20.9',
        Master_Port: '3306',
        Slave_IO_Running: 'Connecting',
        Slave_SQL_Running: 'Yes',
      },
    ],
    ['10.0.20.9:3306 Connecting/Yes east'],
  ],
])('sources: %s', (_name, rows, expected) => {
  expect(parseChannels(rows).facts['mysql.sources']).toEqual(expected);
});

test('a source is a configured link', () => {
  expect(parseChannels([{ ...mysqlChannel, Source_Port: '3307' }]).configured).toMatchObject([
    { origin: 'replication', address: '10.0.20.9', port: 3307 },
  ]);
});

const blind = { value: null, why: 'the account may not see other sessions (PROCESS)' };
test.each([
  ['none, and it may be known', [{ may: '1', peer: null }], []],
  [
    'two',
    [
      { may: '1', peer: '10.0.20.3:4001' },
      { may: '1', peer: '10.0.20.4:4001' },
    ],
    ['10.0.20.3:4001', '10.0.20.4:4001'],
  ],
  ['not granted', [{ may: '0', peer: null }], blind],
  ['no row at all', [], blind],
])('replicas: %s', (_name, rows, expected) => {
  expect(parseDumps(rows).facts['mysql.replicas']).toEqual(expected);
});

test('binary logs and size', () => {
  const logs = [
    { Log_name: 'binlog.000001', File_size: '100' },
    { Log_name: 'binlog.000002', File_size: '51258' },
  ];
  expect(parseBinaryLogs(logs).facts).toEqual({
    'mysql.binlog.file': 'binlog.000002',
    'mysql.binlog.position': 51258,
    'mysql.binlog.bytes': 51358,
  });
  expect(parseBinaryLogs([]).facts['mysql.binlog.file']).toMatchObject({ value: null });
  expect(parseSize([{ bytes: '29638656', files: '5' }]).facts).toEqual({
    'mysql.data.bytes': 29638656,
    'mysql.data.files': 5,
  });
  expect(parseSize([{ bytes: null, files: '0' }]).facts['mysql.data.bytes']).toMatchObject({ value: null });
});
