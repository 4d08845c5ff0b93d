import { compareVersions } from '../../kinds/version';
import { admits } from '../account-host';
import { sourcesOf } from '../graph';
import type { ServerReading } from '../model';
import {
  type Case,
  eachChannel,
  everyChannel,
  following,
  hit,
  nameOf,
  type ReplicationRule,
  replicasIn,
  shows,
  speaking,
  UNKNOWN,
  untold,
} from './rule';

/** How servers and channels are set up: what will hurt at the next failure, restart or switch. */

const HOUR = 3_600;

const not = (value: boolean | null): boolean | null => (value === null ? null : !value);
const isMysql = (server: ServerReading) => server.dialect === 'mysql';

export const SETTING_RULES: readonly ReplicationRule[] = [
  {
    code: 'WILL_GIVE_UP',
    severity: 'warning',
    from: 'measured: the 10 retries of 9.7 gave up for good after 10 s',
    masks: [],
    when: (view) =>
      everyChannel(view, ({ server, channel, source }) => {
        const { everySeconds, times } = channel.retry;
        // MariaDB shows no number of attempts here, and makes 100 000 by default.
        if (server.dialect === 'mariadb') return [];
        if (everySeconds === null || times === null) return [UNKNOWN];
        const seconds = BigInt(times) * BigInt(everySeconds);
        // 0 is without end (measured on 9.7: "attempt 6/0", and it went on)
        if (times === '0' || seconds >= BigInt(HOUR)) return [];
        return [
          hit(server, { from: nameOf(channel, source), attempts: times, seconds: `${seconds}` }, 'channels'),
        ];
      }),
  },
  {
    code: 'FILTERED',
    severity: 'warning',
    from: 'F32: filters; a filtered replica lacks rows',
    masks: [],
    when: (view) =>
      everyChannel(view, ({ server, channel }) => {
        if (channel.filters === null) return [UNKNOWN];
        return channel.filters.length === 0
          ? []
          : [hit(server, { got: channel.filters.join(', ') }, 'channels')];
      }),
  },
  {
    code: 'FILE_POSITIONING',
    severity: 'warning',
    from: 'orchestrator: GTID not used',
    masks: [],
    when: (view) =>
      eachChannel(
        view,
        ({ channel }) => (channel.positioning === null ? null : channel.positioning === 'file'),
        ({ server, channel, source }) => hit(server, { from: nameOf(channel, source) }, 'channels'),
      ),
  },
  {
    code: 'OVERLOOKS_ERRORS',
    severity: 'warning',
    from: 'T15; PMM: replica skipping errors, IDEMPOTENT',
    masks: [],
    when: (view) => [
      ...untold(view),
      ...replicasIn(view).flatMap<Case>((server) => {
        if (server.overlooks === null) return [UNKNOWN];
        return server.overlooks.length === 0
          ? []
          : [hit(server, { got: server.overlooks.join(', ') }, 'variables')];
      }),
    ],
  },
  {
    code: 'VERSION_ORDER',
    severity: 'warning',
    from: 'F32: a replica older than its source',
    masks: ['MIXED_VERSIONS'],
    when: (view) =>
      everyChannel(view, ({ server, channel, source }) => {
        if (source?.state !== 'answers' || source.dialect !== server.dialect) return [];
        if (!source.version || !server.version) return [UNKNOWN];
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
    from: 'orchestrator DifferentVersions',
    masks: [],
    when: (view): readonly Case[] => {
      if (speaking(view).some((server) => server.version === null)) return [UNKNOWN];
      const told = speaking(view);
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
    from: 'F47: servers that may change places are set up differently',
    masks: [],
    when: (view) =>
      everyChannel(view, ({ server, source }) => {
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
    from: 'what travels can be read',
    masks: [],
    when: (view) =>
      eachChannel(
        view,
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
      eachChannel(
        view,
        ({ server, channel }) => {
          if (!isMysql(server) || channel.tls.on === true) return false;
          return channel.tls.on === null ? null : not(channel.tls.publicKey);
        },
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
        const unsure = view.servers.some(
          (other) =>
            other !== server &&
            (other.address === null ||
              users.every((user) => letsIn(server, user, other.address ?? '') !== true)),
        );
        if (shut.length === 0) return unsure ? [UNKNOWN] : [];
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
    from: 'orchestrator #478: an event that runs on a replica writes there',
    masks: [],
    when: (view) => [
      ...untold(view),
      ...replicasIn(view).flatMap<Case>((server) => {
        if (server.events.enabled === null || server.scheduler === null) return [UNKNOWN];
        if (!server.scheduler || server.events.enabled.length === 0) return [];
        return [hit(server, { got: server.events.enabled.join(', ') }, 'events', 'variables')];
      }),
    ],
  },
  {
    code: 'EVENTS_OFF_ON_PRIMARY',
    severity: 'warning',
    from: 'orchestrator #524: events left asleep after a switch',
    masks: [],
    when: (view) =>
      speaking(view)
        .filter((server) => sourcesOf(server.node, view.edges).length === 0 && server.channels?.length === 0)
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
