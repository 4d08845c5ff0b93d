import type { Probe, ProbeTarget } from './kind';
import { parseChannels, parseCommits, parseDumps, parseHeartbeat, tableOf } from './mysql-replication-parse';

/**
 * What every look reads of replication: the channels of a replica, the commit times of what it received and
 * applied, who pulls this server's log, and the heartbeat row where the estate names one.
 *
 * The monitor account needs REPLICATION CLIENT, PROCESS and SELECT on performance_schema; MariaDB: REPLICA
 * MONITOR, BINLOG MONITOR, PROCESS. SHOW REPLICAS is not asked: it needs REPLICATION SLAVE, which lets an
 * account read all data out of the log, and on MariaDB REPLICATION MASTER ADMIN, which is a power.
 */

const CHANNELS_GRANT = {
  en: 'GRANT REPLICATION CLIENT (MariaDB: REPLICA MONITOR) ON *.* shows what this server replicates from.',
  fr: 'GRANT REPLICATION CLIENT (MariaDB : REPLICA MONITOR) ON *.* montre depuis quoi ce serveur réplique.',
};
const SCHEMA_GRANT = {
  en: 'GRANT SELECT ON performance_schema.* shows the state of replication in full.',
  fr: 'GRANT SELECT ON performance_schema.* montre tout l’état de la réplication.',
};
const TIMEOUT_MS = 2_500;
const channels = {
  every: 'poll',
  via: 'sql',
  timeoutMs: TIMEOUT_MS,
  fills: ['mysql.sources'],
  withMore: CHANNELS_GRANT,
  parse: parseChannels,
} as const;

/** Times as epoch seconds: the columns show them in the time zone of the session. */
const epoch = (column: string, name: string) => `UNIX_TIMESTAMP(${column}) AS ${name}`;

export const mysqlReplicationProbes: readonly Probe[] = [
  // SHOW SLAVE STATUS is gone in 8.4; SHOW REPLICA STATUS came with 8.0.22 (MySQL release notes).
  {
    ...channels,
    id: 'mysql.channels',
    dialect: 'mysql',
    from: [8, 0, 22],
    statement: 'SHOW REPLICA STATUS',
  },
  {
    ...channels,
    id: 'mysql.channels-old',
    dialect: 'mysql',
    below: [8, 0, 22],
    statement: 'SHOW SLAVE STATUS',
  },
  { ...channels, id: 'mysql.channels-mariadb', dialect: 'mariadb', statement: 'SHOW ALL SLAVES STATUS' },
  {
    id: 'mysql.commits',
    every: 'poll',
    via: 'sql',
    dialect: 'mysql',
    from: [8, 0],
    timeoutMs: TIMEOUT_MS,
    fills: [],
    withMore: SCHEMA_GRANT,
    statement: `SELECT s.CHANNEL_NAME AS channel, ${[
      epoch('s.LAST_HEARTBEAT_TIMESTAMP', 'heartbeat'),
      epoch('s.LAST_QUEUED_TRANSACTION_END_QUEUE_TIMESTAMP', 'queued'),
      epoch('s.LAST_QUEUED_TRANSACTION_ORIGINAL_COMMIT_TIMESTAMP', 'received'),
      epoch('s.QUEUEING_TRANSACTION_START_QUEUE_TIMESTAMP', 'queueing'),
      epoch('s.LAST_ERROR_TIMESTAMP', 'failed'),
      `MAX(UNIX_TIMESTAMP(w.LAST_APPLIED_TRANSACTION_ORIGINAL_COMMIT_TIMESTAMP)) AS applied`,
      `MIN(NULLIF(UNIX_TIMESTAMP(w.APPLYING_TRANSACTION_ORIGINAL_COMMIT_TIMESTAMP), 0)) AS applying`,
      `MAX(w.LAST_ERROR_NUMBER) AS errno`,
      `MAX(w.LAST_ERROR_MESSAGE) AS error`,
    ].join(
      ', ',
    )} FROM performance_schema.replication_connection_status AS s LEFT JOIN performance_schema.replication_applier_status_by_worker AS w ON w.CHANNEL_NAME = s.CHANNEL_NAME GROUP BY 1, 2, 3, 4, 5, 6`,
    parse: parseCommits,
  },
  {
    // A replica tells its uuid to its source in a user variable of the session that pulls the log.
    id: 'mysql.dumps',
    every: 'poll',
    via: 'sql',
    dialect: 'mysql',
    timeoutMs: TIMEOUT_MS,
    fills: ['mysql.replicas'],
    withMore: SCHEMA_GRANT,
    statement: `SELECT @@GLOBAL.performance_schema AS may, t.PROCESSLIST_HOST AS peer, t.PROCESSLIST_USER AS user, CONVERT(v.VARIABLE_VALUE USING utf8mb4) AS uuid FROM (SELECT 1 AS one) AS one LEFT JOIN performance_schema.threads AS t ON t.PROCESSLIST_COMMAND LIKE 'Binlog Dump%' LEFT JOIN performance_schema.user_variables_by_thread AS v ON v.THREAD_ID = t.THREAD_ID AND v.VARIABLE_NAME = 'slave_uuid'`,
    parse: parseDumps,
  },
  {
    id: 'mysql.dumps-mariadb',
    every: 'poll',
    via: 'sql',
    dialect: 'mariadb',
    timeoutMs: TIMEOUT_MS,
    fills: ['mysql.replicas'],
    withMore: {
      en: 'GRANT PROCESS ON *.* shows which replicas are connected.',
      fr: 'GRANT PROCESS ON *.* montre quels réplicas sont connectés.',
    },
    // The one row comes from a table of information_schema: anything else is refused (1047) by a Galera member that has
    // lost the majority, and it would be known as one that refuses instead of what it is (measured, 10.11).
    statement: `SELECT (SELECT COUNT(*) > 0 FROM information_schema.USER_PRIVILEGES WHERE PRIVILEGE_TYPE = 'PROCESS') AS may, p.HOST AS peer, p.USER AS user FROM information_schema.SCHEMATA AS one LEFT JOIN information_schema.PROCESSLIST AS p ON p.COMMAND LIKE 'Binlog Dump%' WHERE one.SCHEMA_NAME = 'information_schema'`,
    parse: parseDumps,
  },
  {
    id: 'mysql.heartbeat',
    every: 'poll',
    via: 'sql',
    timeoutMs: TIMEOUT_MS,
    fills: [],
    withMore: {
      en: 'GRANT SELECT on the heartbeat table lets the console read how old a replica is.',
      fr: 'GRANT SELECT sur la table heartbeat laisse la console lire l’ancienneté d’un réplica.',
    },
    statement: heartbeatStatement,
    parse: parseHeartbeat,
  },
  {
    id: 'mysql.connections',
    every: 'minute',
    via: 'sql',
    dialect: 'mysql',
    fills: [],
    withMore: SCHEMA_GRANT,
    statement: 'SELECT * FROM performance_schema.replication_connection_configuration',
    parse: tableOf('connections'),
  },
  {
    id: 'mysql.group',
    every: 'minute',
    via: 'sql',
    dialect: 'mysql',
    fills: [],
    withMore: SCHEMA_GRANT,
    statement: 'SELECT * FROM performance_schema.replication_group_members',
    parse: tableOf('group'),
  },
];

/**
 * The newest row of pt-heartbeat's table. `ts` is the writer's clock as text, in UTC where pt-heartbeat runs
 * with --utc: both readings of its age are asked for, and the smaller one that is not absurd is taken.
 */
function heartbeatStatement({ service }: ProbeTarget): string | null {
  const named = service?.sql?.heartbeat;
  if (named === undefined) return null;
  const table = named
    .split('.')
    .map((part) => `\`${part}\``)
    .join('.');
  const age = (now: string) =>
    `TIMESTAMPDIFF(MICROSECOND, CAST(REPLACE(ts, 'T', ' ') AS DATETIME(6)), ${now}) / 1000000`;
  return `SELECT ts, server_id, ${age('UTC_TIMESTAMP(6)')} AS utc_age, ${age('NOW(6)')} AS local_age FROM ${table} ORDER BY ts DESC LIMIT 1`;
}
