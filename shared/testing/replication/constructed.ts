import type { Row } from '../../kinds/kind';
import { MARIADB_10_11, MYSQL_9_7 } from './pairs';
import type { RecordedPair, RecordedServer } from './recorded';

/**
 * Versions that were never run: what their manuals say is different, applied to what was recorded from the
 * version that is nearest. Names of columns and variables are the manuals' own ("SHOW REPLICA STATUS", "SHOW
 * SLAVE STATUS", "SHOW ALL SLAVES STATUS", "Server System Variables", release notes).
 */

interface Difference {
  version: string;
  comment?: string;
  /** Variables that this version does not have. */
  without?: readonly string[];
  variables?: Readonly<Record<string, string>>;
  /** Old name of a variable or status by its new one. */
  renamed?: Readonly<Record<string, string>>;
  rows?: (probe: string, rows: readonly Row[]) => readonly [string, readonly Row[]] | null;
}

function constructed(pair: RecordedPair, difference: Difference): RecordedPair {
  const { version, comment, without = [], renamed = {}, rows = (probe, list) => [probe, list] } = difference;
  const name = (old: string) => renamed[old] ?? old;
  const one = (server: RecordedServer): RecordedServer => ({
    variables: {
      ...Object.fromEntries(
        Object.entries(server.variables)
          .filter(([key]) => !without.includes(key))
          .map(([key, value]) => [name(key), value]),
      ),
      ...difference.variables,
      version,
      ...(comment === undefined ? {} : { version_comment: comment }),
    },
    status: Object.fromEntries(Object.entries(server.status).map(([key, value]) => [name(key), value])),
    rows: Object.fromEntries(
      Object.entries(server.rows).flatMap(([probe, list]) => {
        const now = rows(probe, list);
        return now === null ? [] : [now];
      }),
    ),
  });
  return { source: one(pair.source), replica: one(pair.replica) };
}

const OLD_WORDS: readonly (readonly [RegExp, string])[] = [
  [/^Replica_/, 'Slave_'],
  [/^Source_/, 'Master_'],
  [/^Read_Source_/, 'Read_Master_'],
  [/^Relay_Source_/, 'Relay_Master_'],
  [/^Exec_Source_/, 'Exec_Master_'],
  [/^Seconds_Behind_Source$/, 'Seconds_Behind_Master'],
  [/^Get_Source_public_key$/, 'Get_master_public_key'],
];
const oldWord = (column: string) => {
  const rule = OLD_WORDS.find(([pattern]) => pattern.test(column));
  return rule ? column.replace(rule[0], rule[1]) : column;
};
/** SHOW SLAVE STATUS: the columns of SHOW REPLICA STATUS by their old names, without those that came later. */
const asSlaveStatus = (rows: readonly Row[], without: readonly string[]): Row[] =>
  rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).flatMap(([column, value]) =>
        without.includes(column)
          ? []
          : [[oldWord(column), column === 'Replica_IO_State' ? 'Waiting for master to send event' : value]],
      ),
    ),
  );
const without = (rows: readonly Row[], columns: readonly string[]): Row[] =>
  rows.map((row) => Object.fromEntries(Object.entries(row).filter(([column]) => !columns.includes(column))));

/** semisync_master.so and semisync_slave.so, the only ones before 8.0.26. */
const OLD_SEMI_SYNC = {
  rpl_semi_sync_source_wait_for_replica_count: 'rpl_semi_sync_master_wait_for_slave_count',
  rpl_semi_sync_source_enabled: 'rpl_semi_sync_master_enabled',
  rpl_semi_sync_source_timeout: 'rpl_semi_sync_master_timeout',
  rpl_semi_sync_source_wait_point: 'rpl_semi_sync_master_wait_point',
  rpl_semi_sync_replica_enabled: 'rpl_semi_sync_slave_enabled',
  Rpl_semi_sync_source_status: 'Rpl_semi_sync_master_status',
  Rpl_semi_sync_source_clients: 'Rpl_semi_sync_master_clients',
  Rpl_semi_sync_source_wait_sessions: 'Rpl_semi_sync_master_wait_sessions',
  Rpl_semi_sync_source_no_tx: 'Rpl_semi_sync_master_no_tx',
  Rpl_semi_sync_replica_status: 'Rpl_semi_sync_slave_status',
};
/** Names with "replica" came with 8.0.26. */
const NEW_NAMES = [
  'log_replica_updates',
  'replica_net_timeout',
  'replica_skip_errors',
  'replica_exec_mode',
  'sql_replica_skip_counter',
];
const ONLY_LATER = ['authentication_policy'];

export const MYSQL_8_4 = constructed(MYSQL_9_7, {
  version: '8.4.3',
  comment: 'MySQL Community Server - GPL',
});

export const MYSQL_8_0 = constructed(MYSQL_9_7, {
  version: '8.0.36',
  comment: 'MySQL Community Server - GPL',
  renamed: OLD_SEMI_SYNC,
  variables: { expire_logs_days: '0', default_authentication_plugin: 'caching_sha2_password' },
});

/** Before SHOW REPLICA STATUS (8.0.22). */
export const MYSQL_8_0_18 = constructed(MYSQL_9_7, {
  version: '8.0.18',
  comment: 'MySQL Community Server - GPL',
  without: [...NEW_NAMES, ...ONLY_LATER],
  renamed: OLD_SEMI_SYNC,
  variables: { expire_logs_days: '0', default_authentication_plugin: 'caching_sha2_password' },
  rows: (probe, rows) =>
    probe === 'mysql.channels' ? ['mysql.channels-old', asSlaveStatus(rows, [])] : [probe, rows],
});

/** No performance_schema of commits, no global_grants, no persisted variables. */
const NOT_IN_5_7 = ['mysql.commits', 'mysql.privileged', 'mysql.persisted'];
export const MYSQL_5_7 = constructed(MYSQL_9_7, {
  version: '5.7.44-log',
  comment: 'MySQL Community Server (GPL)',
  without: [...NEW_NAMES, ...ONLY_LATER, 'binlog_expire_logs_seconds', 'transaction_isolation'],
  renamed: OLD_SEMI_SYNC,
  variables: {
    expire_logs_days: '30',
    tx_isolation: 'REPEATABLE-READ',
    default_authentication_plugin: 'mysql_native_password',
  },
  rows: (probe, rows) => {
    if (NOT_IN_5_7.includes(probe)) return null;
    if (probe === 'mysql.channels') {
      const later = ['Source_public_key_path', 'Get_Source_public_key', 'Network_Namespace'];
      return ['mysql.channels-old', asSlaveStatus(rows, later)];
    }
    if (probe === 'mysql.binlog') return [probe, without(rows, ['Encrypted'])];
    if (probe === 'mysql.connections')
      return [probe, without(rows, ['PUBLIC_KEY_PATH', 'GET_PUBLIC_KEY', 'NETWORK_NAMESPACE', 'GTID_ONLY'])];
    return [probe, rows];
  },
});

/** binlog_expire_logs_seconds came with 10.6.1, Replicate_Rewrite_DB in the status later. */
export const MARIADB_10_5 = constructed(MARIADB_10_11, {
  version: '10.5.26-MariaDB-log',
  comment: 'MariaDB Server',
  without: ['binlog_expire_logs_seconds'],
  variables: { expire_logs_days: '10.000000' },
  rows: (probe, rows) =>
    probe === 'mysql.channels-mariadb' ? [probe, without(rows, ['Replicate_Rewrite_DB'])] : [probe, rows],
});

/** transaction_isolation came with 11.1; TLS with verification is the default of a replica from 11.3 on. */
export const MARIADB_11_4 = constructed(MARIADB_10_11, {
  version: '11.4.4-MariaDB-log',
  comment: 'MariaDB Server',
  variables: {
    transaction_isolation: 'REPEATABLE-READ',
    binlog_expire_logs_seconds: '864000',
    expire_logs_days: '10.000000',
  },
  rows: (probe, rows) =>
    probe === 'mysql.channels-mariadb'
      ? [
          probe,
          rows.map((row) => ({ ...row, Master_SSL_Allowed: 'Yes', Master_SSL_Verify_Server_Cert: 'Yes' })),
        ]
      : [probe, rows],
});
