/** A moment on two clocks of one desk: the one that people read, and the one that never jumps. Milliseconds. */
export interface Moment {
  wall: number;
  monotonic: number;
}

/** Apart from what a clock is put right by in an hour of ordinary drift. */
const TOLERANCE_MS = 2_000;

/**
 * Did the desk's two clocks go alike from first to last? Where not, the desk slept (the steady clock stands still
 * meanwhile, and servers go on writing) or its clock was set: how long it observed cannot be told.
 */
export function clocksAgree(moments: readonly Moment[]): boolean {
  const [first] = moments;
  return moments.every(
    (moment) =>
      first !== undefined &&
      Math.abs(moment.wall - first.wall - (moment.monotonic - first.monotonic)) <= TOLERANCE_MS,
  );
}
