import { compareVersions } from '../../kinds/version';
import { admits } from '../account-host';
import { sourcesOf } from '../graph';
import type { ServerReading } from '../model';
import {
  type Case,
  each,
  following,
  hit,
  nameOf,
  type ReplicationRule,
  type ReplicationView,
  shows,
  speaking,
  UNKNOWN,
} from './rule';

/** How servers and channels are set up: what will hurt at the next failure, restart or switch. */

const HOUR = 3_600;
const DAY = 24 * HOUR;

const replicas = (view: ReplicationView) =>
  speaking(view).filter((server) => (server.channels ?? []).length > 0);
const sources = (view: ReplicationView) =>
  speaking(view).filter((server) => view.edges.some((edge) => edge.from === server.node));
const not = (value: boolean | null): boolean | null => (value === null ? null : !value);
const isMysql = (server: ServerReading) => server.dialect === 'mysql';

export const SETTING_RULES: readonly ReplicationRule[] = [
  {
    code: 'WILL_GIVE_UP',
    severity: 'warning',
    from: '2c row 18, measured: 10 retries of the 9.7 default gave up for good after 10 s',
    masks: [],
    when: (view) =>
      following(view)
        .filter(({ server }) => isMysql(server))
        .flatMap<Case>(({ server, channel, source }) => {
          const { everySeconds, times } = channel.retry;
          if (everySeconds === null || times === null) return [UNKNOWN];
          const seconds = BigInt(times) * BigInt(everySeconds);
          if (seconds >= BigInt(HOUR)) return [];
          return [
            hit(
              server,
              { from: nameOf(channel, source), attempts: times, seconds: `${seconds}` },
              'channels',
            ),
          ];
        }),
  },
  {
    code: 'FILTERED',
    severity: 'warning',
    from: 'F32: filters; a filtered replica lacks rows',
    masks: [],
    when: (view) =>
      following(view).flatMap<Case>(({ server, channel }) => {
        if (channel.filters === null) return [UNKNOWN];
        return channel.filters.length === 0
          ? []
          : [hit(server, { got: channel.filters.join(', ') }, 'channels')];
      }),
  },
  {
    code: 'FILE_POSITIONING',
    severity: 'warning',
    from: 'orchestrator: GTID not used; 2c needs it',
    masks: [],
    when: (view) =>
      each(
        following(view),
        ({ channel }) => (channel.positioning === null ? null : channel.positioning === 'file'),
        ({ server, channel, source }) => hit(server, { from: nameOf(channel, source) }, 'channels'),
      ),
  },
  {
    code: 'GTID_OFF',
    severity: 'warning',
    from: 'MySQL Shell checkInstanceConfiguration: gtid_mode, enforce_gtid_consistency',
    masks: ['FILE_POSITIONING'],
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
    when: (view) => {
      const told = speaking(view).filter((server) => isMysql(server) && server.gtid.mode !== null);
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
    from: '2c row 3: without gtid_strict_mode an empty difference is "none seen", not "none"',
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
    when: (view) =>
      each(
        replicas(view),
        ({ binlog }) => not(binlog.on),
        (server) => hit(server, {}, 'variables'),
      ),
  },
  {
    code: 'NOT_LOGGING_REPLICATED',
    severity: 'warning',
    from: 'F32: log_replica_updates off; no replica can be attached below it',
    masks: [],
    when: (view) =>
      each(
        replicas(view),
        ({ binlog }) => not(binlog.logsReplicated),
        (server) => hit(server, {}, 'variables'),
      ),
  },
  {
    code: 'BINLOG_FORMAT',
    severity: 'warning',
    from: 'orchestrator StatementAndMixedLoggingReplicasStructureWarning; T15',
    masks: [],
    when: (view) =>
      each(
        speaking(view).filter((server) => server.binlog.on === true && view.servers.length > 1),
        ({ binlog }) => (binlog.format === null ? null : binlog.format.toUpperCase() !== 'ROW'),
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
    from: 'PMM sync_binlog; 2c row 5: an acknowledged commit may be lost with the power',
    masks: [],
    when: (view) =>
      each(
        sources(view),
        ({ binlog, flushAtCommit }) =>
          binlog.sync === null || flushAtCommit === null ? null : binlog.sync !== 1 || flushAtCommit !== 1,
        (server) =>
          hit(
            server,
            {
              got: `sync_binlog=${server.binlog.sync}, innodb_flush_log_at_trx_commit=${server.flushAtCommit}`,
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
    when: (view) =>
      each(
        replicas(view).filter((server) => server.semiSync.replica.active === true),
        ({ relay }) => relay.recovery,
        (server) => hit(server, {}, 'variables', 'status'),
      ),
  },
  {
    code: 'RELAY_PURGE_DANGER',
    severity: 'warning',
    from: 'PMM relay_log_purge; relay logs that are kept fill the disk, those with a limit stop the receiver',
    masks: [],
    when: (view) =>
      each(
        replicas(view),
        ({ relay }) => not(relay.purge),
        (server) => hit(server, {}, 'variables'),
      ),
  },
  {
    code: 'OVERLOOKS_ERRORS',
    severity: 'warning',
    from: 'T15; PMM: replica skipping errors, IDEMPOTENT',
    masks: [],
    when: (view) =>
      replicas(view).flatMap<Case>((server) => {
        if (server.overlooks === null) return [UNKNOWN];
        return server.overlooks.length === 0
          ? []
          : [hit(server, { got: server.overlooks.join(', ') }, 'variables')];
      }),
  },
  {
    code: 'VERSION_ORDER',
    severity: 'warning',
    from: 'F32: a replica older than its source',
    masks: ['MIXED_VERSIONS'],
    when: (view) =>
      following(view).flatMap(({ server, channel, source }) => {
        if (!source?.version || !server.version || source.dialect !== server.dialect) return [];
        // Releases of one series replicate either way (MySQL manual, "Replication Compatibility").
        const [own, theirs] = [server.version.slice(0, 2), source.version.slice(0, 2)];
        if (compareVersions(own, theirs) >= 0) return [];
        return [
          hit(
            server,
            {
              from: nameOf(channel, source),
              version: server.version.join('.'),
              expected: source.version.join('.'),
            },
            'variables',
          ),
        ];
      }),
  },
  {
    code: 'MIXED_VERSIONS',
    severity: 'info',
    from: 'orchestrator DifferentVersions; 2c row 5',
    masks: [],
    when: (view) => {
      const told = speaking(view).filter((server) => server.version !== null);
      const versions = [...new Set(told.map((server) => `${server.product} ${server.version?.join('.')}`))];
      return versions.length < 2
        ? []
        : [
            {
              nodes: told.map((one) => one.node),
              params: { got: versions.join(', ') },
              evidence: told.flatMap((one) => shows(one, 'variables')),
            },
          ];
    },
  },
  {
    code: 'PARITY',
    severity: 'warning',
    from: '2c row 5, F47: servers that may change places are set up differently',
    masks: [],
    when: (view) =>
      following(view).flatMap<Case>(({ server, source }) => {
        if (source?.state !== 'answers') return [];
        if (!server.parity || !source.parity) return [UNKNOWN];
        const differing = Object.entries(source.parity)
          .filter(
            ([name, value]) =>
              MATTERS.has(name) && server.parity?.[name] !== undefined && server.parity[name] !== value,
          )
          .map(([name, value]) => `${name}: ${value} → ${server.parity?.[name]}`);
        return differing.length === 0
          ? []
          : [hit(server, { from: source.node, got: differing.join('; ') }, 'variables')];
      }),
  },
  {
    code: 'REPLICATION_TLS_OFF',
    severity: 'info',
    from: '3.4: TLS settings of a channel; what travels can be read',
    masks: [],
    when: (view) =>
      each(
        following(view),
        ({ channel }) => not(channel.tls.on),
        ({ server, channel, source }) => hit(server, { from: nameOf(channel, source) }, 'channels'),
      ),
  },
  {
    code: 'PUBLIC_KEY_MISSING',
    severity: 'warning',
    from: 'T12: caching_sha2_password without TLS fails only after a switch',
    masks: [],
    when: (view) =>
      each(
        following(view).filter(({ server, channel }) => isMysql(server) && channel.tls.on === false),
        ({ channel }) => not(channel.tls.publicKey),
        ({ server, channel, source }) => hit(server, { from: nameOf(channel, source) }, 'channels'),
      ),
  },
  {
    code: 'REPLICATION_LOGIN',
    severity: 'warning',
    from: 'T12: the replication account of a future primary must let its future replicas in',
    masks: [],
    when: (view) => {
      const users = [...new Set(following(view).flatMap(({ channel }) => channel.source.user ?? []))];
      if (view.servers.length < 2 || users.length === 0) return [];
      return speaking(view).flatMap<Case>((server) => {
        if (server.accounts === null) return [UNKNOWN];
        const shut = view.servers.filter(
          (other) =>
            other !== server &&
            other.address !== null &&
            users.every((user) => letsIn(server, user, other.address ?? '') === false),
        );
        if (shut.length === 0) return [];
        return [
          hit(
            server,
            { account: users.join(', '), hosts: shut.map((one) => one.node).join(', ') },
            'accounts',
          ),
        ];
      });
    },
  },
  {
    code: 'EVENTS_ENABLED_ON_REPLICA',
    severity: 'critical',
    from: '2c row 7, 3.5: an event that runs on a replica writes there',
    masks: [],
    when: (view) =>
      replicas(view).flatMap<Case>((server) => {
        if (server.events.enabled === null || server.scheduler === null) return [UNKNOWN];
        if (!server.scheduler || server.events.enabled.length === 0) return [];
        return [hit(server, { got: server.events.enabled.join(', ') }, 'events', 'variables')];
      }),
  },
  {
    code: 'EVENTS_OFF_ON_PRIMARY',
    severity: 'warning',
    from: '2c row 17, 3.5: events left asleep after a switch',
    masks: [],
    when: (view) =>
      speaking(view)
        .filter(
          (server) => sourcesOf(server.node, view.edges).length === 0 && (server.channels ?? []).length === 0,
        )
        .flatMap<Case>((server) => {
          const { asleep } = server.events;
          if (asleep === null) return [UNKNOWN];
          return asleep.length === 0 ? [] : [hit(server, { got: asleep.join(', ') }, 'events')];
        }),
  },
];

/** false only when no account of that name could be used from there; a host name in it may mean anybody. */
function letsIn(server: ServerReading, user: string, address: string): boolean | null {
  const answers = (server.accounts ?? [])
    .filter((account) => account.user === user && account.locked !== true)
    .map((account) => admits(account.host, address));
  return answers.includes(true) ? true : answers.includes(null) ? null : false;
}

/** Variables whose difference changes what a statement does or what a client gets. */
const MATTERS = new Set([
  'sql_mode',
  'time_zone',
  'system_time_zone',
  'character_set_server',
  'collation_server',
  'lower_case_table_names',
  'explicit_defaults_for_timestamp',
  'transaction_isolation',
  'tx_isolation',
  'binlog_row_image',
]);
