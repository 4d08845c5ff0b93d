/** Lets work begin bit by bit, as long as the event loop keeps up. */
export interface Pace {
  /** Resolves when the next piece may begin. */
  calm(): Promise<void>;
}

const TICK_MS = 5;
/** Begun at each tick that comes in time. */
const AT_ONCE = 2;
/** A tick later than this says that there is enough to do already. */
const LATE_MS = 8;
/** Whatever keeps the loop busy, something begins this often. */
const AT_LEAST_EVERY_MS = 100;

/**
 * Fifty logins that all progress in one turn of the event loop hold it up for fifty times a signature; on a fast
 * network they do, on a slow one they never meet. So not their number is bounded here, but the delay they cause.
 */
export function createPace(now: () => number = () => performance.now()): Pace {
  const waiting: (() => void)[] = [];
  let timer: ReturnType<typeof setInterval> | null = null;
  let ticked = 0;
  let begun = 0;

  const begin = (most: number) => {
    begun = now();
    for (const go of waiting.splice(0, most)) go();
  };
  const tick = () => {
    const late = now() - ticked - TICK_MS;
    ticked = now();
    if (late <= LATE_MS) begin(AT_ONCE);
    else if (ticked - begun >= AT_LEAST_EVERY_MS) begin(1);
    if (waiting.length > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
  return {
    calm: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        if (timer !== null) return;
        ticked = now();
        timer = setInterval(tick, TICK_MS);
      }),
  };
}
