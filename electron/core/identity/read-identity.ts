import { createHash } from 'node:crypto';
import { cleanLine } from '@shared/clean';
import type { Identity, SqlIdentity } from '@shared/identity/identity';
import { runSql } from '../sql/run-sql';
import type { SqlSession } from '../sql/sql-session';
import type { Lease } from '../ssh/lease';
import { runSsh } from '../ssh/run-ssh';

const TIMEOUT_MS = 5_000;
/** One value a line, so that one that is missing is an empty line and not another's value. */
const MACHINE = 'cat /proc/sys/kernel/hostname 2>/dev/null || echo; cat /etc/machine-id 2>/dev/null || echo';
/** WHERE leaves out what a version does not have. No grant is needed for it. */
const VARIABLES = ['hostname', 'port', 'server_id', 'server_uuid', 'server_uid', 'datadir'];
const SERVER = `SHOW GLOBAL VARIABLES WHERE Variable_name IN (${VARIABLES.map((name) => `'${name}'`).join(', ')})`;

/** The connections by which a step will act: the identity is read over these and no others. */
export interface Target {
  lease: Lease;
  /** Null when the step does nothing to a database server. */
  sql: SqlSession | null;
}

/**
 * Reads who is at the other end, now. The host key is the one that was verified for this very connection: as long as
 * the connection lives, it leads to the machine that proved it. Rejects with Failure as runSsh and runSql do.
 */
export async function readIdentity({ lease, sql }: Target, signal: AbortSignal): Promise<Identity> {
  const [machine, server] = await Promise.all([readMachine(lease, signal), sql && readServer(sql, signal)]);
  const { type, fingerprint } = lease.hostKey;
  return { host: lease.hostId, hostKey: `${type} ${fingerprint}`, ...machine, sql: server };
}

/** What the machine at the other end of this very connection says of itself. Rejects as runSsh does. */
export async function readMachine(
  lease: Lease,
  signal: AbortSignal,
): Promise<Pick<Identity, 'name' | 'machine'>> {
  const argv = ['sh', '-c', MACHINE];
  const { stdout } = await runSsh(lease, argv, { name: 'identity.machine', timeoutMs: TIMEOUT_MS, signal });
  const [name = '', id = ''] = stdout.split('\n');
  return { name: told(name), machine: told(id) && createHash('sha256').update(id.trim()).digest('hex') };
}

/** Who the database server says it is. Rejects as runSql does. */
async function readServer(session: SqlSession, signal: AbortSignal): Promise<SqlIdentity> {
  return (await meetServer(session, signal)).identity;
}

/** A server that has said who it is, and how it is asked again in one short statement. */
export interface Met {
  identity: SqlIdentity;
  /** The variables by which it told, each once more. Rejects as runSql does. */
  again(session: SqlSession, signal: AbortSignal): Promise<SqlIdentity>;
}

/**
 * Asks a database server who it is. SHOW leaves out what a version does not have, at the price of looking at all that
 * it has; who asks again names what it told. Rejects as runSql does.
 */
export async function meetServer(session: SqlSession, signal: AbortSignal): Promise<Met> {
  const ask = async (on: SqlSession, statement: string, stop: AbortSignal) => {
    const how = { timeoutMs: TIMEOUT_MS, background: false, signal: stop };
    return (await runSql(on, { name: 'identity.server', statement, ...how })).rows;
  };
  const shown = (await ask(session, SERVER, signal)).map((row) => Object.values(row));
  const values = new Map(shown.map(([name, value]) => [name ?? '', value ?? '']));
  const names = VARIABLES.filter((name) => values.has(name));
  const short = `SELECT ${names.map((name) => `@@${name} AS ${name}`).join(', ')}`;
  return {
    identity: identityOf(values),
    async again(on, stop) {
      const [row = {}] = await ask(on, short, stop);
      return identityOf(new Map(Object.entries(row)));
    },
  };
}

function identityOf(values: ReadonlyMap<string, string | null>): SqlIdentity {
  const value = (name: string) => told(values.get(name) ?? '');
  return {
    hostname: value('hostname'),
    port: value('port'),
    serverId: value('server_id'),
    serverUuid: value('server_uuid') ?? value('server_uid'),
    datadir: value('datadir'),
  };
}

const told = (text: string): string | null => cleanLine(text) || null;
