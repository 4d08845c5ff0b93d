import type { SqlLink } from '../sql/open-sql';
import { runSql } from '../sql/run-sql';
import type { SqlSession } from '../sql/sql-session';

/** A session on which each new connection is made ready before anything else is sent over it. */
export interface PreparedSession extends SqlSession {
  /** The server's id of the newest connection that was made ready, as text; null before the first. */
  readonly connectionId: string | null;
  /** Is that connection still open. */
  readonly connected: boolean;
}

const ID_MS = 5_000;

/**
 * `prepare` gets a session that is nothing but the new connection; when it rejects, the connection is closed and
 * nothing else was sent. A connection of a run is wanted by a person: where an answer is needed to make it anew, it is
 * asked for, however routine the statement.
 */
export function preparedSession(
  inner: SqlSession,
  prepare: (session: SqlSession, signal: AbortSignal) => Promise<void>,
): PreparedSession {
  let ready: SqlLink | null = null;
  let id: string | null = null;

  async function makeReady(link: SqlLink, signal: AbortSignal): Promise<void> {
    const only: SqlSession = { ...inner, route: link.route, use: (_options, work) => work(link) };
    try {
      const statement = 'SELECT CONNECTION_ID() AS id';
      const how = { name: 'connection', timeoutMs: ID_MS, background: false, signal };
      const { rows } = await runSql(only, { ...how, statement });
      await prepare(only, signal);
      id = rows[0]?.id ?? null;
      ready = link;
    } catch (thrown) {
      link.destroy();
      throw thrown;
    }
  }

  return {
    ...inner,
    get route() {
      return inner.route;
    },
    get connectionId() {
      return id;
    },
    get connected() {
      return ready !== null && !ready.stream.destroyed;
    },
    use: ({ signal }, work) =>
      inner.use({ background: false, signal }, async (link) => {
        if (ready !== link) await makeReady(link, signal);
        return work(link);
      }),
  };
}
