/** Lets work begin bit by bit, as long as the event loop keeps up. */
export interface Pace {
  /** Resolves when the next piece may begin. */
  calm(): Promise<void>;
}

const TICK_MS = 5;
/** Begun for each tick that should have been; after a pause that others made, at most so many together. */
const PER_TICK = 2;
const AT_MOST = 10;
/** Processor time between two ticks beyond which there is enough to do already. */
const BUSY_MS = 12;
/** Whatever keeps the loop busy, something begins this often. */
const AT_LEAST_EVERY_MS = 100;

/** Milliseconds: a clock that never jumps, and the processor time that this process has used. */
export interface Gauges {
  now(): number;
  spent(): number;
}
const GAUGES: Gauges = {
  now: () => performance.now(),
  spent: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
};

/**
 * Fifty logins that all progress in one turn of the event loop hold it up for fifty times a signature; on a fast
 * network they do, on a slow one they never meet. So not their number is bounded here, but the work of a turn, in
 * processor time: a tick that is late because other programs had the processor is no reason to do less.
 */
export function createPace({ now, spent }: Gauges = GAUGES): Pace {
  const waiting: (() => void)[] = [];
  let timer: ReturnType<typeof setInterval> | null = null;
  let last = { now: 0, spent: 0 };
  let begun = 0;

  const begin = (most: number) => {
    begun = now();
    for (const go of waiting.splice(0, most)) go();
  };
  const tick = () => {
    const before = last;
    last = { now: now(), spent: spent() };
    const ticks = Math.max(1, Math.round((last.now - before.now) / TICK_MS));
    if (last.spent - before.spent <= BUSY_MS) begin(Math.min(AT_MOST, PER_TICK * ticks));
    else if (last.now - begun >= AT_LEAST_EVERY_MS) begin(1);
    if (waiting.length > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
  return {
    calm: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        if (timer !== null) return;
        last = { now: now(), spent: spent() };
        timer = setInterval(tick, TICK_MS);
      }),
  };
}
