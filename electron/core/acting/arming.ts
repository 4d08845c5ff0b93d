import type { DisarmedBy } from '@shared/journal/entry';
import type { Arm } from '@shared/views/lever';
import type { Clock } from '../ports';

/** So long a person may act after they armed the console. */
export const ARMED_MS = 15 * 60_000;

/**
 * Whether this console may act on an estate. It starts disarmed; only a person arms it, and it disarms itself after
 * a quarter of an hour by the clock that never jumps.
 */
export class Arming {
  private readonly clock: Clock;
  private readonly onChange: (arm: Arm, why: DisarmedBy) => void;
  /** By the monotonic clock; null: disarmed. */
  private until: number | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;

  /** `onChange` is told each time it is armed, also anew, and once when it is disarmed; `why` matters only then. */
  constructor(clock: Clock, onChange: (arm: Arm, why: DisarmedBy) => void) {
    this.clock = clock;
    this.onChange = onChange;
  }

  get armed(): boolean {
    return this.until !== null && this.clock.monotonic() < this.until;
  }

  /** For the screen: until when by the clock on the wall. */
  get(): Arm {
    if (!this.armed || this.until === null) return { armed: false, until: null };
    return { armed: true, until: Math.round(this.clock.now() + this.until - this.clock.monotonic()) };
  }

  /** Arms for the whole time anew, or disarms at once. */
  set(armed: boolean, why: DisarmedBy = 'person'): Arm {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const before = this.until !== null;
    this.until = armed ? this.clock.monotonic() + ARMED_MS : null;
    if (armed) {
      this.timer = setTimeout(() => this.set(false, 'expired'), ARMED_MS);
      this.timer.unref();
    }
    if (armed || before) this.onChange(this.get(), why);
    return this.get();
  }
}
