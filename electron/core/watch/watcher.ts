import { setMaxListeners } from 'node:events';
import { toAppError } from '@shared/errors';
import type { Estate, Host, Service } from '@shared/estate/schema';
import { answerOf, type Evidence, type HostReading, type Snapshot } from '@shared/snapshot';
import { nextReading } from '@shared/watch/next-reading';
import { defaultPeriod, delayAfterWake, nextDelay } from '@shared/watch/schedule';
import type { Wake as Woken } from '@shared/watch/wake';
import { failure } from '../net/failure';
import type { Clock } from '../ports';
import type { SqlSession } from '../sql/sql-session';
import type { Sessions } from '../ssh/lease';
import { createSlots } from '../ssh/slots';
import { type HostLook, type LookOptions, lookAtHost } from './look-at-host';
import { WakeWatch } from './wake-watch';

export interface WatcherOptions {
  estate: Estate;
  sessions: Sessions;
  sqlSession(host: Host, service: Service, purpose: 'poll' | 'slow'): SqlSession;
  clock: Clock;
  /** In [0, 1): spreads the hosts in time. */
  random(): number;
  onChange(change: { seq: number; host: string; reading: HostReading }): void;
  /** Told before anything else happens after a sleep. */
  onWoke(woke: Woken & { seq: number; at: number }): void;
}

/** Looks at a time over all hosts: enough for a thousand of them. */
const CONCURRENT_LOOKS = 50;

/** Why a pause ends early: a person has just looked, something happened that is worth a look, or the desk woke. */
type Wake = 'looked' | 'look' | 'woke';

interface Watched {
  host: Host;
  services: readonly Service[];
  reading: HostReading;
  failures: number;
  /** Time this host was last begun to be waited for; see Watcher.day. */
  day: number;
  /** Ends with the look under way, if there is one. */
  running: Promise<void>;
  /** A look that a person asked for and that has not begun: who asks meanwhile gets the same one. */
  waiting: Promise<void> | null;
  /** Interrupts the pause before the next look; see Wake. */
  wake: AbortController;
}

/** Looks at every host again and again, keeps the newest reading of each, and tells of each change. */
export class Watcher {
  readonly periodMs: number;
  private seq = 0;
  private readonly watched: ReadonlyMap<string, Watched>;
  private readonly evidence = new Map<string, Evidence>();
  private readonly slots = createSlots(CONCURRENT_LOOKS);
  private readonly stopped = new AbortController();
  private readonly wakeWatch: WakeWatch;
  /** Ends everything that was begun before a sleep. */
  private awake = new AbortController();
  /** Sleeps so far. */
  private day = 0;
  private suspectBefore: number | undefined;
  /** Until then no look begins by itself; by the clock that never jumps. */
  private quietUntil = 0;
  private readonly loops: Promise<void>[] = [];
  private readonly options: WatcherOptions;
  private unsubscribe = () => {};

  constructor(options: WatcherOptions) {
    this.options = options;
    const { estate } = options;
    this.wakeWatch = new WakeWatch(options.clock, (woken) => this.onWoken(woken));
    const stated = estate.watch?.everySeconds;
    this.periodMs = stated === undefined ? defaultPeriod(estate.hosts.length) : stated * 1000;
    this.watched = new Map(
      estate.hosts.map((host) => [
        host.id,
        {
          host,
          services: estate.services.filter((service) => service.hosts?.includes(host.id)),
          reading: { state: 'unasked' },
          failures: 0,
          day: 0,
          running: Promise.resolve(),
          waiting: null,
          wake: new AbortController(),
        },
      ]),
    );
  }

  /** Begins to watch. Resolves when every host was asked once. */
  async start(): Promise<void> {
    // A broken link is news: it is not left to the next turn.
    this.unsubscribe = this.options.sessions.onChange((hostId, account, session) => {
      const one = this.watched.get(hostId);
      if (!one || session.state !== 'lost') return;
      // Who fell silent is likely to stay so: it is shown before the next connection has been tried in vain.
      const { at, error } = session;
      if (account === 'read' && error.code === 'E_SILENT')
        this.take(one, { result: { ok: false, error, at }, evidence: [] }, false);
      one.wake.abort('look' satisfies Wake);
    });
    this.wakeWatch.start();
    const first: Promise<void>[] = [];
    for (const one of this.watched.values()) {
      const look = this.look(one, { background: true, everything: true, signal: this.awake.signal });
      first.push(look);
      this.loops.push(this.keepLooking(one, look));
    }
    await Promise.all(first);
  }

  /**
   * Looks now, because a person asked: at one host, or at all. May ask for secrets, forgets earlier failures,
   * and reads everything whatever its cadence. `signal` ends this look alone; the watching goes on.
   * @throws Failure E_WOKE_UP when the desk slept meanwhile: what was asked for before is not done after
   */
  async lookNow(hostId: string | undefined, signal: AbortSignal): Promise<{ seq: number }> {
    this.wakeWatch.check();
    this.options.sessions.retry();
    const awake = this.awake.signal;
    const chosen = [...this.watched.values()].filter((one) => hostId === undefined || one.host.id === hostId);
    const both = AbortSignal.any([signal, awake]);
    await Promise.all(
      chosen.map(async (one) => {
        one.waiting ??= this.look(one, { background: false, everything: true, signal: both });
        await one.waiting;
        one.wake.abort('looked' satisfies Wake);
      }),
    );
    if (awake.aborted && !this.stopped.signal.aborted) throw failure('E_WOKE_UP', hostId ?? null);
    return { seq: this.seq };
  }

  /**
   * For so long, ms, no look begins by itself; 0 ends that, and every host is looked at. While nobody can write, the
   * console's own questions are in the way of what acts. What a person asks for is looked at all the same.
   */
  hush(ms: number): void {
    this.quietUntil = ms > 0 ? this.options.clock.monotonic() + ms : 0;
    if (ms > 0) return;
    for (const one of this.watched.values()) one.wake.abort('look' satisfies Wake);
  }

  /** Looks at the clocks now: the system said that it woke, or that a person is back. */
  checkClock(): void {
    this.wakeWatch.check();
  }

  /** First everything is marked stale; then it is asked again, bit by bit. Nothing that was queued is done. */
  private onWoken(woken: Woken): void {
    const { clock, sessions, onWoke } = this.options;
    this.day += 1;
    this.suspectBefore = clock.now();
    this.seq += 1;
    onWoke({ ...woken, seq: this.seq, at: this.suspectBefore });
    sessions.suspect();
    this.awake.abort();
    this.awake = new AbortController();
    setMaxListeners(0, this.awake.signal);
    for (const one of this.watched.values()) {
      one.waiting = null;
      one.failures = 0;
      one.wake.abort('woke' satisfies Wake);
    }
  }

  snapshot(): { seq: number; snapshot: Snapshot } {
    const hosts = Object.fromEntries([...this.watched].map(([id, one]) => [id, one.reading]));
    const { estate, clock } = this.options;
    const suspect = this.suspectBefore === undefined ? {} : { suspectBefore: this.suspectBefore };
    return {
      seq: this.seq,
      snapshot: { estate: estate.estate, takenAt: clock.now(), periodMs: this.periodMs, ...suspect, hosts },
    };
  }

  /** The newest raw evidence of that probe, or null. */
  evidenceOf(hostId: string, id: string): Evidence | null {
    return this.evidence.get(`${hostId} ${id}`) ?? null;
  }

  async stop(): Promise<void> {
    this.unsubscribe();
    this.wakeWatch.stop();
    this.stopped.abort();
    this.awake.abort();
    for (const one of this.watched.values()) one.wake.abort();
    await Promise.all(this.loops);
  }

  private async keepLooking(one: Watched, first: Promise<void>): Promise<void> {
    await first;
    while (!this.stopped.signal.aborted) {
      const error = one.reading.state === 'unreachable' ? one.reading.error : null;
      const random = this.options.random();
      const usual = nextDelay({ failures: one.failures, error }, this.periodMs, random);
      const woke = one.day !== this.day;
      one.day = this.day;
      const delay = woke && usual !== null ? delayAfterWake(this.watched.size, this.periodMs, random) : usual;
      one.wake = new AbortController();
      await this.pause(delay, one.wake.signal);
      if (this.stopped.signal.aborted) return;
      // All pauses end at once after a sleep: then this one begins anew.
      this.wakeWatch.check();
      if (one.day !== this.day) continue;
      // A person looked while this loop waited: its next turn counts from that look.
      if (one.wake.signal.reason === 'looked') continue;
      if (this.options.clock.monotonic() < this.quietUntil) continue;
      await this.look(one, { background: true, everything: false, signal: this.awake.signal });
    }
  }

  /** null = until somebody wakes it: a wrong secret and a foreign host key are never tried again by themselves. */
  private async pause(delay: number | null, signal: AbortSignal): Promise<void> {
    if (signal.aborted || this.stopped.signal.aborted) return;
    if (delay !== null) return this.options.clock.sleep(delay, signal);
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  }

  /** Looks at one host follow each other: there is never more than one under way. */
  private look(one: Watched, options: LookOptions): Promise<void> {
    const running = one.running.then(() => {
      one.waiting = null;
      return this.lookOnce(one, options);
    });
    one.running = running;
    return running;
  }

  private async lookOnce(one: Watched, options: LookOptions): Promise<void> {
    this.wakeWatch.check();
    if (options.signal.aborted) return;
    const { sessions, sqlSession, clock } = this.options;
    const context = {
      host: one.host,
      services: one.services,
      sessions,
      slots: this.slots,
      sqlSession: (service: Service, purpose: 'poll' | 'slow') => sqlSession(one.host, service, purpose),
      clock,
      periodMs: this.periodMs,
    };
    const before = answerOf(one.reading);
    const take = (found: HostLook, whole: boolean) => {
      this.wakeWatch.check();
      // What was asked before a sleep and ended after it says nothing: its time limits passed while nobody waited.
      if (!options.signal.aborted) this.take(one, found, whole);
    };
    const whole = { ...options, onPartial: (look: HostLook) => take(look, false) };
    const look = await lookAtHost(context, before, whole).catch(
      // A fault of ours must not end the watching; it is shown at the host it happened at.
      (thrown): HostLook => ({
        result: { ok: false, error: { ...toAppError(thrown), host: one.host.id }, at: clock.now() },
        evidence: [],
      }),
    );
    take(look, true);
  }

  private take(one: Watched, { result, evidence }: HostLook, whole: boolean): void {
    for (const raw of evidence) this.evidence.set(`${one.host.id} ${raw.id}`, raw);
    if (whole) one.failures = result.ok ? 0 : one.failures + 1;
    one.reading = nextReading(one.reading, result);
    this.seq += 1;
    this.options.onChange({ seq: this.seq, host: one.host.id, reading: one.reading });
  }
}
