import { z } from 'zod';

/** Who a database server says it is. Values as the server prints them; null: it does not tell. */
export const SqlIdentity = z.strictObject({
  hostname: z.string().nullable(),
  port: z.string().nullable(),
  serverId: z.string().nullable(),
  /** MySQL's server_uuid, MariaDB's server_uid where it has one (10.5.26 and newer). */
  serverUuid: z.string().nullable(),
  datadir: z.string().nullable(),
});
export type SqlIdentity = z.infer<typeof SqlIdentity>;

/**
 * Which machine, and which database server on it, a plan was made for. Read by the same reader for the plan and
 * again right before a step acts (reliability control C20).
 */
export const Identity = z.strictObject({
  /** Id of the host in the estate. */
  host: z.string(),
  /** "ssh-ed25519 SHA256:…", as verified when the connection was made. */
  hostKey: z.string(),
  /** The kernel's host name. */
  name: z.string().nullable(),
  /** SHA-256 of /etc/machine-id: machine-id(5) asks that the id itself is told to nobody. */
  machine: z.string().nullable(),
  /** Null: the step does nothing to a database server. */
  sql: SqlIdentity.nullable(),
});
export type Identity = z.infer<typeof Identity>;

/** One value by which two identities differ. */
export interface Difference {
  what: string;
  expected: string;
  found: string;
}
export type Verdict =
  | { kind: 'same' }
  /** Something is another than it was. */
  | { kind: 'other'; differences: readonly Difference[] }
  /** Nothing differs, but these cannot be compared: unknown is never "the same". */
  | { kind: 'unconfirmed'; unknown: readonly string[] };

/** What must be known on both sides before anything destructive; the rest is compared where it was known. */
const REQUIRED: readonly string[] = ['host key', '@@hostname', '@@port', '@@server_id', '@@datadir'];

/**
 * Is what is found now what the plan was made for? A value that the plan knew and that cannot be read now counts as
 * unknown, and so does a required one that the plan did not know. A value that appeared since is no difference.
 */
export function compareIdentity(expected: Identity, found: Identity): Verdict {
  const now = new Map(valuesOf(found));
  const differences: Difference[] = [];
  const unknown: string[] = [];
  for (const [what, planned] of valuesOf(expected)) {
    const read = now.get(what) ?? null;
    if (planned !== null && read !== null) {
      if (planned !== read) differences.push({ what, expected: planned, found: read });
    } else if (planned !== null || REQUIRED.includes(what)) unknown.push(what);
  }
  if (differences.length > 0) return { kind: 'other', differences };
  return unknown.length > 0 ? { kind: 'unconfirmed', unknown } : { kind: 'same' };
}

/** Every value with its name as people know it from the server, in the order in which they are told. */
function valuesOf(identity: Identity): [what: string, value: string | null][] {
  const { sql } = identity;
  const machine: [string, string | null][] = [
    ['host', identity.host],
    ['host key', known(identity.hostKey)],
    ['host name', known(identity.name)],
    ['machine-id', known(identity.machine)],
  ];
  if (sql === null) return machine;
  return [
    ...machine,
    ['@@server_uuid', known(sql.serverUuid)],
    ['@@server_id', known(sql.serverId)],
    ['@@hostname', known(sql.hostname)],
    ['@@port', known(sql.port)],
    ['@@datadir', known(sql.datadir)],
  ];
}

/** An empty answer identifies nobody. */
const known = (value: string | null): string | null => (value === '' ? null : value);
