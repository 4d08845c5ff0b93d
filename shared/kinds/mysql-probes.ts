import type { Probe } from './kind';
import {
  parseBinaryLogs,
  parseCounters,
  parseGtid,
  parseReplicas,
  parseSize,
  parseSources,
  parseVariables,
} from './mysql-parse';

/**
 * What the monitor account may read: MySQL REPLICATION CLIENT, PROCESS and SELECT on performance_schema;
 * MariaDB REPLICA MONITOR, BINLOG MONITOR, PROCESS and SELECT on performance_schema. Statements of one look
 * run on every version of both dialects where that can be; where not, each names its dialect.
 */

/** SHOW … WHERE leaves out what a version does not know, so that no renamed variable blinds the whole look. */
const VARIABLES = [
  'version',
  'version_comment',
  'hostname',
  'server_id',
  'server_uuid',
  'read_only',
  'super_read_only',
  'offline_mode',
  'log_bin',
  'binlog_format',
  'gtid_mode',
  'gtid_domain_id',
  'max_connections',
] as const;
const COUNTERS = ['Uptime', 'Questions', 'Threads_connected', 'Threads_running'] as const;
const inList = (names: readonly string[]) => names.map((name) => `'${name}'`).join(', ');

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
    statement: 'SELECT @@GLOBAL.gtid_executed AS gtid, UTC_TIMESTAMP(6) AS utc',
    parse: parseGtid,
  },
  {
    id: 'mysql.gtid-mariadb',
    every: 'poll',
    via: 'sql',
    dialect: 'mariadb',
    timeoutMs: 2_500,
    fills: ['mysql.gtid', 'mysql.clock'],
    statement: 'SELECT @@GLOBAL.gtid_binlog_pos AS gtid, UTC_TIMESTAMP(6) AS utc',
    parse: parseGtid,
  },
  {
    id: 'mysql.sources',
    every: 'slow',
    via: 'sql',
    dialect: 'mysql',
    timeoutMs: 2_500,
    fills: ['mysql.sources'],
    withMore: {
      en: 'GRANT SELECT ON performance_schema.* shows what this server replicates from.',
      fr: 'GRANT SELECT ON performance_schema.* montre depuis quoi ce serveur réplique.',
    },
    statement: `SELECT @@GLOBAL.performance_schema AS ps, c.CHANNEL_NAME AS channel, c.HOST AS host, c.PORT AS port, s.SERVICE_STATE AS io, a.SERVICE_STATE AS applier FROM (SELECT 1 AS one) AS one LEFT JOIN performance_schema.replication_connection_configuration AS c ON TRUE LEFT JOIN performance_schema.replication_connection_status AS s ON s.CHANNEL_NAME = c.CHANNEL_NAME LEFT JOIN performance_schema.replication_applier_status AS a ON a.CHANNEL_NAME = c.CHANNEL_NAME`,
    parse: parseSources,
  },
  {
    id: 'mysql.sources-mariadb',
    every: 'slow',
    via: 'sql',
    dialect: 'mariadb',
    timeoutMs: 2_500,
    fills: ['mysql.sources'],
    withMore: {
      en: 'GRANT REPLICA MONITOR ON *.* shows what this server replicates from.',
      fr: 'GRANT REPLICA MONITOR ON *.* montre depuis quoi ce serveur réplique.',
    },
    statement: 'SHOW ALL SLAVES STATUS',
    parse: parseSources,
  },
  {
    id: 'mysql.replicas',
    every: 'slow',
    via: 'sql',
    dialect: 'mysql',
    timeoutMs: 2_500,
    fills: ['mysql.replicas'],
    withMore: {
      en: 'GRANT SELECT ON performance_schema.* shows which replicas are connected.',
      fr: 'GRANT SELECT ON performance_schema.* montre quels réplicas sont connectés.',
    },
    statement: `SELECT @@GLOBAL.performance_schema AS may, t.PROCESSLIST_HOST AS peer FROM (SELECT 1 AS one) AS one LEFT JOIN performance_schema.threads AS t ON t.PROCESSLIST_COMMAND LIKE 'Binlog Dump%'`,
    parse: parseReplicas,
  },
  {
    id: 'mysql.replicas-mariadb',
    every: 'slow',
    via: 'sql',
    dialect: 'mariadb',
    timeoutMs: 2_500,
    fills: ['mysql.replicas'],
    withMore: PROCESS_GRANT,
    statement: `SELECT (SELECT COUNT(*) > 0 FROM information_schema.USER_PRIVILEGES WHERE PRIVILEGE_TYPE = 'PROCESS') AS may, p.HOST AS peer FROM (SELECT 1 AS one) AS one LEFT JOIN information_schema.PROCESSLIST AS p ON p.COMMAND LIKE 'Binlog Dump%'`,
    parse: parseReplicas,
  },
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
    statement: `SELECT SUM(FILE_SIZE) AS bytes, COUNT(*) AS files FROM information_schema.INNODB_TABLESPACES WHERE ${NOT_SYSTEM}`,
    parse: parseSize,
  },
  {
    id: 'mysql.size-mariadb',
    every: 'rare',
    via: 'sql',
    dialect: 'mariadb',
    fills: ['mysql.data.bytes', 'mysql.data.files'],
    withMore: PROCESS_GRANT,
    statement: `SELECT SUM(FILE_SIZE) AS bytes, COUNT(*) AS files FROM information_schema.INNODB_SYS_TABLESPACES WHERE ${NOT_SYSTEM}`,
    parse: parseSize,
  },
];
