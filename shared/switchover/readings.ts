import type { AppError } from '../errors';
import type { Identity } from '../identity/identity';

/**
 * What the acting account read for a switchover, right before the plan is made: everything that polling neither needs
 * nor may. null is unknown, with the reason in `errors`; [] and '' are what the server said.
 */
export interface SwitchoverReadings {
  takenAt: number;
  /** Id of the cluster of the estate. */
  cluster: string;
  /** Nodes: who stops taking writes, who starts, and every other member that follows. */
  from: string;
  to: string;
  others: readonly string[];
  members: Readonly<Record<string, MemberReading>>;
  /** Those of `others` that could not be asked at all, and why: they are not in `members`. */
  unreached?: Readonly<Record<string, AppError>>;
  /** By id: hosts that traffic hooks name and that run no member. */
  hosts: Readonly<Record<string, HostReading>>;
  /** A real login with the replication account, from the host of the one to the server of the other. */
  replicationLogins: readonly ReplicationLogin[];
  backup: BackupReading;
}

/** A host on which only command lines run. */
export interface HostReading {
  host: string;
  /** null: it could not be reached, see `errors`. */
  identity: Identity | null;
  /** As of a member. */
  sudoRefuses: readonly string[] | null;
  errors: readonly AppError[];
}

export interface ReplicationLogin {
  /** Node that will follow, and the node it will follow. */
  from: string;
  to: string;
  /** The address it will use. */
  address: string;
  port: number;
  /** null: it worked. */
  error: AppError | null;
}

/** How old the newest verified backup is. */
export type BackupReading =
  | { state: 'not-stated' }
  | { state: 'read'; host: string; mark: string; verifiedAt: number; limitHours: number }
  | { state: 'unknown'; host: string; mark: string; limitHours: number; error: AppError };

export interface MemberReading {
  node: string;
  host: string;
  service: string;
  /** Where replicas reach it: address and port of the estate. */
  address: string;
  port: number;
  dialect: 'mysql' | 'mariadb';
  version: readonly number[];
  identity: Identity;
  /** The acting SQL account, 'user'@'host' as the server knows it, and its rights (SHOW GRANTS, one a line). */
  actingAccount: string;
  actingUser: string;
  readUser: string;
  grants: readonly string[] | null;
  /** Can the acting SSH account `sudo -n`: the commands that it may not, by the text of the refusal. */
  sudoRefuses: readonly string[] | null;
  readOnly: boolean;
  /** MySQL; null on MariaDB. */
  superReadOnly: boolean | null;
  /** MySQL: performance_schema.persisted_variables, for read_only and super_read_only; absent: not persisted. */
  persisted: Readonly<Record<string, string>> | null;
  /** MariaDB: the configuration files in which read_only is set, and the one a plan would write. */
  configuration: ConfigurationReading | null;
  channels: readonly ChannelConfiguration[] | null;
  events: readonly EventReading[] | null;
  eventScheduler: boolean | null;
  /** Accounts that write in spite of the fence, other than acting, replication and the system's own. MySQL: nobody passes super_read_only, so []. */
  privileged: readonly PrivilegedAccount[] | null;
  /** Which side of semi-sync is on; null: the plugin is not there. */
  semiSync: { source: boolean; replica: boolean; needed: number; clients: number } | null;
  /** Transactions open for more than 2 s. */
  longTransactions: readonly { id: string; seconds: number; user: string }[] | null;
  /** Sessions with an open transaction, however young. */
  openTransactions: number | null;
  /** Sessions that hold LOCK TABLES. */
  tableLocks: readonly { id: string; user: string; table: string }[] | null;
  /** XA RECOVER, each as text. */
  prepared: readonly string[] | null;
  /** @@gtid_executed, or @@gtid_binlog_pos. */
  position: string | null;
  /** MariaDB's gtid_binlog_state. */
  binlogState: string | null;
  errors: readonly AppError[];
}

export interface PrivilegedAccount {
  user: string;
  host: string;
  locked: boolean;
  /** "READ ONLY ADMIN", "SUPER", … */
  because: string;
}

/** The whole of a channel, so that nothing of it is lost when it is made anew. Texts as the server prints them. */
export interface ChannelConfiguration {
  name: string;
  sourceHost: string;
  sourcePort: number;
  user: string;
  autoPosition: boolean;
  /** MariaDB Using_Gtid: "slave_pos", "current_pos" or "no". */
  usingGtid: string | null;
  delaySeconds: number;
  connectRetry: number;
  retryCount: string | null;
  heartbeatSeconds: string | null;
  tls: {
    on: boolean;
    verify: boolean;
    ca: string;
    caPath: string;
    cert: string;
    key: string;
    cipher: string;
    crl: string;
    version: string;
    getPublicKey: boolean;
    publicKeyPath: string;
  };
  receiverOn: boolean;
  applierOn: boolean;
}

/** A scheduled event, with all that ALTER EVENT would change by itself. */
export interface EventReading {
  schema: string;
  name: string;
  definer: string;
  status: string;
  sqlMode: string;
  timeZone: string;
  characterSetClient: string;
  collationConnection: string;
}

export interface ConfigurationReading {
  /** Each file that sets read_only, with the line. */
  sets: readonly { file: string; line: string }[];
  /** The file of our own that would be written: read last by the server, so that it decides. */
  ours: string;
  /** Its text now; null: it is not there. */
  oursText: string | null;
  /** Is the folder of `ours` read by this server at all. */
  included: boolean;
}
