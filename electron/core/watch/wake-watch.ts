import { TICK_MS, type Tick, type Wake, wakeBetween } from '@shared/watch/wake';
import type { Clock } from '../ports';

/** Notices, from the clocks alone, that this program or its desk did not run for a while. */
export class WakeWatch {
  private readonly clock: Clock;
  private readonly onWake: (wake: Wake) => void;
  private last: Tick;
  private timer: ReturnType<typeof setInterval> | null = null;

  constructor(clock: Clock, onWake: (wake: Wake) => void) {
    this.clock = clock;
    this.onWake = onWake;
    this.last = this.now();
  }

  start(): void {
    this.last = this.now();
    this.timer = setInterval(() => this.check(), TICK_MS);
    this.timer.unref();
  }

  stop(): void {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
  }

  /**
   * To be asked before anything is begun and before a result is believed: after a sleep all timers are due at
   * once, and whichever comes first must already know.
   */
  check(): void {
    const before = this.last;
    this.last = this.now();
    if (this.timer === null) return;
    const wake = wakeBetween(before, this.last);
    if (wake) this.onWake(wake);
  }

  private now(): Tick {
    return { wall: this.clock.now(), monotonic: this.clock.monotonic() };
  }
}
