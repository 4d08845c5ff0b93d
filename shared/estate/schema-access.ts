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
  credentials: z.strictObject({ read: SqlAccount, act: SqlAccount.optional() }),
  /** Table of pt-heartbeat (columns ts, server_id), from which the age of a replica is read. */
  heartbeat: z
    .string()
    .regex(/^[A-Za-z0-9_$]{1,64}\.[A-Za-z0-9_$]{1,64}$/, 'schema.table')
    .optional(),
});

export type Ssh = z.infer<typeof Ssh>;
export type Sql = z.infer<typeof Sql>;
