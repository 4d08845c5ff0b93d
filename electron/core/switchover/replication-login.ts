import { type AppError, toAppError } from '@shared/errors';
import type { ChannelConfiguration, ReplicationLogin } from '@shared/switchover/readings';
import { noteEnd, noteRefusal } from '../journal/connection';
import type { Dialer } from '../net/dial';
import { failure } from '../net/failure';
import type { Ports } from '../ports';
import type { SecretStore } from '../secrets/secret-store';
import type { SqlLink } from '../sql/open-sql';
import type { SqlSession } from '../sql/sql-session';
import type { SqlTarget } from '../sql/sql-target';
import type { Sessions } from '../ssh/lease';
import { runSsh } from '../ssh/run-ssh';

/** Who will follow whom, by which account, and how its channel will connect. */
export interface Following {
  from: { node: string; host: string };
  to: { node: string; host: string; service: string; address: string; port: number };
  account: { user: string; secret: string };
  /** null: not known; then without TLS, which an account that requires it refuses. */
  tls: ChannelConfiguration['tls'] | null;
  /** Asks something as this account, once it is in. What it rejects with counts as the login's error. */
  whenIn?(session: SqlSession): Promise<void>;
}

export interface LoginContext {
  estateDir: string;
  sessions: Sessions;
  dialer: Dialer;
  secrets: SecretStore;
  ports: Ports;
}

/** Certificates are small; whatever is larger is none. */
const CA_BYTES = 256 * 1024;
const TIMEOUT_MS = 10_000;

/**
 * Logs in as a replica will (trap T12): from the host of the one that will follow, to the address it will use, with TLS
 * where its channel has it. That it works proves the way, the account, its password and its login plugin; a client
 * certificate of the channel cannot be shown, because its key never leaves the host. Never throws but when aborted.
 */
export async function tryReplicationLogin(
  context: LoginContext,
  following: Following,
  signal: AbortSignal,
): Promise<ReplicationLogin> {
  const { from, to } = following;
  const { address, port } = to;
  const found = { from: from.node, to: to.node, address, port };
  try {
    await asReplica(context, following, signal);
    return { ...found, error: null };
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    return { ...found, error: toAppError(thrown) };
  }
}

/**
 * MySQL's caching_sha2_password asks for the password itself when it does not remember the account, and then whoever
 * stands between the two servers could get it: a channel's TLS seldom says which server it has to be. So the password
 * goes only through the SSH of the server's own host. After a login there the server remembers the account, and on the
 * replica's way no more than a proof is needed.
 */
async function asReplica(context: LoginContext, following: Following, signal: AbortSignal): Promise<void> {
  const { from, to, tls } = following;
  const ca = tls?.on && tls.ca !== '' ? await readCa(context, from.host, tls.ca, signal) : null;
  const path = {
    hostId: from.host,
    via: { kind: 'ssh', own: false, ...(tls?.on ? { tls: { ca } } : {}) },
  } as const;
  try {
    await logIn(context, following, path, signal);
  } catch (thrown) {
    if (toAppError(thrown).code !== 'E_SQL_INSECURE') throw thrown;
    await logIn(context, following, { hostId: to.host, via: { kind: 'ssh', own: true } }, signal);
    await logIn(context, following, path, signal);
  }
}

async function logIn(
  { ports, secrets, ...context }: LoginContext,
  { to, account, whenIn }: Following,
  path: Pick<SqlTarget, 'hostId' | 'via'>,
  signal: AbortSignal,
): Promise<void> {
  const { user, secret } = account;
  const { hostId } = path;
  const target: SqlTarget = { ...path, serviceId: to.service, user, secret, host: to.address, port: to.port };
  const way = { via: 'sql', host: hostId, account: user, route: `${to.address}:${to.port}` } as const;
  const question = { host: to.host, account: user, what: 'sql-password', prompt: '', echo: false } as const;
  const asked = { ref: secret, question, background: false, signal };
  const password = await secrets.resolve(asked);
  const started = ports.clock.monotonic();
  const sinceThen = () => ports.clock.monotonic() - started;
  try {
    const { openSql } = await import('../sql/open-sql');
    const link = await openSql({ ...context, account: 'act' }, target, password, {
      background: false,
      signal,
    });
    const open = { ...way, route: link.route };
    ports.journal.note({ kind: 'connected', ...open, method: 'password', durationMs: sinceThen() });
    try {
      await whenIn?.(onlyThis(link, target, ports));
    } finally {
      link.destroy();
      noteEnd(ports.journal, open, failure('E_CLOSED', hostId).error);
    }
  } catch (thrown) {
    const error: AppError = toAppError(thrown);
    noteRefusal(ports.journal, way, error, sinceThen());
    if (error.code === 'E_SQL_AUTH') secrets.forget(asked);
    throw thrown;
  }
}

/** A session that is nothing but this connection. */
const onlyThis = (link: SqlLink, target: SqlTarget, { journal }: Pick<Ports, 'journal'>): SqlSession => ({
  ...{ hostId: target.hostId, serviceId: target.serviceId, user: target.user, target },
  ...{ route: link.route, journal },
  use: (_options, work) => work(link),
  retry() {},
  async close() {
    link.destroy();
  },
});

/** The certificate authority that the channel names, as it lies on the host of the replica; null: not readable. */
async function readCa(
  { sessions }: LoginContext,
  host: string,
  file: string,
  signal: AbortSignal,
): Promise<string | null> {
  const lease = await sessions.acquire(host, { account: 'act', background: false, signal });
  try {
    const options = { name: 'switchover.ca', timeoutMs: TIMEOUT_MS, maxBytes: CA_BYTES, signal };
    const { stdout, exit } = await runSsh(lease, ['cat', '--', file], options);
    return exit === 0 && stdout.includes('-----BEGIN CERTIFICATE-----') ? stdout : null;
  } finally {
    lease.release();
  }
}
