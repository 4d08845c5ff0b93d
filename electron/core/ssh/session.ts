import { setMaxListeners } from 'node:events';
import { Failure, toAppError } from '@shared/errors';
import { failure, throwIfAborted } from '../net/failure';
import { type Breaker, createBreaker } from './breaker';
import type { AcquireOptions, Lease, SessionState } from './lease';
import { type Link, type LinkContext, openLink } from './link';
import { makeLease } from './make-lease';
import { routeOf, type SshTarget } from './target';

/** The one connection of a host, account and chain of jump hosts, however many use it. */
export interface Session {
  acquire(options: Pick<AcquireOptions, 'background' | 'signal'>): Promise<Lease>;
  state(): SessionState;
  readonly breaker: Breaker;
  /** Resolves when no command is running. */
  idle(): Promise<void>;
  close(): void;
}

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
  const { clock, log } = context.ports;
  const { hostId, account } = target;
  const hop = target.hops[target.hops.length - 1] ?? target.hops[0];
  const route = routeOf(target.hops);
  const breaker = createBreaker(clock);

  let state: SessionState = { state: 'idle' };
  let current: { link: Link; leases: number } | null = null;
  let attempt: Attempt | null = null;
  let linger: NodeJS.Timeout | undefined;
  let closed = false;

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
    become({ state: 'connecting', since });
    const open = async (): Promise<Link> => {
      const signal = abort.signal;
      const via = await options.openVia({ background, signal });
      const onAsking = (now: boolean) => {
        if (now) asking.abort();
        if (!closed && !signal.aborted) become({ state: now ? 'awaiting-answer' : 'connecting', since });
      };
      return openLink(context, hop, { via, background, signal, onAsking });
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
      current = { link: found, leases: 0 };
      breaker.reset();
      become({ state: 'ready', since: clock.now(), hostKey: found.hostKey, route });
      found.lost.addEventListener('abort', () => lose(found));
      if (found.lost.aborted) lose(found);
      return found;
    }
    function refused(thrown: unknown): never {
      finish();
      const error = toAppError(thrown);
      breaker.failed(error);
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
    if (closed) return;
    const error = toAppError(gone.lost.reason);
    become(error.code === 'E_LOST' ? { state: 'lost', at: clock.now(), error } : { state: 'idle' });
  }

  function lend(lent: { link: Link; leases: number }): Lease {
    clearTimeout(linger);
    lent.leases += 1;
    return makeLease(lent.link, { hostId, account, user: hop.user, route }, () => {
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
    idle: () => current?.link.slots.idle() ?? Promise.resolve(),
    async acquire({ background, signal }) {
      for (;;) {
        throwIfAborted(signal, hostId);
        if (closed) throw failure('E_CLOSED', hostId);
        if (current) return lend(current);
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
