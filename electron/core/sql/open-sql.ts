import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Duplex } from 'node:stream';
import { type AppError, Failure } from '@shared/errors';
import mysql, { type Connection, type SslOptions } from 'mysql2';
import type { Dialer } from '../net/dial';
import { failure, systemText } from '../net/failure';
import type { Secret } from '../secrets/secret';
import type { Account, Lease, Sessions } from '../ssh/lease';
import { plainPathPlugins } from './auth-plugins';
import { GuardedStream } from './guarded-stream';
import { connectFailure, isTlsError } from './sql-errors';
import type { SqlTarget } from './sql-target';

/** One logged-in SQL connection. */
export interface SqlLink {
  connection: Connection;
  stream: GuardedStream;
  route: string;
  destroy(): void;
}

const CONNECT_MS = 10_000;
/** More than any greeting and login needs. */
const LOGIN_BYTES = 64 * 1024;

export interface OpenSqlContext {
  estateDir: string;
  sessions: Sessions;
  dialer: Dialer;
  account: Account;
}

/**
 * Opens and logs in one connection: through an SSH forward, or by TLS with a verified certificate. Whatever
 * was opened is closed again when it fails.
 */
export async function openSql(
  context: OpenSqlContext,
  target: SqlTarget,
  password: Secret,
  options: { background: boolean; signal: AbortSignal },
): Promise<SqlLink> {
  const ssl =
    target.via.kind === 'tls'
      ? await sslOptions(target.via, context.estateDir, target)
      : forwardedTls(target.via);
  const road = await openRoad(context, target, options);
  const stream = new GuardedStream(road.socket, LOGIN_BYTES);
  stream.on('error', () => {});
  stream.once('close', () => road.lease?.release());
  try {
    const connection = await login(stream, target, password, ssl, AbortSignal.any([options.signal]));
    return { connection, stream, route: road.route, destroy: () => destroy(connection, stream) };
  } catch (thrown) {
    stream.destroy();
    throw thrown;
  }
}

function destroy(connection: Connection, stream: Duplex): void {
  connection.destroy();
  stream.destroy();
}

interface Road {
  socket: Duplex;
  lease: Lease | null;
  route: string;
}

async function openRoad(
  context: OpenSqlContext,
  target: SqlTarget,
  options: { background: boolean; signal: AbortSignal },
): Promise<Road> {
  const { hostId, host, port } = target;
  const to = `${host}:${port}`;
  if (target.via.kind === 'tls') {
    const socket = await context.dialer
      .dial({ hostId, host, port, timeoutMs: CONNECT_MS, signal: options.signal })
      .catch((thrown: unknown) => {
        throw asSqlRefused(thrown, 'E_TCP_REFUSED', target);
      });
    return { socket, lease: null, route: `tls ${to}` };
  }
  const lease = await context.sessions.acquire(hostId, { account: context.account, ...options });
  try {
    const late = AbortSignal.timeout(CONNECT_MS);
    const signal = AbortSignal.any([options.signal, late]);
    const socket = await lease.forward(host, port, { signal }).catch((thrown: unknown) => {
      if (late.aborted && !options.signal.aborted) throw hung(target);
      throw asSqlRefused(thrown, 'E_FORWARD_REFUSED', target);
    });
    return { socket, lease, route: `${lease.route} → ${to}` };
  } catch (thrown) {
    lease.release();
    throw thrown;
  }
}

const hung = (target: SqlTarget) =>
  failure('E_SQL_HUNG', target.hostId, {
    address: target.host,
    port: `${target.port}`,
    seconds: `${CONNECT_MS / 1000}`,
  });

/** Nothing listens: for whoever asked for SQL that is the server being down, by whichever way it was found out. */
function asSqlRefused(thrown: unknown, code: AppError['code'], target: SqlTarget): unknown {
  if (!(thrown instanceof Failure) || thrown.error.code !== code) return thrown;
  const text = thrown.error.params?.text ?? 'connection refused';
  return failure('E_SQL_REFUSED', target.hostId, { address: target.host, port: `${target.port}`, text });
}

async function sslOptions(
  via: Extract<SqlTarget['via'], { kind: 'tls' }>,
  estateDir: string,
  target: SqlTarget,
): Promise<SslOptions> {
  const strict = { minVersion: 'TLSv1.2', rejectUnauthorized: true, verifyIdentity: true };
  if (via.ca === null) return strict;
  const file = resolve(estateDir, via.ca);
  const ca = await readFile(file, 'utf8').catch((thrown: unknown) => {
    const text = `${file}: ${systemText(thrown)}`;
    throw failure('E_SQL_TLS', target.hostId, { address: target.host, port: `${target.port}`, text });
  });
  return { ...strict, ca };
}

/** As a replica's channel: it may check who signed, never the name, so that no password goes through it (see `login`). */
function forwardedTls({ tls }: Extract<SqlTarget['via'], { kind: 'ssh' }>): SslOptions | undefined {
  if (!tls) return undefined;
  const { ca } = tls;
  return { minVersion: 'TLSv1.2', rejectUnauthorized: ca !== null, ...(ca === null ? {} : { ca }) };
}

function login(
  stream: GuardedStream,
  target: SqlTarget,
  password: Secret,
  ssl: SslOptions | undefined,
  signal: AbortSignal,
): Promise<Connection> {
  const refuse = () => failure('E_SQL_INSECURE', target.hostId, { account: target.user });
  const isProtected = target.via.kind === 'tls' || target.via.own;
  return new Promise((resolve, reject) => {
    const connection = mysql.createConnection({
      stream,
      // The name that the certificate must carry; without TLS it means nothing.
      host: target.via.kind === 'tls' ? target.via.name : target.host,
      user: target.user,
      password: password.reveal(),
      ...(ssl ? { ssl } : {}),
      ...(isProtected ? {} : { authPlugins: plainPathPlugins(refuse) }),
      // A server may ask any client that offers LOCAL_FILES for any file the client can read.
      flags: ['-LOCAL_FILES'],
      multipleStatements: false,
      enableCleartextPlugin: false,
      disableEval: true,
      supportBigNumbers: true,
      bigNumberStrings: true,
      dateStrings: true,
      jsonStrings: true,
      // The timer below also covers the login, and knows what to say.
      connectTimeout: 0,
      connectAttributes: { program_name: 'patronus-console' },
    });
    let over = false;
    const settle = (finish: () => void) => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      finish();
    };
    const fail = (why: Failure) =>
      settle(() => {
        destroy(connection, stream);
        reject(why);
      });
    const onAbort = () => fail(failure('E_ABORTED', target.hostId));
    const timer = setTimeout(() => fail(hung(target)), CONNECT_MS);
    signal.addEventListener('abort', onAbort);
    // Of a refused certificate the driver first tells that the connection closed, and then why.
    let first: unknown;
    const broken = (thrown: unknown) => {
      if (!ssl || isTlsError(thrown)) return fail(connectFailure(thrown, target, stream.received));
      if (first) return;
      first = thrown;
      setImmediate(() => fail(connectFailure(first, target, stream.received)));
    };
    // Stays for the connection's life: a driver error without a listener would end the process.
    connection.on('error', broken);
    stream.on('error', broken);
    stream.on('close', () => broken(new Error('the connection was closed')));
    connection.connect((thrown) => (thrown ? broken(thrown) : settle(() => resolve(connection))));
    if (signal.aborted) onAbort();
  });
}
