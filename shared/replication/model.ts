import { z } from 'zod';
import { AppError } from '../errors';
import { Finding } from '../views/topology';

/**
 * Replication as the servers themselves tell it. Everywhere `null` is unknown: not read, not granted, not
 * understood, or not there in this version. 0, '' and [] are statements of the server. GTID sets, counts of
 * transactions and other 64-bit numbers are text. Times are epoch milliseconds of the console's clock.
 */

const Text = z.string().nullable();
const Whole = z.number().nullable();
const Truth = z.boolean().nullable();
const List = z.array(z.string()).nullable();

export const ThreadState = z.enum(['on', 'connecting', 'off']);
export type ThreadState = z.infer<typeof ThreadState>;
/** The last error of a replication thread; number 0 is "none" and is null here. */
export const ThreadError = z.strictObject({ number: z.number(), text: z.string(), at: Text });
export type ThreadError = z.infer<typeof ThreadError>;
const FilePosition = z.strictObject({ file: z.string(), position: z.string() });

/** One channel (MySQL) or connection (MariaDB) by which a server follows a source. */
export const Channel = z.strictObject({
  /** '' is the default channel. */
  name: z.string(),
  source: z.strictObject({ host: Text, port: Whole, user: Text, uuid: Text, serverId: Text }),
  receiver: ThreadState.nullable(),
  applier: ThreadState.nullable(),
  receiverError: ThreadError.nullable(),
  applierError: ThreadError.nullable(),
  /** How it finds its place: `auto` (MySQL), MariaDB's Using_Gtid, or `file` for file and offset. */
  positioning: z.enum(['auto', 'slave-pos', 'current-pos', 'file']).nullable(),
  /** Transactions received on this channel: RECEIVED_TRANSACTION_SET; MariaDB Gtid_IO_Pos. */
  received: Text,
  /** Where in the source's log the receiver and the applier are. */
  read: FilePosition.nullable(),
  executed: FilePosition.nullable(),
  /** Intended delay. */
  delaySeconds: Whole,
  /** Filters in words: "do-db=a", "ignore-table=b.c"; [] is none. */
  filters: List,
  tls: z.strictObject({ on: Truth, verify: Truth, publicKey: Truth }),
  retry: z.strictObject({ everySeconds: Whole, times: Text }),
  heartbeatSeconds: Whole,
  /** A footnote, never evidence (design, rule 9). */
  secondsBehind: Whole,
  /**
   * Original commit times, by the clock of the server that committed: of the newest transaction received, of
   * the newest applied, and of the one being applied (null: none, or unknown).
   */
  commits: z.strictObject({ received: Whole, applied: Whole, applying: Whole }),
  /** The receiver last heard from its source (data or heartbeat). */
  lastHeard: Whole,
  /** Heartbeats that came so far: where no time of the last one is told (MariaDB), its growth tells. */
  heartbeats: Text,
  /** When the receiver failed last; null: not told, or never. */
  failedAt: Whole,
  relayBytes: Text,
});
export type Channel = z.infer<typeof Channel>;

/** A session in which somebody pulls this server's binary log. */
export const DumpThread = z.strictObject({
  host: z.string(),
  user: z.string(),
  /** Registered by the replica itself (SHOW REPLICAS); what it says, not what is proved. */
  serverId: Text,
  uuid: Text,
  port: Whole,
});
export type DumpThread = z.infer<typeof DumpThread>;

export const SemiSync = z.strictObject({
  /** Side of the source. `active`: commits really wait for a replica now. */
  source: z.strictObject({
    enabled: Truth,
    active: Truth,
    clients: Whole,
    needed: Whole,
    timeoutMs: Whole,
    waitPoint: Text,
    waiting: Whole,
    unacknowledged: Text,
  }),
  replica: z.strictObject({ enabled: Truth, active: Truth }),
});
export type SemiSync = z.infer<typeof SemiSync>;

export const Heartbeat = z.strictObject({
  table: z.string(),
  /** server_id in the newest row. */
  serverId: Text,
  /** Time written in it, by the writer's clock. */
  writtenAt: Whole,
  /** Age by this server's own clock, in seconds; can be negative when clocks differ. */
  ageSeconds: Whole,
});
export type Heartbeat = z.infer<typeof Heartbeat>;

export const ServerReading = z.strictObject({
  node: z.string(),
  host: Text,
  service: z.string(),
  address: Text,
  /** `answers`: it spoke at the last look. `silent`: it does not speak now, and nothing of it is claimed. */
  state: z.enum(['answers', 'silent']),
  /** Why it is silent, or what stood in the way of a part. */
  errors: z.array(AppError),
  at: Whole,
  dialect: z.enum(['mysql', 'mariadb']).nullable(),
  product: Text,
  /** As numbers, because "8.0.5" is before "8.0.14": [8, 0, 36]. */
  version: z.array(z.number()).nullable(),
  identity: z.strictObject({
    uuid: Text,
    serverId: Text,
    hostname: Text,
    port: Whole,
    reportHost: Text,
    reportPort: Whole,
    dataDir: Text,
  }),
  readOnly: Truth,
  superReadOnly: Truth,
  offline: Truth,
  /** Accounts, other than the system's and those named for replication, that write in spite of read_only. */
  privileged: List,
  accounts: z.array(z.strictObject({ user: z.string(), host: z.string(), locked: Truth })).nullable(),
  gtid: z.strictObject({
    mode: Text,
    enforced: Truth,
    /** gtid_executed; MariaDB gtid_binlog_pos. */
    executed: Text,
    purged: Text,
    /** MariaDB alone. */
    state: Text,
    slavePos: Text,
    strict: Truth,
    domain: Text,
  }),
  binlog: z.strictObject({
    on: Truth,
    format: Text,
    rowImage: Text,
    logsReplicated: Truth,
    expireSeconds: Whole,
    sync: Whole,
    file: Text,
    position: Text,
    bytes: Text,
    oldest: Text,
  }),
  /** innodb_flush_log_at_trx_commit. */
  flushAtCommit: Whole,
  relay: z.strictObject({ recovery: Truth, sync: Whole, purge: Truth, spaceLimit: Text }),
  /** What replication is told to overlook: skip errors, skip counter, exec mode. [] is nothing. */
  overlooks: List,
  netTimeoutSeconds: Whole,
  channels: z.array(Channel).nullable(),
  dumps: z.array(DumpThread).nullable(),
  semiSync: SemiSync,
  scheduler: Truth,
  /** "schema.name" by status. */
  events: z.strictObject({ enabled: List, asleep: List }),
  /** Transactions open longer than 2 s: "id: seconds s, user". */
  longTransactions: List,
  prepared: List,
  connections: z.strictObject({ now: Whole, max: Whole, running: Whole, waitingForDisk: Whole }),
  group: z
    .strictObject({
      technology: z.enum(['group-replication', 'innodb-cluster', 'galera']),
      state: Text,
      primary: Truth,
      size: Whole,
      members: z.array(z.strictObject({ host: z.string(), port: Whole, state: Text, role: Text })).nullable(),
    })
    .nullable(),
  heartbeat: Heartbeat.nullable(),
  /** Server's clock minus the console's, corrected by half of the round trip. */
  clockOffsetMs: Whole,
  /** Of the file system that holds the data. */
  disk: z.strictObject({ mount: Text, percentUsed: Whole }),
  /** What a restart would bring: read_only as its configuration files say it, and where; replication started. */
  restart: z.strictObject({ readOnly: Truth, startsReplication: Truth, where: Text }),
  /** Variables that have to be alike on servers that may change places. */
  parity: z.record(z.string(), z.string()).nullable(),
  /** What the statements could not say: the table that is missing and why. */
  notUnderstood: z.array(z.strictObject({ what: z.string(), text: z.string() })),
  /** EvidenceHead.id by what it shows, for findings: "channels", "variables", "dumps", … */
  evidence: z.record(z.string(), z.string()),
});
export type ServerReading = z.infer<typeof ServerReading>;

/** Who follows whom: told by the replica, by its source, or by both. */
export const Edge = z.strictObject({
  /** Node; null: the source is no member that is known (`sourceName` says what the replica calls it). */
  from: Text,
  sourceName: z.string(),
  /** Node; null: somebody who is no known member pulls the log (`replicaName`). */
  to: Text,
  replicaName: z.string(),
  channel: z.string(),
  toldBy: z.enum(['replica', 'source', 'both']),
  receiver: ThreadState.nullable(),
  applier: ThreadState.nullable(),
});
export type Edge = z.infer<typeof Edge>;

export const Lag = z.strictObject({
  /** How old what this server shows is; null: unknown, never 0 for want of a reading. */
  seconds: Whole,
  /** What it was computed from; `positions`: since when the server at the top had more than this
   * one shows, short by a look at most. */
  by: z.enum(['heartbeat', 'commit-times', 'positions']).nullable(),
  /** Transactions received and not applied; committed on the source and not received. Text: exact. */
  waiting: Text,
  missing: Text,
  appliedPerSecond: Whole,
  /** Seconds until caught up at the present rates; 'never' when it does not come nearer. */
  catchUp: z.union([z.number(), z.literal('never')]).nullable(),
  secondsBehind: Whole,
});
export type Lag = z.infer<typeof Lag>;

/** One term of a verdict: what was asked, what was found, who says so and how old that is. */
export const Term = z.strictObject({
  code: z.string(),
  params: z.record(z.string(), z.string()),
  holds: z.boolean().nullable(),
  observer: z.string(),
  at: Whole,
  evidence: z.array(z.strictObject({ host: z.string(), id: z.string() })),
});
export type Term = z.infer<typeof Term>;

export const PrimaryVerdict = z.strictObject({
  node: z.string(),
  verdict: z.enum([
    'alive',
    'dead',
    'hung',
    'unreachable-from-here',
    'refusing-clients',
    'locked-by-semi-sync',
    'disk-stalled',
    'unknown',
  ]),
  terms: z.array(Term),
});
export type PrimaryVerdict = z.infer<typeof PrimaryVerdict>;

/** Could this server take over? Refusals name the rule; unknown names what could not be read. */
export const Candidate = z.strictObject({
  node: z.string(),
  verdict: z.enum(['can', 'refused', 'unknown']),
  because: z.array(z.strictObject({ code: z.string(), params: z.record(z.string(), z.string()) })),
});
export type Candidate = z.infer<typeof Candidate>;

export const ReplicationMember = z.strictObject({
  server: ServerReading,
  role: z.enum(['primary', 'intermediate', 'replica', 'standalone', 'group-member', 'unknown']),
  writable: Truth,
  lag: Lag.nullable(),
  /** Depth in the tree: 0 for who follows nobody. */
  tier: z.number(),
  findings: z.array(Finding),
});
export type ReplicationMember = z.infer<typeof ReplicationMember>;

export const ReplicationCluster = z.strictObject({
  id: z.string(),
  title: z.string(),
  shape: z.enum([
    'alone',
    'chain',
    'star',
    'tree',
    'multi-source',
    'circular',
    'group',
    'islands',
    'unknown',
  ]),
  /** Nodes that are writable, or would be the source of all others. */
  primaries: z.array(z.string()),
  members: z.array(ReplicationMember),
  edges: z.array(Edge),
  verdicts: z.array(PrimaryVerdict),
  candidates: z.array(Candidate),
  findings: z.array(Finding),
  rules: z.strictObject({ checked: z.number(), unknown: z.array(z.string()) }),
});
export type ReplicationCluster = z.infer<typeof ReplicationCluster>;
