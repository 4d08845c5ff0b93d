import { z } from 'zod';
import { HostKey, Id, Port, SecretRef, UserName } from './schema-values';

/** How the console reaches a host and its database: by reference only, never with a secret. */

export const Ssh = z.strictObject({
  /** How the console reaches this host's sshd; may differ from the host's own address (NAT, bastion, gate). */
  host: z.string().optional(),
  port: Port.optional(),
  user: UserName.optional(),
  /** Private key: `file:PATH`, or `agent`. */
  identity: SecretRef.optional(),
  /** Passphrase of that key, or the password when there is no key. */
  secret: SecretRef.optional(),
  /** Id of the host through which this one is reached. */
  jump: Id.optional(),
  hostKeys: z.array(HostKey).optional(),
  /** A known_hosts file; default: the person's own. */
  knownHosts: z.string().optional(),
  /** The account that acts, asked for at that moment; polling never uses it. */
  act: z
    .strictObject({ user: UserName, identity: SecretRef.optional(), secret: SecretRef.optional() })
    .optional(),
});

export const SqlAccount = z.strictObject({ user: UserName, secret: SecretRef });
export const Sql = z.strictObject({
  /** `ssh`: forwarded through the host's own SSH (default). `tls`: directly, with verified TLS. */
  via: z.enum(['ssh', 'tls']).optional(),
  /** As seen from where the connection leaves; default: the host's address. */
  host: z.string().optional(),
  port: Port.optional(),
  ca: z.string().optional(),
  /** Name in the certificate. */
  serverName: z.string().optional(),
  credentials: z.strictObject({
    read: SqlAccount,
    act: SqlAccount.optional(),
    /** The account with which this server's replicas log in to it. */
    replication: SqlAccount.optional(),
  }),
  /** Table of pt-heartbeat (columns ts, server_id), from which the age of a replica is read. */
  heartbeat: z
    .string()
    .regex(/^[A-Za-z0-9_$]{1,64}\.[A-Za-z0-9_$]{1,64}$/, 'schema.table')
    .optional(),
});

export type Ssh = z.infer<typeof Ssh>;
export type Sql = z.infer<typeof Sql>;

/** Absolute, and nothing that a shell would see as more than a path. */
const ServerPath = z.string().regex(/^\/[^\0\n]*$/, 'an absolute path');
const Argv = z.array(z.string().min(1)).min(1);

/** How clients are led to the server that takes writes. By service of the cluster: what leads to it. */
export const TrafficHook = z.discriminatedUnion('kind', [
  /** HAProxy's runtime socket: of the backend, the writer's server is `ready` and the others are in maintenance. */
  z.strictObject({
    kind: z.literal('haproxy'),
    id: Id,
    host: Id,
    socket: ServerPath,
    backend: z.string().regex(/^[A-Za-z0-9_.:-]+$/),
    servers: z.record(Id, z.string().regex(/^[A-Za-z0-9_.:-]+$/)),
  }),
  /** One line `KEY=value` (or `KEY = value`) of a file on web hosts, and what makes it known. */
  z.strictObject({
    kind: z.literal('setting'),
    id: Id,
    hosts: z.array(Id).min(1),
    file: ServerPath,
    key: z.string().regex(/^[A-Za-z0-9_.]+$/),
    values: z.record(Id, z.string().regex(/^[^\n]*$/)),
    reload: Argv.optional(),
  }),
  /** Any command: a name service, an address that moves. `verify` prints `values` of the service it leads to. */
  z.strictObject({
    kind: z.literal('command'),
    id: Id,
    host: Id,
    run: z.record(Id, Argv),
    verify: Argv,
    values: z.record(Id, z.string()),
  }),
]);
export type TrafficHook = z.infer<typeof TrafficHook>;

/**
 * How the database service of a member is stopped, started and kept from starting. By default systemd does it; where it
 * does not, all six commands are stated. Each is run as written, on the member's host, by the acting account.
 */
export const ServiceControl = z.strictObject({
  /** systemd's name of it; default: `mysql` or `mariadb`, by the kind of the service. */
  unit: z
    .string()
    .regex(/^[A-Za-z0-9_.@:-]+$/, 'the name of a systemd unit')
    .optional(),
  stop: Argv.optional(),
  start: Argv.optional(),
  /** From then on a start of the host does not start it. */
  disable: Argv.optional(),
  /** Takes that back. */
  enable: Argv.optional(),
  /** Changes nothing; prints `active` while it runs, `inactive` while it does not, and ends with 0. */
  state: Argv.optional(),
  /** Changes nothing; prints `enabled` where a start of the host starts it, else `disabled`, and ends with 0. */
  boot: Argv.optional(),
});
export type ServiceControl = z.infer<typeof ServiceControl>;

/** A command on another host that isolates a member: its power, its port of a switch, a firewall before it. */
export const Fence = z.strictObject({
  id: Id,
  /** Service of the cluster that it isolates. */
  member: Id,
  /** Where the commands are run, by the acting account; never the member's own host. */
  host: Id,
  run: Argv,
  /** Takes it back. Nobody but a person ever does: a member that was given up does not come back by accident. */
  release: Argv,
  /** Changes nothing; prints `isolated` or `free`, and ends with 0. */
  verify: Argv,
  /** What `verify` prints once the member is cut off, and as long as it is not. */
  isolated: z.string().min(1),
  free: z.string().min(1),
});
export type Fence = z.infer<typeof Fence>;

/** How a cluster's primary may be changed. */
export const ClusterActing = z.strictObject({
  /** What a restart brings: every server read-only until somebody opens it (default), or as it was configured. */
  boot: z.enum(['read-only', 'as-was']).optional(),
  /** A file whose time of change is when a backup was last restored and verified. */
  backup: z.strictObject({ host: Id, mark: ServerPath, withinHours: z.number().positive() }).optional(),
  /** Seconds for which writes may wait for the new primary to catch up, before all is undone; default 20. */
  catchUpSeconds: z.number().int().min(1).max(3600).optional(),
  /** Public keys (Ed25519, OpenSSH form) of those who may approve a plan that somebody else pulls. */
  approvers: z.array(z.strictObject({ name: z.string().min(1), key: z.string() })).optional(),
  traffic: z.array(TrafficHook).optional(),
  /** By service of the cluster. */
  service: z.record(Id, ServiceControl).optional(),
  /** Ways to isolate a member from outside, all of them used when it has to be fenced. */
  fence: z.array(Fence).optional(),
});
export type ClusterActing = z.infer<typeof ClusterActing>;
