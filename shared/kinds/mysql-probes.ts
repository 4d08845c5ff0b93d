import type { Probe } from './kind';
import { mysqlConfig } from './mysql-config';
import { mysqlMinuteProbes } from './mysql-minute-probes';
import { PARITY_VARIABLES } from './mysql-parity';
import { parseBinaryLogs, parseCounters, parseGtid, parseSize, parseVariables } from './mysql-parse';
import { mysqlReplicationProbes } from './mysql-replication-probes';

/**
 * One round of statements. Those of one look run on every version of both dialects where that can be; where
 * not, each names its dialect and versions. Which rights they need: docs/replication.md.
 */

/** SHOW … WHERE leaves out what a version does not know, so that no renamed variable blinds the whole look. */
const VARIABLES = [
  'version',
  'version_comment',
  'hostname',
  'port',
  'datadir',
  'server_id',
  'server_uuid',
  'report_host',
  'report_port',
  'read_only',
  'super_read_only',
  'offline_mode',
  'log_bin',
  'log_bin_basename',
  'binlog_format',
  'binlog_row_image',
  'binlog_expire_logs_seconds',
  'expire_logs_days',
  'sync_binlog',
  'innodb_flush_log_at_trx_commit',
  'log_replica_updates',
  'log_slave_updates',
  'gtid_mode',
  'enforce_gtid_consistency',
  'gtid_strict_mode',
  'gtid_domain_id',
  'relay_log_recovery',
  'relay_log_purge',
  'relay_log_space_limit',
  'sync_relay_log',
  'replica_net_timeout',
  'slave_net_timeout',
  'replica_skip_errors',
  'slave_skip_errors',
  'replica_exec_mode',
  'slave_exec_mode',
  'sql_replica_skip_counter',
  'sql_slave_skip_counter',
  'event_scheduler',
  'max_connections',
  'rpl_semi_sync_source_enabled',
  'rpl_semi_sync_source_timeout',
  'rpl_semi_sync_source_wait_for_replica_count',
  'rpl_semi_sync_source_wait_point',
  'rpl_semi_sync_replica_enabled',
  'rpl_semi_sync_master_enabled',
  'rpl_semi_sync_master_timeout',
  'rpl_semi_sync_master_wait_for_slave_count',
  'rpl_semi_sync_master_wait_point',
  'rpl_semi_sync_slave_enabled',
  'group_replication_group_name',
  'wsrep_on',
  'wsrep_cluster_name',
  ...PARITY_VARIABLES,
] as const;
const COUNTERS = [
  'Uptime',
  'Questions',
  'Threads_connected',
  'Threads_running',
  'Com_commit',
  'Rpl_semi_sync_source_status',
  'Rpl_semi_sync_source_clients',
  'Rpl_semi_sync_source_wait_sessions',
  'Rpl_semi_sync_source_no_tx',
  'Rpl_semi_sync_replica_status',
  'Rpl_semi_sync_master_status',
  'Rpl_semi_sync_master_clients',
  'Rpl_semi_sync_master_wait_sessions',
  'Rpl_semi_sync_master_no_tx',
  'Rpl_semi_sync_slave_status',
  'wsrep_cluster_status',
  'wsrep_cluster_size',
  'wsrep_local_state_comment',
  'wsrep_ready',
  'wsrep_incoming_addresses',
  'Innodb_data_pending_fsyncs',
] as const;
const inList = (names: readonly string[]) => [...new Set(names)].map((name) => `'${name}'`).join(', ');

const NOT_SYSTEM = `NAME NOT LIKE 'mysql/%' AND NAME NOT LIKE 'sys/%' AND NAME NOT IN ('mysql', 'innodb_system', 'innodb_temporary') AND NAME NOT LIKE 'innodb_undo%'`;
const PROCESS_GRANT = {
  en: 'GRANT PROCESS ON *.* lets the account see other sessions and file sizes.',
  fr: 'GRANT PROCESS ON *.* laisse le compte voir les autres sessions et la taille des fichiers.',
};

export const mysqlProbes: readonly Probe[] = [
  {
    id: 'mysql.variables',
    every: 'poll',
    via: 'sql',
    timeoutMs: 2_500,
    fills: [
      'mysql.product',
      'mysql.version',
      'mysql.writable',
      'mysql.serverId',
      'mysql.uuid',
      'mysql.logBin',
    ],
    statement: `SHOW GLOBAL VARIABLES WHERE Variable_name IN (${inList(VARIABLES)})`,
    parse: parseVariables,
  },
  {
    id: 'mysql.counters',
    every: 'poll',
    via: 'sql',
    timeoutMs: 2_500,
    fills: ['mysql.uptime', 'mysql.queries.total', 'mysql.threads.connected', 'mysql.threads.running'],
    statement: `SHOW GLOBAL STATUS WHERE Variable_name IN (${inList(COUNTERS)})`,
    parse: parseCounters,
  },
  {
    id: 'mysql.gtid',
    every: 'poll',
    via: 'sql',
    dialect: 'mysql',
    timeoutMs: 2_500,
    fills: ['mysql.gtid', 'mysql.clock'],
    statement:
      'SELECT @@GLOBAL.gtid_executed AS gtid, @@GLOBAL.gtid_purged AS purged, UTC_TIMESTAMP(6) AS utc',
    parse: parseGtid,
  },
  {
    id: 'mysql.gtid-mariadb',
    every: 'poll',
    via: 'sql',
    dialect: 'mariadb',
    timeoutMs: 2_500,
    fills: ['mysql.gtid', 'mysql.clock'],
    statement:
      'SELECT @@GLOBAL.gtid_binlog_pos AS gtid, @@GLOBAL.gtid_binlog_state AS state, @@GLOBAL.gtid_slave_pos AS slave_pos, UTC_TIMESTAMP(6) AS utc',
    parse: parseGtid,
  },
  ...mysqlReplicationProbes,
  {
    id: 'mysql.binlog',
    every: 'slow',
    via: 'sql',
    // hangs while the disk of the binary log is full
    timeoutMs: 3_000,
    fills: ['mysql.binlog.file', 'mysql.binlog.position', 'mysql.binlog.bytes'],
    withMore: {
      en: 'GRANT REPLICATION CLIENT (MariaDB: BINLOG MONITOR) ON *.* shows the binary logs.',
      fr: 'GRANT REPLICATION CLIENT (MariaDB : BINLOG MONITOR) ON *.* montre les binlogs.',
    },
    statement: 'SHOW BINARY LOGS',
    parse: parseBinaryLogs,
  },
  {
    id: 'mysql.size',
    every: 'rare',
    via: 'sql',
    dialect: 'mysql',
    fills: ['mysql.data.bytes', 'mysql.data.files'],
    withMore: PROCESS_GRANT,
    statement: `SELECT SUBSTRING_INDEX(NAME, '/', 1) AS db, SUM(FILE_SIZE) AS bytes, COUNT(*) AS files FROM information_schema.INNODB_TABLESPACES WHERE ${NOT_SYSTEM} GROUP BY 1`,
    parse: parseSize,
  },
  {
    id: 'mysql.size-mariadb',
    every: 'rare',
    via: 'sql',
    dialect: 'mariadb',
    fills: ['mysql.data.bytes', 'mysql.data.files'],
    withMore: PROCESS_GRANT,
    statement: `SELECT SUBSTRING_INDEX(NAME, '/', 1) AS db, SUM(FILE_SIZE) AS bytes, COUNT(*) AS files FROM information_schema.INNODB_SYS_TABLESPACES WHERE ${NOT_SYSTEM} GROUP BY 1`,
    parse: parseSize,
  },
  ...mysqlMinuteProbes,
  mysqlConfig,
];
