import type { Channel, DumpThread, ServerReading } from './model';

/** Readings for tests: everything unknown but what a test says. */

export type Deep<T> = {
  [K in keyof T]?: T[K] extends Record<string, unknown> ? Partial<T[K]> : T[K] | undefined;
};

export const unreadServer: ServerReading = {
  node: 'db',
  host: null,
  service: 'db',
  address: null,
  state: 'answers',
  errors: [],
  at: 1_000_000,
  dialect: 'mysql',
  product: 'MySQL',
  version: [9, 7, 4],
  identity: {
    uuid: null,
    serverId: null,
    hostname: null,
    port: null,
    reportHost: null,
    reportPort: null,
    dataDir: null,
  },
  readOnly: null,
  superReadOnly: null,
  offline: null,
  privileged: null,
  accounts: null,
  gtid: {
    mode: null,
    enforced: null,
    executed: null,
    purged: null,
    state: null,
    slavePos: null,
    strict: null,
    domain: null,
  },
  binlog: {
    on: null,
    format: null,
    rowImage: null,
    logsReplicated: null,
    expireSeconds: null,
    sync: null,
    file: null,
    position: null,
    bytes: null,
    oldest: null,
  },
  flushAtCommit: null,
  relay: { recovery: null, sync: null, purge: null, spaceLimit: null },
  overlooks: null,
  netTimeoutSeconds: null,
  channels: null,
  dumps: null,
  semiSync: {
    source: {
      enabled: null,
      active: null,
      clients: null,
      needed: null,
      timeoutMs: null,
      waitPoint: null,
      waiting: null,
      unacknowledged: null,
    },
    replica: { enabled: null, active: null },
  },
  scheduler: null,
  events: { enabled: null, asleep: null },
  longTransactions: null,
  prepared: null,
  connections: { now: null, max: null, running: null, waitingForDisk: null },
  group: null,
  heartbeat: null,
  clockOffsetMs: null,
  disk: { mount: null, percentUsed: null },
  restart: { readOnly: null, startsReplication: null, where: null },
  parity: null,
  notUnderstood: [],
  evidence: {},
};

const unreadChannel: Channel = {
  name: '',
  source: { host: null, port: null, user: null, uuid: null, serverId: null },
  receiver: 'on',
  applier: 'on',
  receiverError: null,
  applierError: null,
  positioning: 'auto',
  received: null,
  read: null,
  executed: null,
  delaySeconds: null,
  filters: null,
  tls: { on: null, verify: null, publicKey: null },
  retry: { everySeconds: null, times: null },
  heartbeatSeconds: null,
  secondsBehind: null,
  commits: { received: null, applied: null, applying: null },
  lastHeard: null,
  heartbeats: null,
  failedAt: null,
  relayBytes: null,
};

/** One level of the reading may be given in part: `{ gtid: { executed: '…' } }`. */
export function server(node: string, given: Deep<ServerReading> = {}): ServerReading {
  const own: ServerReading = {
    ...unreadServer,
    node,
    host: node,
    service: node,
    address: `10.0.0.${node.charCodeAt(0)}`,
  };
  return merged(own, { channels: [], dumps: [], ...given });
}

export const channel = (given: Deep<Channel> = {}): Channel => merged(unreadChannel, given);
export const dump = (given: Partial<DumpThread> = {}): DumpThread => ({
  host: '?',
  user: 'repl',
  serverId: null,
  uuid: null,
  port: null,
  ...given,
});

/** One level deep: what is given replaces what was, record by record. */
export function merged<T extends object>(base: T, given: Deep<T>): T {
  const entries = Object.entries(given).map(([key, value]) => {
    const before = base[key as keyof T];
    const both = isRecord(before) && isRecord(value);
    return [key, both ? { ...before, ...value } : value];
  });
  return { ...base, ...Object.fromEntries(entries) };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
