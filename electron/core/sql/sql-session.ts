import { Failure, toAppError } from '@shared/errors';
import type { Estate } from '@shared/estate/schema';
import { noteEnd, noteRefusal } from '../journal/connection';
import type { Dialer } from '../net/dial';
import { failure } from '../net/failure';
import type { Journal, Ports } from '../ports';
import type { SecretStore } from '../secrets/secret-store';
import { createBreaker } from '../ssh/breaker';
import type { Account, Sessions } from '../ssh/lease';
import { createSlots } from '../ssh/slots';
import type { SqlLink } from './open-sql';
import { type SqlTarget, sqlTarget } from './sql-target';

/**
 * One SQL connection for one purpose, opened when first used and again after it broke. Statements run one
 * at a time; use runSql.
 */
export interface SqlSession {
  readonly hostId: string;
  readonly serviceId: string;
  readonly user: string;
  readonly target: SqlTarget;
  /** "ssh patronus@127.0.10.1:2200 → 10.0.20.2:3306" or "tls 10.0.20.2:3306"; null before the first connection. */
  readonly route: string | null;
  /** What is sent over it is written here. */
  readonly journal: Journal;
  /** Runs `work` alone on the connection. Only run-sql.ts calls it. */
  use<T>(
    options: { background: boolean; signal: AbortSignal },
    work: (link: SqlLink) => Promise<T>,
  ): Promise<T>;
  /** A person has done something about it: background looks may log in again. */
  retry(): void;
  close(): Promise<void>;
}
export interface SqlSessionOptions {
  estate: Estate;
  estateDir: string;
  hostId: string;
  serviceId: string;
  account: Account;
  sessions: Sessions;
  dialer: Dialer;
  secrets: SecretStore;
  ports: Ports;
}

/** Throws Failure E_SQL_NO_ACCOUNT when the estate names no such account for this service. */
export function createSqlSession(options: SqlSessionOptions): SqlSession {
  const { estate, hostId, serviceId, account, secrets, ports } = options;
  const target = sqlTarget(estate, hostId, serviceId, account);
  const turn = createSlots(1);
  const breaker = createBreaker(ports.clock);
  let link: SqlLink | null = null;
  let route: string | null = null;
  const ended = new AbortController();

  async function connect(background: boolean, signal: AbortSignal): Promise<SqlLink> {
    const blocked = background ? breaker.blocked() : null;
    if (blocked) throw new Failure(blocked);
    const question = {
      host: hostId,
      account: target.user,
      what: 'sql-password' as const,
      prompt: '',
      echo: false,
    };
    const asked = { ref: target.secret, question, background, signal };
    const started = ports.clock.monotonic();
    const way = {
      via: 'sql',
      host: hostId,
      account: target.user,
      route: `${target.host}:${target.port}`,
    } as const;
    try {
      const password = await secrets.resolve(asked);
      // The driver is large: it loads when the first database is asked, not before the first host is.
      const { openSql } = await import('./open-sql');
      const opened = await openSql(options, target, password, { background, signal }).catch(
        (thrown: unknown) => {
          noteRefusal(ports.journal, way, toAppError(thrown), ports.clock.monotonic() - started);
          throw thrown;
        },
      );
      breaker.reset();
      const durationMs = ports.clock.monotonic() - started;
      const open = { ...way, route: opened.route };
      ports.journal.note({ kind: 'connected', ...open, method: 'password', durationMs });
      let own = false;
      opened.stream.once('close', () => {
        const why = own ? failure('E_CLOSED', hostId) : failure('E_LOST', hostId, { text: opened.route });
        noteEnd(ports.journal, open, why.error);
      });
      const destroy = () => {
        own = true;
        opened.destroy();
      };
      return { ...opened, destroy };
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error.stage === 'sql-auth') {
        breaker.failed(error);
        if (error.code === 'E_SQL_AUTH') secrets.forget(asked);
      }
      throw thrown;
    }
  }

  return {
    hostId,
    serviceId,
    user: target.user,
    target,
    journal: ports.journal,
    get route() {
      return route;
    },
    async use({ background, signal }, work) {
      if (ended.signal.aborted) throw failure('E_CLOSED', hostId);
      const stop = AbortSignal.any([signal, ended.signal]);
      const give = await turn.take(stop).catch(() => {
        throw failure(ended.signal.aborted ? 'E_CLOSED' : 'E_ABORTED', hostId);
      });
      try {
        if (link?.stream.destroyed) link = null;
        link ??= await connect(background, stop);
        route = link.route;
        return await work(link);
      } finally {
        give();
      }
    },
    retry: () => breaker.reset(),
    async close() {
      ended.abort();
      link?.destroy();
      await turn.idle();
      // One that was just being opened when it ended.
      link?.destroy();
    },
  };
}
