import { expect, test } from 'vitest';
import { MARIADB_10_11, MYSQL_9_7 } from '../testing/replication/pairs';
import { type Asked, askedOf, type RecordedServer, read, readAs } from '../testing/replication/recorded';
import { type Channel, ServerReading } from './model';
import { type Deep, merged } from './replication.test-kit';

/** What the recorded servers said, with one thing about it missing, cut or strange. */
const UUID = '82a8c07c-e5c3-11f1-967d-02fc00000001';
const [MYSQL_CHANNEL] = read(MYSQL_9_7.replica).channels ?? [];
const withChannel = (given: Deep<Channel>): Deep<ServerReading> => ({
  channels: MYSQL_CHANNEL ? [merged(MYSQL_CHANNEL, given)] : [],
});

/** The replica's answers with one statement's rows changed; null: it was refused. */
const changed = (
  server: RecordedServer,
  probe: string,
  change: (rows: Asked['rows']) => Asked['rows'] | null,
) =>
  readAs(
    askedOf(server).flatMap((one) => {
      if (one.probe.id !== probe) return [one];
      const rows = change(one.rows);
      return rows === null ? [] : [{ ...one, rows }];
    }),
  );
const cells = (given: Record<string, string | null>) => (rows: Asked['rows']) =>
  rows.map((row) => ({ ...row, ...given }));
const MY = MYSQL_9_7.replica;
const MA = MARIADB_10_11.replica;

test.each<[string, ServerReading, Deep<ServerReading>]>([
  ['the channels are refused', changed(MY, 'mysql.channels', () => null), { channels: null }],
  [
    'a future status calls the source by another name',
    changed(MY, 'mysql.channels', (rows) =>
      rows.map(({ Source_Host, ...row }) => ({ ...row, Primary_Host: Source_Host ?? null })),
    ),
    { channels: null, notUnderstood: [{ what: 'channels', text: expect.stringContaining('Source_User') }] },
  ],
  ['the source is NULL', changed(MY, 'mysql.channels', cells({ Source_Host: null })), { channels: null }],
  ['a status that was reset', changed(MY, 'mysql.channels', cells({ Source_Host: '' })), { channels: [] }],
  [
    'the channels of a group',
    changed(
      MY,
      'mysql.channels',
      cells({ Source_Host: '<NULL>', Channel_Name: 'group_replication_applier' }),
    ),
    { channels: [], notUnderstood: [] },
  ],
  [
    'a GTID set is cut',
    changed(MY, 'mysql.gtid', cells({ gtid: `${UUID}:1-` })),
    { notUnderstood: [{ what: 'gtid', text: expect.any(String) }] },
  ],
  [
    'a position is cut',
    changed(MA, 'mysql.gtid-mariadb', cells({ state: '0-1-' })),
    { notUnderstood: [{ what: 'state', text: expect.any(String) }] },
  ],
  [
    'semi-sync is on and its status is not told',
    changed(MY, 'mysql.counters', (rows) => rows.filter((row) => !row.Variable_name?.startsWith('Rpl'))),
    { semiSync: { source: expect.anything(), replica: { enabled: true, active: null } } },
  ],
  [
    'the clock is not told',
    changed(MY, 'mysql.gtid', cells({ utc: null })),
    { clockOffsetMs: null, ...withChannel({ lastHeard: null }) },
  ],
  [
    'a transaction is on its way',
    changed(MY, 'mysql.commits', cells({ queueing: '1795276700.1' })),
    withChannel({ lastHeard: null }),
  ],
  [
    'a key file instead of GET_SOURCE_PUBLIC_KEY',
    changed(MY, 'mysql.channels', cells({ Source_public_key_path: '/etc/mysql/key.pem' })),
    withChannel({ tls: { publicKey: true } }),
  ],
  ['a dump that may not be seen', changed(MY, 'mysql.dumps', cells({ may: '0' })), { dumps: null }],
  [
    'a list of accounts that is cut',
    changed(MY, 'mysql.accounts', (rows) => Array.from({ length: 400 }, () => rows[0] ?? {})),
    { accounts: null, privileged: null },
  ],
  [
    'the scheduler that can never run',
    changed(MY, 'mysql.variables', (rows) =>
      rows.map((row) => (row.Variable_name === 'event_scheduler' ? { ...row, Value: 'DISABLED' } : row)),
    ),
    { scheduler: false },
  ],
  [
    'several workers: the words are the worker’s own',
    readAs(
      askedOf(MY).map((one) => {
        const error = {
          Last_SQL_Errno: '1062',
          Last_SQL_Error: 'See performance_schema',
          Replica_SQL_Running: 'No',
        };
        if (one.probe.id === 'mysql.channels') return { ...one, rows: cells(error)(one.rows) };
        return one.probe.id === 'mysql.commits'
          ? { ...one, rows: cells({ errno: '1062', error: 'Duplicate entry 7' })(one.rows) }
          : one;
      }),
    ),
    {
      ...withChannel({ applier: 'off', applierError: { number: 1062, text: 'Duplicate entry 7', at: null } }),
    },
  ],
])('%s', (_name, reading, expected) => {
  expect(ServerReading.parse(reading)).toMatchObject(expected);
});
