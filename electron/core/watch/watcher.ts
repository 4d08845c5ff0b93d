import { toAppError } from '@shared/errors';
import type { Estate, Host, Service } from '@shared/estate/schema';
import { answerOf, type Evidence, type HostReading, type Snapshot } from '@shared/snapshot';
import { nextReading } from '@shared/watch/next-reading';
import { DEFAULT_PERIOD_MS, nextDelay } from '@shared/watch/schedule';
import type { Clock } from '../ports';
import type { SqlSession } from '../sql/sql-session';
import type { Sessions } from '../ssh/lease';
import { type HostLook, type LookOptions, lookAtHost } from './look-at-host';
import { Slots } from './slots';

export interface WatcherOptions {
  estate: Estate;
  sessions: Sessions;
  sqlSession(host: Host, service: Service, purpose: 'poll' | 'slow'): SqlSession;
  clock: Clock;
  /** In [0, 1): spreads the hosts in time. */
  random(): number;
  onChange(change: { seq: number; host: string; reading: HostReading }): void;
}

/** Looks at a time over all hosts: enough for a thousand of them, and a hung one takes one slot only. */
const CONCURRENT_LOOKS = 50;

/** Why a pause ends early: a person has just looked, or something happened that is worth a look. */
type Wake = 'looked' | 'look';

interface Watched {
  host: Host;
  services: readonly Service[];
  reading: HostReading;
  failures: number;
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
  private readonly slots = new Slots(CONCURRENT_LOOKS);
  private readonly stopped = new AbortController();
  private readonly loops: Promise<void>[] = [];
  private readonly options: WatcherOptions;
  private unsubscribe = () => {};

  constructor(options: WatcherOptions) {
    this.options = options;
    const { estate } = options;
    this.periodMs = (estate.watch?.everySeconds ?? DEFAULT_PERIOD_MS / 1000) * 1000;
    this.watched = new Map(
      estate.hosts.map((host) => [
        host.id,
        {
          host,
          services: estate.services.filter((service) => service.hosts?.includes(host.id)),
          reading: { state: 'unasked' },
          failures: 0,
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
    this.unsubscribe = this.options.sessions.onChange((hostId, _account, { state }) => {
      if (state === 'lost') this.watched.get(hostId)?.wake.abort('look' satisfies Wake);
    });
    const first: Promise<void>[] = [];
    for (const one of this.watched.values()) {
      const look = this.look(one, { background: true, everything: true, signal: this.stopped.signal });
      first.push(look);
      this.loops.push(this.keepLooking(one, look));
    }
    await Promise.all(first);
  }

  /**
   * Looks now, because a person asked: at one host, or at all. May ask for secrets, forgets earlier failures,
   * and reads everything whatever its cadence. `signal` ends this look alone; the watching goes on.
   */
  async lookNow(hostId: string | undefined, signal: AbortSignal): Promise<{ seq: number }> {
    this.options.sessions.retry();
    const chosen = [...this.watched.values()].filter((one) => hostId === undefined || one.host.id === hostId);
    const both = AbortSignal.any([signal, this.stopped.signal]);
    await Promise.all(
      chosen.map(async (one) => {
        one.waiting ??= this.look(one, { background: false, everything: true, signal: both });
        await one.waiting;
        one.wake.abort('looked' satisfies Wake);
      }),
    );
    return { seq: this.seq };
  }

  snapshot(): { seq: number; snapshot: Snapshot } {
    const hosts = Object.fromEntries([...this.watched].map(([id, one]) => [id, one.reading]));
    const { estate, clock } = this.options;
    return {
      seq: this.seq,
      snapshot: { estate: estate.estate, takenAt: clock.now(), periodMs: this.periodMs, hosts },
    };
  }

  /** The newest raw evidence of that probe, or null. */
  evidenceOf(hostId: string, id: string): Evidence | null {
    return this.evidence.get(`${hostId} ${id}`) ?? null;
  }

  async stop(): Promise<void> {
    this.unsubscribe();
    this.stopped.abort();
    for (const one of this.watched.values()) one.wake.abort();
    await Promise.all(this.loops);
  }

  private async keepLooking(one: Watched, first: Promise<void>): Promise<void> {
    await first;
    while (!this.stopped.signal.aborted) {
      const error = one.reading.state === 'unreachable' ? one.reading.error : null;
      const delay = nextDelay({ failures: one.failures, error }, this.periodMs, this.options.random());
      one.wake = new AbortController();
      await this.pause(delay, one.wake.signal);
      if (this.stopped.signal.aborted) return;
      // A person looked while this loop waited: its next turn counts from that look.
      if (one.wake.signal.reason === 'looked') continue;
      await this.look(one, { background: true, everything: false, signal: this.stopped.signal });
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
      return this.slots.use(() => this.lookOnce(one, options));
    });
    one.running = running;
    return running;
  }

  private async lookOnce(one: Watched, options: LookOptions): Promise<void> {
    if (options.signal.aborted) return;
    const { sessions, sqlSession, clock } = this.options;
    const context = {
      host: one.host,
      services: one.services,
      sessions,
      sqlSession: (service: Service, purpose: 'poll' | 'slow') => sqlSession(one.host, service, purpose),
      clock,
      periodMs: this.periodMs,
    };
    const before = answerOf(one.reading);
    const whole = { ...options, onPartial: (look: HostLook) => this.take(one, look, false) };
    const look = await lookAtHost(context, before, whole).catch(
      // A fault of ours must not end the watching; it is shown at the host it happened at.
      (thrown): HostLook => ({
        result: { ok: false, error: { ...toAppError(thrown), host: one.host.id }, at: clock.now() },
        evidence: [],
      }),
    );
    if (!options.signal.aborted) this.take(one, look, true);
  }

  private take(one: Watched, { result, evidence }: HostLook, whole: boolean): void {
    for (const raw of evidence) this.evidence.set(`${one.host.id} ${raw.id}`, raw);
    if (whole) one.failures = result.ok ? 0 : one.failures + 1;
    one.reading = nextReading(one.reading, result);
    this.seq += 1;
    this.options.onChange({ seq: this.seq, host: one.host.id, reading: one.reading });
  }
}
