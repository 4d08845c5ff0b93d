import { failure } from '../net/failure';
import type { SqlLink } from '../sql/open-sql';
import { runSql } from '../sql/run-sql';
import type { SqlSession } from '../sql/sql-session';

/**
 * The lease as a lock of one database server: it lives exactly as long as the connection that holds it. One name for
 * the whole server, so that two estate files which call the same cluster differently lock each other out too.
 * GET_LOCK and IS_USED_LOCK are the same on MySQL ("Locking Functions") and MariaDB.
 */
const NAME = 'patronus/acting';
const SQL_MS = 5_000;
/** So long a server may take to notice that a connection has ended. */
export const NOTICE_SECONDS = 2;

/**
 * Seconds after which a server lets go of a console that has vanished without a word: as long as a person waits before
 * a lease can be taken over. The lease looks at its locks far more often than that.
 */
export const VANISHED_SECONDS = 60;

/** Another connection has it. */
export interface LockHolder {
  state: 'other';
  /** As far as the server tells: "user@host", else "?". */
  user: string;
}

/** A lock that is held, for as long as its connection lives. */
export interface HeldLock {
  readonly connection: string;
  /** Is it held by this very connection, as the server says now. Rejects when it cannot be asked. */
  verify(signal: AbortSignal): Promise<boolean>;
  release(signal: AbortSignal): Promise<void>;
}

/**
 * Takes the lock on this session's connection. `own`: the connection on which this very console had it until a moment
 * ago; if it still holds it there, it is ended. Rejects with what runSql rejects with.
 */
export async function takeServerLock(
  session: SqlSession,
  options: {
    own: string | null;
    waitSeconds: number;
    background: boolean;
    signal: AbortSignal;
    gone: () => void;
  },
): Promise<HeldLock | LockHolder> {
  const { own, waitSeconds, background, signal, gone } = options;
  const ask = async (statement: string, stop = signal) => {
    const how = { name: 'lease.lock', timeoutMs: SQL_MS, background, signal: stop };
    return (await runSql(session, { ...how, statement })).rows[0] ?? {};
  };
  const holder = (stop = signal) =>
    ask(`SELECT IS_USED_LOCK('${NAME}') AS holder, CONNECTION_ID() AS own`, stop);

  await ask(`SET SESSION wait_timeout = ${VANISHED_SECONDS}`);
  const take = async (seconds: number) =>
    (await ask(`SELECT GET_LOCK('${NAME}', ${seconds}) AS taken`)).taken === '1';
  let taken = await take(waitSeconds);
  if (!taken && own !== null && (await holder()).holder === own) {
    await ask(`KILL ${Number(own)}`).catch(() => undefined);
    taken = await take(NOTICE_SECONDS);
  }
  if (!taken) return otherOf(session, `${(await holder()).holder ?? '?'}`, { background, signal });

  const link = await linkOf(session, { background, signal });
  const verify = async (stop = signal) => {
    const { holder: now, own: mine } = await holder(stop);
    return now !== null && now !== undefined && now === mine && !link.stream.destroyed;
  };
  const { own: connection } = await holder();
  // The connection may have ended between two statements: then another one was made that holds nothing.
  if (!connection || !(await verify())) throw failure('E_SQL_LOST', session.hostId, { name: 'lease.lock' });
  link.stream.once('close', gone);
  if (link.stream.destroyed) throw failure('E_SQL_LOST', session.hostId, { name: 'lease.lock' });
  return {
    connection,
    verify,
    async release(stop) {
      link.stream.off('close', gone);
      if (!link.stream.destroyed) await ask('SELECT RELEASE_ALL_LOCKS()', stop);
    },
  };
}

/** The connection that the session has now. */
const linkOf = (
  session: SqlSession,
  options: { background: boolean; signal: AbortSignal },
): Promise<SqlLink> => session.use(options, async (link) => link);

async function otherOf(
  session: SqlSession,
  connection: string,
  options: { background: boolean; signal: AbortSignal },
): Promise<LockHolder> {
  // A right to PROCESS shows the others; without it the list holds our own connections, and nobody is named.
  const { rows } = await runSql(session, {
    name: 'lease.holder',
    statement: 'SHOW PROCESSLIST',
    timeoutMs: SQL_MS,
    ...options,
  });
  const row = rows.find(({ Id }) => Id === connection);
  return { state: 'other', user: row ? `${row.User}@${(row.Host ?? '').split(':')[0]}` : '?' };
}
