/**
 * The arithmetic of moving data. Bytes, seconds and bytes per second throughout; every function is total and
 * gives Infinity for what never ends.
 */

/**
 * Effective throughput in bytes per second: `link · efficiency · contention`, and no more than the slowest of
 * the other limits (disks, cipher, a cap).
 */
export function throughput(
  link: { bytesPerSecond: number; efficiency: number; contention: number },
  ...limits: readonly number[]
): number {
  return Math.min(link.bytesPerSecond * link.efficiency * link.contention, ...limits);
}

/** Bytes per second that TCP sustains over a long way: streams · window ÷ round trip. */
export const windowLimit = (streams: number, windowBytes: number, roundTripSeconds: number): number =>
  (streams * windowBytes) / roundTripSeconds;

/** Bytes per second under loss: streams · MSS ÷ (RTT · √p) (Mathis, Semke, Mahdavi, Ott 1997). */
export const lossLimit = (
  streams: number,
  mssBytes: number,
  roundTripSeconds: number,
  loss: number,
): number => (streams * mssBytes) / (roundTripSeconds * Math.sqrt(loss));

/** Seconds to move a tree: `scan + bytes ÷ B + files · perFile ÷ streams`. */
export function transferSeconds(work: {
  scanSeconds: number;
  bytes: number;
  bytesPerSecond: number;
  files: number;
  perFileSeconds: number;
  streams: number;
}): number {
  return (
    work.scanSeconds + work.bytes / work.bytesPerSecond + (work.files * work.perFileSeconds) / work.streams
  );
}

export interface Passes {
  /** Seconds of pass 0, 1, 2 … */
  seconds: number[];
  /** The pass with writes stopped, after all of them. */
  finalSeconds: number;
  /** What no number of passes gets below; Infinity when they diverge. */
  floorSeconds: number;
  converges: boolean;
}

/** ρ, seconds of copying that one second of changes makes: `d ÷ B + f · perFile ÷ streams`. */
export const changeRatio = (change: {
  changedBytesPerSecond: number;
  bytesPerSecond: number;
  changedFilesPerSecond: number;
  perFileSeconds: number;
  streams: number;
}): number =>
  change.changedBytesPerSecond / change.bytesPerSecond +
  (change.changedFilesPerSecond * change.perFileSeconds) / change.streams;

/**
 * Delta passes after a first copy: `T(n+1) = S + ρ·T(n)`, floor `T* = S ÷ (1 − ρ)`, closed form
 * `T(n) = T* + ρⁿ(T0 − T*)`. ρ ≥ 1 never converges: more changes than can be sent.
 *
 * The final pass is T(most) whatever number of passes is listed: the list stops when another pass would gain
 * less than a hundredth, and a figure that depended on where it stops would jump up as inputs get better.
 */
export function deltaPasses(firstSeconds: number, scanSeconds: number, ratio: number, most = 8): Passes {
  if (!(ratio < 1)) {
    const never = Number.POSITIVE_INFINITY;
    return { seconds: [firstSeconds], finalSeconds: never, floorSeconds: never, converges: false };
  }
  const floorSeconds = scanSeconds / (1 - ratio);
  const finalSeconds = floorSeconds + ratio ** most * (firstSeconds - floorSeconds);
  const seconds = [firstSeconds];
  while (seconds.length < most) {
    const next = scanSeconds + ratio * (seconds.at(-1) ?? 0);
    seconds.push(next);
    // Within a hundredth of the floor another pass is not worth its effort.
    if (next - floorSeconds <= 0.01 * floorSeconds || next < 1) break;
  }
  return { seconds, finalSeconds, floorSeconds, converges: true };
}

/**
 * Passes after the first until one takes no more than `target` seconds; null when the floor is above it:
 * `n = ⌈ln((T0 − T*) ÷ (W − T*)) ÷ ln(1 ÷ ρ)⌉`.
 */
export function passesUntil(
  firstSeconds: number,
  scanSeconds: number,
  ratio: number,
  target: number,
): number | null {
  if (firstSeconds <= target) return 0;
  if (!(ratio < 1)) return null;
  const floor = scanSeconds / (1 - ratio);
  if (target <= floor) return null;
  if (ratio === 0) return 1;
  return Math.ceil(Math.log((firstSeconds - floor) / (target - floor)) / Math.log(1 / ratio));
}

/** Seconds of a dump through files: dump, send, load, index, one after the other. */
export function dumpAndLoadSeconds(dump: {
  bytes: number;
  dumpPerSecond: number;
  /** Bytes on the wire per byte of dump. */
  compression: number;
  bytesPerSecond: number;
  loadPerSecond: number;
  indexSeconds: number;
}): number {
  return (
    dump.bytes / dump.dumpPerSecond +
    (dump.bytes * dump.compression) / dump.bytesPerSecond +
    dump.bytes / dump.loadPerSecond +
    dump.indexSeconds
  );
}

/** Seconds of a piped dump: its slowest part, and the start. */
export const pipedSeconds = (parts: readonly number[], startSeconds: number): number =>
  Math.max(...parts) + startSeconds;

/**
 * Seconds a replica needs to catch up with what was written while it was seeded: `T_seed · ρ ÷ (1 − ρ)`,
 * ρ = write rate ÷ apply rate. Infinity when it applies no faster than is written.
 */
export function catchUpSeconds(seedSeconds: number, writeRate: number, applyRate: number): number {
  const ratio = writeRate / applyRate;
  return ratio < 1 ? (seedSeconds * ratio) / (1 - ratio) : Number.POSITIVE_INFINITY;
}

export interface ThreePoint {
  optimistic: number;
  likely: number;
  pessimistic: number;
}

/** PERT: expectation `(o + 4m + p) ÷ 6` and deviation `(p − o) ÷ 6`. */
export const pert = ({
  optimistic,
  likely,
  pessimistic,
}: ThreePoint): { mean: number; deviation: number } => ({
  mean: (optimistic + 4 * likely + pessimistic) / 6,
  deviation: (pessimistic - optimistic) / 6,
});

/** P90 of steps in a row, by the normal approximation: `ΣE + 1.28·√Σσ²`. */
export function serialP90(steps: readonly ThreePoint[]): number {
  const parts = steps.map(pert);
  const mean = parts.reduce((sum, part) => sum + part.mean, 0);
  return mean + 1.28 * Math.sqrt(parts.reduce((sum, part) => sum + part.deviation ** 2, 0));
}

/** Minutes a month may be lost at an availability (fraction). A year has 365.2425 days. */
export const monthlyAllowanceMinutes = (availability: number): number =>
  (1 - availability) * ((365.2425 * 24 * 60) / 12);
