import { ok } from '../../errors';
import { asBytes, asSeconds, type Bytes, type Seconds } from '../../units/measure';
import {
  amount,
  type BadInput,
  checked,
  checkedThen,
  type Outcome,
  positive,
  refuse,
  whole,
} from '../../units/outcome';

/** A series of passes over one tree: T(0) is the first copy, then `T(n+1) = S + ρ · T(n)`. */
export interface PassSeries {
  /** T(0). */
  first: Seconds;
  /** S, the fixed cost of each pass: walking the tree on both ends. */
  scan: Seconds;
  /** ρ of `changeRatio`. */
  ratio: number;
}

export interface Passes {
  /** Pass 0, 1, 2 … until another would gain less than a hundredth. */
  passes: Seconds[];
  /** The pass with writes stopped, after `most` of them. null: they diverge, no number stands for never. */
  final: Seconds | null;
  /** `T* = S ÷ (1 − ρ)`: what no number of passes gets below. null: they diverge. */
  floor: Seconds | null;
}

const seriesChecks = ({ first, scan, ratio }: PassSeries): (readonly BadInput[])[] => [
  amount('first', first, 'seconds'),
  amount('scan', scan, 'seconds'),
  amount('ratio', ratio, 'count'),
];

/** As near to 1 as a number that was divided can be told from it. */
const ALWAYS_BEHIND = 1 - 1e-9;

/**
 * Delta passes after a first copy, by the closed form `T(n) = T* + ρⁿ(T0 − T*)`. ρ ≥ 1 never converges.
 *
 * The final pass is T(most) whatever number of passes is listed: a figure that depended on where the list stops
 * would jump up as inputs get better.
 */
export function deltaPasses(series: PassSeries, most = 8): Outcome<Passes> {
  return checked(seriesChecks(series), () => {
    const { first, scan, ratio } = series;
    if (ratio >= ALWAYS_BEHIND) return { passes: [first], final: null, floor: null };
    const floor = asSeconds(scan / (1 - ratio));
    const passes = [first];
    while (passes.length < most) {
      const next = asSeconds(scan + ratio * (passes.at(-1) ?? 0));
      passes.push(next);
      if (next - floor <= 0.01 * floor || next < 1) break;
    }
    return { passes, final: asSeconds(floor + ratio ** most * (first - floor)), floor };
  });
}

/** T(n) alone, in closed form; also of a series that diverges, as long as it stays a number of seconds. */
export function passTime(series: PassSeries, n: number): Outcome<Seconds> {
  return checkedThen([...seriesChecks(series), whole('n', n, 0)], () => {
    const { first, scan, ratio } = series;
    const power = ratio ** n;
    // 1 + ρ + … + ρⁿ⁻¹
    const walks = Math.abs(ratio - 1) < 1e-9 ? n : (1 - power) / (1 - ratio);
    const time = scan * walks + power * first;
    return amount('n', time, 'seconds').length > 0
      ? refuse('ratio', 'never-ends', { value: String(ratio) })
      : ok(asSeconds(time));
  });
}

/** Bytes sent by the first copy and `n` passes back to back, when passes cost nothing else: `V · (1 − ρⁿ⁺¹) ÷ (1 − ρ)`. */
export function bytesSent(size: Bytes, ratio: number, n: number): Outcome<Bytes> {
  const diverges: BadInput[] =
    ratio >= ALWAYS_BEHIND ? [{ input: 'ratio', problem: 'never-ends', value: String(ratio) }] : [];
  const checks = [amount('size', size, 'bytes'), amount('ratio', ratio, 'count'), diverges, whole('n', n, 0)];
  return checked(checks, () => asBytes((size * (1 - ratio ** (n + 1))) / (1 - ratio)));
}

/** Passes until one is short enough, or why none ever is. */
export type PassCount =
  | { kind: 'after'; passes: number }
  /** More changes than can be sent: each pass is longer than the one before. */
  | { kind: 'diverges'; ratio: number }
  /** The walk itself is too long: neither more passes nor more bandwidth help, only a shorter scan. */
  | { kind: 'scan-too-long'; scan: Seconds; floor: Seconds }
  /** The walk alone would fit, with less change or a faster way: the floor does not. */
  | { kind: 'floor-too-high'; scan: Seconds; floor: Seconds };

/** Passes after the first until one takes no more than `target`: `⌈ln((T0 − T*) ÷ (W − T*)) ÷ ln(1 ÷ ρ)⌉`. */
export function passesUntil(series: PassSeries, target: Seconds): Outcome<PassCount> {
  const checks = [...seriesChecks(series), positive('target', target, 'seconds')];
  return checked(checks, (): PassCount => {
    const { first, scan, ratio } = series;
    if (first <= target) return { kind: 'after', passes: 0 };
    if (ratio >= ALWAYS_BEHIND) return { kind: 'diverges', ratio };
    const floor = asSeconds(scan / (1 - ratio));
    // With changes the floor is only neared; without any, the second pass stands on it.
    if (ratio > 0 ? target <= floor : target < floor) {
      return { kind: target <= scan ? 'scan-too-long' : 'floor-too-high', scan, floor };
    }
    if (ratio === 0) return { kind: 'after', passes: 1 };
    const passes = Math.log((first - floor) / (target - floor)) / Math.log(1 / ratio);
    // A pass that meets the target exactly is not one too few for the last digit of a logarithm.
    return { kind: 'after', passes: Math.max(1, Math.ceil(passes - 1e-9)) };
  });
}

/**
 * The last pass when passes start by a timer and not back to back: it carries what changed in the interval and
 * the pass before it, `S + ρ · (I + T)`.
 */
export function timedPass(series: PassSeries, before: Seconds, interval: Seconds): Outcome<Seconds> {
  const checks = [
    ...seriesChecks(series),
    amount('before', before, 'seconds'),
    amount('interval', interval, 'seconds'),
  ];
  return checked(checks, () => asSeconds(series.scan + series.ratio * (interval + before)));
}

/** What the floor gains by a little less of each of its causes, seconds per unit: which lever to pull. */
export interface FloorLevers {
  /** Seconds off the floor per second off the scan: `1 ÷ (1 − ρ)`. */
  perSecondOfScan: number;
  /** Seconds off the floor per hundredth off ρ, by more bandwidth or less change: `S ÷ (1 − ρ)² ÷ 100`. */
  perHundredthOfRatio: Seconds;
}

/** Refused where the passes diverge: without a floor nothing lowers it. */
export function floorLevers(series: PassSeries): Outcome<FloorLevers> {
  const { scan, ratio } = series;
  const diverges: BadInput[] =
    ratio >= ALWAYS_BEHIND ? [{ input: 'ratio', problem: 'never-ends', value: String(ratio) }] : [];
  return checked([...seriesChecks(series), diverges], () => ({
    perSecondOfScan: 1 / (1 - ratio),
    perHundredthOfRatio: asSeconds(scan / (1 - ratio) ** 2 / 100),
  }));
}
