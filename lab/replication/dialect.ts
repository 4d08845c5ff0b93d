import type { Engine } from '../engine/spec';

/** What differs between the two engines in the statements of the lab. */
export interface Dialect {
  /** Settings of a healthy server, one `SET GLOBAL` list each. */
  readonly healthy: readonly string[];
  /** Ends these channels and takes them away; first what applies, so that nothing half received holds it up. */
  stop(channels: readonly string[]): string;
  /** A restart brings what the files say. */
  readonly unpersist: string;
  /** No channel, no filter, no position, no log: the caller has ended every session that pulls the log. */
  readonly forget: string;
  readonly open: string;
  readonly close: string;
  /** Makes one channel and starts it. */
  follow(channel: string, source: string, password: string): string;
  /** Statements that go past read_only, whoever asks. */
  past(statements: string): string;
  /** Rows of all channels, and the column that names them. */
  readonly status: string;
  readonly channelName: string;
}

/** '' is the default channel. */
const named = (engine: Engine, channel: string) =>
  channel === '' ? '' : engine === 'mysql' ? ` FOR CHANNEL '${channel}'` : ` '${channel}'`;

const mysql: Dialect = {
  healthy: [
    'max_connections=60',
    'rpl_semi_sync_source_enabled=OFF',
    'rpl_semi_sync_replica_enabled=OFF',
    'rpl_semi_sync_source_timeout=10000',
    'event_scheduler=ON',
    'sync_binlog=1',
    'innodb_flush_log_at_trx_commit=1',
    "replica_exec_mode='STRICT'",
    'binlog_expire_logs_seconds=86400',
    'relay_log_purge=ON',
    'sql_mode=DEFAULT',
  ],
  stop: () => 'STOP REPLICA SQL_THREAD; STOP REPLICA; RESET REPLICA ALL;',
  unpersist: 'RESET PERSIST;',
  forget: `CHANGE REPLICATION FILTER REPLICATE_DO_DB=(), REPLICATE_IGNORE_DB=(), REPLICATE_DO_TABLE=(), REPLICATE_IGNORE_TABLE=(), REPLICATE_WILD_DO_TABLE=(), REPLICATE_WILD_IGNORE_TABLE=(), REPLICATE_REWRITE_DB=();
RESET BINARY LOGS AND GTIDS;`,
  open: 'SET GLOBAL super_read_only=OFF, GLOBAL read_only=OFF;',
  close: 'SET GLOBAL read_only=ON, GLOBAL super_read_only=ON;',
  follow: (channel, source, password) =>
    `CHANGE REPLICATION SOURCE TO SOURCE_HOST='${source}', SOURCE_PORT=3306, SOURCE_USER='repl', SOURCE_PASSWORD='${password}',
  SOURCE_AUTO_POSITION=1, SOURCE_SSL=1, SOURCE_CONNECT_RETRY=1, SOURCE_RETRY_COUNT=86400, SOURCE_HEARTBEAT_PERIOD=1${named('mysql', channel)};
START REPLICA${named('mysql', channel)};`,
  past: (statements) => `SET @was=@@GLOBAL.super_read_only; SET GLOBAL super_read_only=OFF;
${statements}
SET GLOBAL super_read_only=@was;`,
  status: 'SHOW REPLICA STATUS',
  channelName: 'Channel_Name',
};

const mariadb: Dialect = {
  healthy: [
    'max_connections=60',
    'rpl_semi_sync_master_enabled=OFF',
    'rpl_semi_sync_slave_enabled=OFF',
    'rpl_semi_sync_master_timeout=10000',
    'event_scheduler=ON',
    'sync_binlog=1',
    'innodb_flush_log_at_trx_commit=1',
    "slave_exec_mode='STRICT'",
    'relay_log_purge=ON',
    'gtid_strict_mode=ON',
    'gtid_domain_id=0',
    "binlog_format='ROW'",
    'sql_mode=DEFAULT',
  ],
  stop: (channels) => channels.map((name) => `STOP SLAVE '${name}'; RESET SLAVE '${name}' ALL;`).join(' '),
  unpersist: '', // nothing but files there
  forget: `SET GLOBAL replicate_do_db='', GLOBAL replicate_ignore_db='', GLOBAL replicate_do_table='', GLOBAL replicate_ignore_table='', GLOBAL replicate_wild_do_table='', GLOBAL replicate_wild_ignore_table='';
RESET MASTER;
SET GLOBAL gtid_slave_pos='';`,
  open: 'SET GLOBAL read_only=OFF;',
  close: 'SET GLOBAL read_only=ON;',
  follow: (channel, source, password) =>
    `CHANGE MASTER${named('mariadb', channel)} TO MASTER_HOST='${source}', MASTER_PORT=3306, MASTER_USER='repl', MASTER_PASSWORD='${password}',
  MASTER_USE_GTID=slave_pos, MASTER_SSL=1, MASTER_SSL_VERIFY_SERVER_CERT=0, MASTER_CONNECT_RETRY=1, MASTER_HEARTBEAT_PERIOD=1;
START SLAVE${named('mariadb', channel)};`,
  past: (statements) => statements, // root may write through read_only
  status: 'SHOW ALL SLAVES STATUS',
  channelName: 'Connection_name',
};

export const dialectOf = (engine: Engine): Dialect => (engine === 'mysql' ? mysql : mariadb);
