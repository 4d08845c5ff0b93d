import { errantsOf } from '../errants';
import { edgesOf, primariesOf, roleOf, sourcesOf, tierOf } from '../graph';
import type { History } from '../history';
import { lagOf } from '../lag';
import type { Channel, PrimaryVerdict, ReplicationMember, ServerReading } from '../model';
import { channel, type Deep, dump, merged, server } from '../replication.test-kit';
import { originOf, sourceOf } from '../resolve';
import type { ReplicationView } from './rule';

/** Views for rules: sound servers that tell everything, so that a case changes the one thing it is about. */

export const NOW = 1_000_000;
export type Dialect = 'mysql' | 'mariadb';

export const uuidOf = (node: string) =>
  `${node.charCodeAt(0).toString(16).padStart(8, '0')}-0000-0000-0000-000000000000`;
const idOf = (node: string) => `${node.charCodeAt(0)}`;
/** What every sound server has of the history that `a` writes. */
export const HISTORY: Readonly<Record<Dialect, string>> = {
  mysql: `${uuidOf('a')}:1-100`,
  mariadb: '0-97-100',
};

/** A server that tells everything, with nothing about it to find; writable. */
export function sound(
  node: string,
  given: Deep<ServerReading> = {},
  dialect: Dialect = 'mysql',
): ServerReading {
  const isMysql = dialect === 'mysql';
  const base = server(node, {
    at: NOW,
    dialect,
    product: isMysql ? 'MySQL' : 'MariaDB',
    version: isMysql ? [9, 7, 4] : [10, 11, 19],
    identity: { uuid: isMysql ? uuidOf(node) : null, serverId: idOf(node), hostname: node, port: 3306 },
    readOnly: false,
    superReadOnly: isMysql ? false : null,
    privileged: [],
    accounts: [{ user: 'repl', host: '10.%', locked: false }],
    gtid: isMysql
      ? { mode: 'ON', enforced: true, executed: HISTORY.mysql, purged: '' }
      : { executed: HISTORY.mariadb, state: HISTORY.mariadb, slavePos: '', strict: true, domain: '0' },
    binlog: {
      on: true,
      format: 'ROW',
      rowImage: 'FULL',
      logsReplicated: true,
      expireSeconds: 604_800,
      sync: 1,
    },
    flushAtCommit: 1,
    relay: { recovery: false, sync: 1, purge: true, spaceLimit: '0' },
    overlooks: [],
    semiSync: {
      source: { ...server(node).semiSync.source, enabled: false, active: false },
      replica: { enabled: false, active: false },
    },
    scheduler: true,
    events: { enabled: [], asleep: [] },
    longTransactions: [],
    prepared: [],
    connections: { now: 5, max: 100, running: 1, waitingForDisk: 0 },
    restart: { readOnly: true, startsReplication: true, where: '/etc/mysql/my.cnf' },
    parity: { sql_mode: 'STRICT_TRANS_TABLES', time_zone: 'SYSTEM' },
    clockOffsetMs: 0,
  });
  return merged(base, given);
}

/** The channel of a sound replica of `from`. */
export const following = (from: string, given: Deep<Channel> = {}, dialect: Dialect = 'mysql'): Channel => {
  const base = channel({
    source: {
      host: `10.0.0.${from.charCodeAt(0)}`,
      port: 3306,
      user: 'repl',
      uuid: dialect === 'mysql' ? uuidOf(from) : null,
      serverId: idOf(from),
    },
    positioning: dialect === 'mysql' ? 'auto' : 'slave-pos',
    received: HISTORY[dialect],
    delaySeconds: 0,
    filters: [],
    tls: { on: true, verify: true, publicKey: false },
    retry: { everySeconds: 1, times: dialect === 'mysql' ? '86400' : null },
    heartbeatSeconds: 1,
    secondsBehind: 0,
    lastHeard: dialect === 'mysql' ? NOW - 500 : null,
  });
  return merged(base, given);
};

/** A sound, read-only replica of `from`. */
export const replica = (
  node: string,
  from: string,
  given: Deep<ServerReading> = {},
  dialect: Dialect = 'mysql',
): ServerReading => {
  const readOnly = { readOnly: true, superReadOnly: dialect === 'mysql' ? true : null };
  const position =
    dialect === 'mariadb' ? { gtid: { ...sound(node, {}, dialect).gtid, slavePos: HISTORY.mariadb } } : {};
  const base = sound(node, { ...readOnly, ...position, channels: [following(from, {}, dialect)] }, dialect);
  return merged(base, given);
};
/** A sound replica of `a` whose channel differs. */
export const withChannel = (given: Deep<Channel>, dialect: Dialect = 'mysql'): ServerReading =>
  replica('b', 'a', { channels: [following('a', given, dialect)] }, dialect);
/** A server that is out of sight: nothing of what it said is claimed. */
export const silent = (node: string): ServerReading =>
  server(node, { state: 'silent', channels: null, dumps: null, at: null });
export const pulledBy = (...nodes: string[]) =>
  nodes.map((node) => dump({ host: `10.0.0.${node.charCodeAt(0)}`, uuid: uuidOf(node) }));

export interface More {
  history?: History;
  verdict?: PrimaryVerdict['verdict'];
  declared?: Readonly<Record<string, ReplicationView['cluster']['members'][number]['role']>>;
  lag?: Readonly<Record<string, Partial<NonNullable<ReplicationMember['lag']>>>>;
}

/** The view that the reading builds of these servers. `lag` and `verdict` may be set by hand. */
export function viewOf(servers: readonly ServerReading[], more: More = {}): ReplicationView {
  const { history = {}, verdict, declared = {}, lag: lags = {} } = more;
  const edges = edgesOf(servers);
  const primaries = primariesOf(servers, edges);
  const members = servers.map((one): ReplicationMember => {
    const [first] = one.channels ?? [];
    const source = first ? sourceOf(first, servers) : null;
    const lag = first
      ? {
          ...lagOf({ replica: one, channel: first, source, origin: originOf(source, servers), history }),
          ...lags[one.node],
        }
      : null;
    return {
      server: one,
      role: roleOf(one, edges),
      writable: one.readOnly === null ? null : !one.readOnly,
      lag: sourcesOf(one.node, edges).length === 0 && !first ? null : lag,
      tier: tierOf(one.node, edges),
      findings: [],
    };
  });
  return {
    cluster: {
      id: 'main',
      members: Object.entries(declared).map(([service, role]) => ({ service, role })),
    },
    members,
    servers,
    edges,
    primaries,
    verdicts: verdict === undefined ? [] : primaries.map((node) => ({ node, verdict, terms: [] })),
    errants: new Map(servers.map((one) => [one.node, errantsOf(one, servers, edges, history)])),
    history,
    now: NOW,
  };
}

/** A sound source `a` and one more server. */
export const pair = (
  second: ServerReading,
  more: More = {},
  first: Deep<ServerReading> = {},
): ReplicationView => viewOf([sound('a', first, second.dialect ?? 'mysql'), second], more);

/** Views by what is said of them: those with a finding, those just short of one, those that lack a value. */
export interface RuleCases {
  hit: Readonly<Record<string, ReplicationView>>;
  miss: Readonly<Record<string, ReplicationView>>;
  unknown: Readonly<Record<string, ReplicationView>>;
}
export type CasesByCode = Readonly<Record<string, RuleCases>>;
