import { Failure, toAppError } from '@shared/errors';
import { failure } from '../net/failure';
import type { Clock } from '../ports';
import type { SqlSession } from '../sql/sql-session';
import type { Hands } from './api';
import { type HeldLock, takeServerLock } from './lease-lock';

/** The locks of a lease on all its servers, taken together and watched for as long as it is held. */
export interface KeptLocks {
  readonly lost: AbortSignal;
  /** By target. */
  readonly connections: ReadonlyMap<string, string>;
  release(signal: AbortSignal): Promise<void>;
}

/** Far below what a server waits before it lets go of a silent connection; milliseconds. */
const LOOK_MS = 10_000;
const AGAIN_MS = 250;
const AGAIN_LATE_MS = 2_000;
/** How long a lock may be missing while another one is held, and how long servers may be out of reach. */
const MISSING_MS = 3_000;

interface Place {
  hands: Hands;
  session: SqlSession;
  /** Null: it is missing, and being taken again. */
  lock: HeldLock | null;
  connection: string | null;
}

/** Takes every lock, or none. `waitSeconds`: so long a server may take to notice that who had it is gone. */
export async function takeLocks(
  hands: readonly Hands[],
  options: { waitSeconds: number; clock: Clock; signal: AbortSignal },
): Promise<{ ok: true; locks: KeptLocks } | { ok: false; hands: Hands; user: string }> {
  const places: Place[] = hands.flatMap((one) =>
    one.second ? [{ hands: one, session: one.second, lock: null, connection: null }] : [],
  );
  const watch = new LockWatch(places, options.clock);
  try {
    for (const place of places) {
      const { waitSeconds, signal } = options;
      const user = await watch.take(place, { own: null, waitSeconds, background: false, signal });
      if (user === null) continue;
      await watch.release(AbortSignal.timeout(MISSING_MS));
      return { ok: false, hands: place.hands, user };
    }
  } catch (thrown) {
    await watch.release(AbortSignal.timeout(MISSING_MS));
    throw thrown;
  }
  watch.begin();
  return { ok: true, locks: watch };
}

class LockWatch implements KeptLocks {
  readonly #places: readonly Place[];
  readonly #clock: Clock;
  readonly #lost = new AbortController();
  readonly #ended = new AbortController();

  constructor(places: readonly Place[], clock: Clock) {
    this.#places = places;
    this.#clock = clock;
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  get connections(): ReadonlyMap<string, string> {
    return new Map(
      this.#places.flatMap(({ hands, lock }) => (lock ? [[hands.target, lock.connection] as const] : [])),
    );
  }

  /** Null: it is held now; else who has it. */
  async take(
    place: Place,
    options: { own: string | null; waitSeconds: number; background: boolean; signal: AbortSignal },
  ): Promise<string | null> {
    const answer = await takeServerLock(place.session, { ...options, gone: () => void this.#again(place) });
    if ('state' in answer) return answer.user;
    place.lock = answer;
    place.connection = answer.connection;
    return null;
  }

  begin(): void {
    for (const place of this.#places) void this.#look(place);
  }

  async release(signal: AbortSignal): Promise<void> {
    this.#ended.abort();
    await Promise.allSettled(this.#places.map(({ lock }) => lock?.release(signal)));
    for (const place of this.#places) place.lock = null;
  }

  /** A connection can be dead without a word; and each look keeps the server from letting go of it. */
  async #look(place: Place): Promise<void> {
    const { signal } = this.#ended;
    for (;;) {
      await this.#clock.sleep(LOOK_MS, signal);
      if (signal.aborted) return;
      const { lock } = place;
      if (!lock) continue;
      const held = await lock.verify(signal).catch(() => false);
      if (!held && place.lock === lock) void this.#again(place);
    }
  }

  /** Takes a lock again that was lost with its connection. */
  async #again(place: Place): Promise<void> {
    const { signal } = this.#ended;
    if (place.lock === null || signal.aborted) return;
    place.lock = null;
    const since = this.#clock.monotonic();
    for (;;) {
      const user = await this.take(place, {
        own: place.connection,
        waitSeconds: 0,
        background: true,
        signal,
      }).catch((thrown: unknown) => new Failure(toAppError(thrown)));
      if (user === null || signal.aborted) return;
      const alone = this.#places.every(({ lock }) => lock === null);
      const late = this.#clock.monotonic() - since > MISSING_MS;
      // Somebody else has it. While we hold another one, that can only be a console that is about to give up; and
      // as long as we hold one, nobody can have them all, so a server that is out of reach may stay so.
      if (typeof user === 'string' && (alone || late)) return this.#lose(place, user);
      if (alone && late) return this.#lose(place, '?');
      await this.#clock.sleep(late ? AGAIN_LATE_MS : AGAIN_MS, signal);
    }
  }

  #lose({ hands }: Place, by: string): void {
    if (!this.#ended.signal.aborted) this.#lost.abort(failure('E_LEASE_LOST', hands.host, { by }));
  }
}
