/** The console's two clocks at one moment, in milliseconds: the one people read, and the one that never jumps. */
export interface Tick {
  wall: number;
  monotonic: number;
}

/**
 * What the clocks say happened since the last tick. `slept`: this program did not run for `ms` (the desk was
 * suspended, or the program stopped); a clock that was set forward looks the same and is treated the same.
 * `clock-back`: the desk's clock was set back by `ms`, so that what was read before now seems to be from later.
 */
export interface Wake {
  why: 'slept' | 'clock-back';
  ms: number;
}

/** Milliseconds between two ticks while awake. */
export const TICK_MS = 1_000;
/** A busy program is late by less than this. */
const SLEPT_MS = 5_000;
/** Clocks are disciplined in steps below this (ntpd slews up to 128 ms, chrony steps at start). */
const SET_BACK_MS = 2_000;

/** null: nothing but time has passed. While a Linux desk is suspended only its wall clock goes on. */
export function wakeBetween(before: Tick, now: Tick): Wake | null {
  const wall = now.wall - before.wall;
  const monotonic = now.monotonic - before.monotonic;
  if (Math.max(wall, monotonic) > SLEPT_MS) return { why: 'slept', ms: Math.max(wall, monotonic) };
  if (wall - monotonic < -SET_BACK_MS) return { why: 'clock-back', ms: monotonic - wall };
  return null;
}

/** Readings whose age is less sure than this are from a clock that was set back. */
const FUTURE_MS = 2_000;

/**
 * Is this reading, of time `at`, not to be believed as of now, whatever its age? It was taken before the desk
 * slept (`suspectBefore`), or at a time that has yet to come. All in epoch milliseconds.
 */
export const isSuspect = (at: number, now: number, suspectBefore: number | undefined): boolean =>
  (suspectBefore !== undefined && at < suspectBefore) || at > now + FUTURE_MS;
