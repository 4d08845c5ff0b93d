import type { ServerReading } from '../model';
import {
  type Case,
  each,
  hit,
  type ReplicationRule,
  type ReplicationView,
  replicasIn,
  shows,
  speaking,
  UNKNOWN,
  untold,
} from './rule';

/** How servers write and keep their logs: GTIDs, binary log, relay log. */

const DAY = 86_400;

const sources = (view: ReplicationView) =>
  speaking(view).filter((server) => view.edges.some((edge) => edge.from === server.node));
const not = (value: boolean | null): boolean | null => (value === null ? null : !value);
const isMysql = (server: ServerReading) => server.dialect === 'mysql';

export const LOG_RULES: readonly ReplicationRule[] = [
  {
    code: 'GTID_OFF',
    severity: 'warning',
    from: 'MySQL Shell checkInstanceConfiguration: gtid_mode, enforce_gtid_consistency',
    masks: ['FILE_POSITIONING', 'LAG_UNKNOWN'],
    when: (view) =>
      each(
        speaking(view).filter((server) => isMysql(server) && view.servers.length > 1),
        ({ gtid }) => (gtid.mode === null ? null : gtid.mode !== 'ON' || gtid.enforced === false),
        (server) => hit(server, { got: server.gtid.mode ?? '?' }, 'variables'),
      ),
  },
  {
    code: 'GTID_MODES_DIFFER',
    severity: 'warning',
    from: 'orchestrator DifferentGTIDModesStructureWarning',
    masks: [],
    when: (view): readonly Case[] => {
      const mysql = speaking(view).filter(isMysql);
      if (mysql.length > 1 && mysql.some((server) => server.gtid.mode === null)) return [UNKNOWN];
      const told = mysql.filter((server) => server.gtid.mode !== null);
      const modes = [...new Set(told.map((server) => server.gtid.mode))];
      return modes.length < 2
        ? []
        : [
            {
              nodes: told.map((one) => one.node),
              params: { got: modes.join(', '), hosts: told.map((one) => one.node).join(', ') },
              evidence: told.flatMap((one) => shows(one, 'variables')),
            },
          ];
    },
  },
  {
    code: 'GTID_STRICT_OFF',
    severity: 'warning',
    from: 'without gtid_strict_mode an empty difference is "none seen", not "none"',
    masks: [],
    when: (view) =>
      each(
        speaking(view).filter((server) => server.dialect === 'mariadb' && view.servers.length > 1),
        ({ gtid }) => not(gtid.strict),
        (server) => hit(server, {}, 'variables'),
      ),
  },
  {
    code: 'NOT_LOGGING',
    severity: 'warning',
    from: 'orchestrator NoLoggingReplicasStructureWarning',
    masks: ['NOT_LOGGING_REPLICATED', 'BINLOG_FORMAT'],
    when: (view) => [
      ...untold(view),
      ...each(
        replicasIn(view),
        ({ binlog }) => not(binlog.on),
        (server) => hit(server, {}, 'variables'),
      ),
    ],
  },
  {
    code: 'NOT_LOGGING_REPLICATED',
    severity: 'warning',
    from: 'F32: log_replica_updates off; no replica can be attached below it',
    masks: [],
    when: (view) => [
      ...untold(view),
      ...each(
        replicasIn(view),
        ({ binlog }) => not(binlog.logsReplicated),
        (server) => hit(server, {}, 'variables'),
      ),
    ],
  },
  {
    code: 'BINLOG_FORMAT',
    severity: 'warning',
    from: 'orchestrator StatementAndMixedLoggingReplicasStructureWarning; T15',
    masks: [],
    when: (view) =>
      each(
        speaking(view).filter((server) => server.binlog.on !== false && view.servers.length > 1),
        ({ binlog }) =>
          binlog.on === null || binlog.format === null ? null : binlog.format.toUpperCase() !== 'ROW',
        (server) => hit(server, { got: server.binlog.format ?? '?' }, 'variables'),
      ),
  },
  {
    code: 'BINLOG_RETENTION_SHORT',
    severity: 'warning',
    from: 'PMM binlog retention; F22',
    masks: [],
    when: (view) =>
      each(
        sources(view),
        // 0 keeps logs for ever
        ({ binlog }) =>
          binlog.expireSeconds === null ? null : binlog.expireSeconds > 0 && binlog.expireSeconds < DAY,
        (server) => hit(server, { seconds: `${server.binlog.expireSeconds}` }, 'variables'),
      ),
  },
  {
    code: 'NOT_DURABLE',
    severity: 'warning',
    from: 'PMM sync_binlog: an acknowledged commit may be lost with the power',
    masks: [],
    when: (view) =>
      each(
        sources(view),
        ({ binlog, flushAtCommit }) => {
          const told = [binlog.sync, flushAtCommit].filter((value) => value !== null);
          return told.some((value) => value !== 1) ? true : told.length < 2 ? null : false;
        },
        (server) =>
          hit(
            server,
            {
              got: `sync_binlog=${server.binlog.sync ?? '?'}, innodb_flush_log_at_trx_commit=${server.flushAtCommit ?? '?'}`,
            },
            'variables',
          ),
      ),
  },
  {
    code: 'RELAY_RECOVERY_DANGER',
    severity: 'warning',
    from: 'T10: a restart discards what was received and acknowledged',
    masks: [],
    when: (view) => [
      ...untold(view),
      ...each(
        replicasIn(view).filter((server) => server.semiSync.replica.active !== false),
        ({ relay, semiSync }) =>
          relay.recovery === false ? false : semiSync.replica.active === null ? null : relay.recovery,
        (server) => hit(server, {}, 'variables', 'status'),
      ),
    ],
  },
  {
    code: 'RELAY_PURGE_DANGER',
    severity: 'warning',
    from: 'PMM relay_log_purge; relay logs that are kept fill the disk, those with a limit stop the receiver',
    masks: [],
    when: (view) => [
      ...untold(view),
      ...each(
        replicasIn(view),
        ({ relay }) => not(relay.purge),
        (server) => hit(server, {}, 'variables'),
      ),
    ],
  },
];
