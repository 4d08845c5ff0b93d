import { setMaxListeners } from 'node:events';
import { Failure, toAppError } from '@shared/errors';
import { noteEnd, noteRefusal } from '../journal/connection';
import { failure, throwIfAborted } from '../net/failure';
import { type Breaker, createBreaker } from './breaker';
import { HANDSHAKE_MS } from './handshake';
import type { AcquireOptions, Lease, SessionState } from './lease';
import { type Link, type LinkContext, openLink } from './link';
import { makeLease } from './make-lease';
import { routeOf, type SshTarget } from './target';

/** The one connection of a host, account and chain of jump hosts, however many use it. */
export interface Session {
  acquire(options: Pick<AcquireOptions, 'background' | 'signal'>): Promise<Lease>;
  state(): SessionState;
  readonly breaker: Breaker;
  /** Whether its server still answers is to be seen before it is lent again. */
  suspect(): void;
  /** Resolves when no command is running. */
  idle(): Promise<void>;
  close(): void;
}

/** How long a server may say nothing when the background tries it for the first time. */
const FIRST_SILENCE_MS = 5_000;
const SILENT = new Set(['E_SSH_NO_BANNER', 'E_TCP_TIMEOUT']);

/** How long a connection may take to answer after the desk slept. */
const VERIFY_MS = 2_000;
/** There is nothing to verify. */
const NOTHING = Promise.resolve();

interface Attempt {
  background: boolean;
  waiting: number;
  abort: AbortController;
  /** Aborts as soon as a person has to be asked. */
  asking: AbortController;
  link: Promise<Link>;
}

export interface SessionOptions {
  context: LinkContext;
  target: SshTarget;
  lingerMs: number;
  /** A lease on the last jump host, or null when there is none. */
  openVia(options: Pick<AcquireOptions, 'background' | 'signal'>): Promise<Lease | null>;
  onState(state: SessionState): void;
}

export function createSession(options: SessionOptions): Session {
  const { context, target } = options;
  const { clock, log, journal } = context.ports;
  const { hostId, account } = target;
  const hop = target.hops[target.hops.length - 1] ?? target.hops[0];
  const route = routeOf(target.hops);
  const breaker = createBreaker(clock);
  const way = { via: 'ssh', host: hostId, account: hop.user, route } as const;

  let state: SessionState = { state: 'idle' };
  let current: { link: Link; leases: number; verified: Promise<void> | null } | null = null;
  let attempt: Attempt | null = null;
  let linger: NodeJS.Timeout | undefined;
  let closed = false;
  let silent = false;

  /**
   * A look at many hosts must not wait long for one that says nothing; a server that is slow to speak gets all
   * the time there is at the next try, or when a person asks.
   */
  const patience = (background: boolean) => (background && !silent ? FIRST_SILENCE_MS : HANDSHAKE_MS);
  const become = (next: SessionState) => {
    state = next;
    log.debug('session', { host: hostId, account: hop.user, state: next.state });
    options.onState(next);
  };

  function start(background: boolean): Attempt {
    const abort = new AbortController();
    const asking = new AbortController();
    setMaxListeners(0, asking.signal);
    const since = clock.now();
    const started = clock.monotonic();
    become({ state: 'connecting', since });
    const open = async (): Promise<Link> => {
      const signal = abort.signal;
      const via = await options.openVia({ background, signal });
      const onAsking = (now: boolean) => {
        if (now) asking.abort();
        if (!closed && !signal.aborted) become({ state: now ? 'awaiting-answer' : 'connecting', since });
      };
      return openLink(context, hop, { via, background, signal, silentMs: patience(background), onAsking });
    };
    const own: Attempt = { background, waiting: 0, abort, asking, link: open().then(opened, refused) };
    const finish = () => {
      if (attempt === own) attempt = null;
    };
    function opened(found: Link): Link {
      finish();
      if (closed || abort.signal.aborted) {
        const why = failure(closed ? 'E_CLOSED' : 'E_ABORTED', hostId);
        found.close(why);
        throw why;
      }
      current = { link: found, leases: 0, verified: NOTHING };
      breaker.reset();
      const { hostKey, method } = found;
      journal.note({ kind: 'connected', ...way, method, hostKey, durationMs: clock.monotonic() - started });
      become({ state: 'ready', since: clock.now(), hostKey, route });
      found.lost.addEventListener('abort', () => lose(found));
      if (found.lost.aborted) lose(found);
      return found;
    }
    function refused(thrown: unknown): never {
      finish();
      const error = toAppError(thrown);
      breaker.failed(error);
      silent = SILENT.has(error.code);
      noteRefusal(journal, way, error, clock.monotonic() - started);
      if (!closed)
        become(abort.signal.aborted ? { state: 'idle' } : { state: 'failed', at: clock.now(), error });
      throw thrown;
    }
    // Its waiters handle the outcome; when all have gone, nobody does.
    own.link.catch(() => {});
    return own;
  }

  function lose(gone: Link): void {
    if (current?.link !== gone) return;
    current = null;
    clearTimeout(linger);
    const error = toAppError(gone.lost.reason);
    noteEnd(journal, way, error);
    if (closed) return;
    become(error.stage === 'lost' ? { state: 'lost', at: clock.now(), error } : { state: 'idle' });
  }

  /** Closes a connection over which nothing comes back. */
  async function verify(link: Link): Promise<void> {
    if (await link.answers(AbortSignal.timeout(VERIFY_MS))) return;
    link.close(failure('E_SILENT', hostId, { seconds: `${VERIFY_MS / 1000}` }));
  }

  function lend(lent: { link: Link; leases: number }): Lease {
    clearTimeout(linger);
    lent.leases += 1;
    return makeLease(lent.link, { hostId, account, user: hop.user, route, journal }, () => {
      lent.leases -= 1;
      if (lent.leases > 0 || current !== lent) return;
      linger = setTimeout(() => lent.link.close(failure('E_CLOSED', hostId)), options.lingerMs);
      linger.unref();
    });
  }

  /** Waits for the shared attempt; the last to give up ends it. A background caller does not wait for a person. */
  function join(own: Attempt, background: boolean, signal: AbortSignal): Promise<Link> {
    own.waiting += 1;
    // One signal may end many calls: each listens to its own copy.
    const given = AbortSignal.any([signal]);
    return new Promise<Link>((resolve, reject) => {
      const leave = (why: Failure) => {
        reject(why);
        own.waiting -= 1;
        if (own.waiting === 0) own.abort.abort();
      };
      const onAbort = () => leave(failure('E_ABORTED', hostId));
      const onAsking = () =>
        leave(failure('E_NEEDS_ANSWER', hostId, { what: 'password', account: hop.user }));
      const tidy = () => {
        given.removeEventListener('abort', onAbort);
        own.asking.signal.removeEventListener('abort', onAsking);
      };
      given.addEventListener('abort', onAbort);
      if (background && own.asking.signal.aborted) onAsking();
      else if (background) own.asking.signal.addEventListener('abort', onAsking);
      own.link.then(resolve, reject).finally(tidy);
    });
  }

  return {
    breaker,
    state: () => state,
    suspect() {
      if (current) current.verified = null;
    },
    idle: () => current?.link.slots.idle() ?? Promise.resolve(),
    async acquire({ background, signal }) {
      for (;;) {
        throwIfAborted(signal, hostId);
        if (closed) throw failure('E_CLOSED', hostId);
        if (current) {
          const lent = current;
          lent.verified ??= verify(lent.link);
          if (lent.verified !== NOTHING) await lent.verified;
          if (current !== lent) continue;
          lent.verified = NOTHING;
          return lend(lent);
        }
        const blocked = background && !attempt ? breaker.blocked() : null;
        if (blocked) throw new Failure(blocked);
        if (!attempt) attempt = start(background);
        const own = attempt;
        try {
          await join(own, background, signal);
        } catch (thrown) {
          // A background attempt ended for want of an answer that this caller can give.
          const canAsk = own.background && !background && toAppError(thrown).code === 'E_NEEDS_ANSWER';
          if (!canAsk) throw thrown;
        }
      }
    },
    close() {
      if (closed) return;
      closed = true;
      clearTimeout(linger);
      attempt?.abort.abort();
      current?.link.close(failure('E_CLOSED', hostId));
      become({ state: 'closed' });
    },
  };
}
