import type { Minutes } from '../../views/plan';
import { DEVIATIONS, moments } from './three-point';

/** When a step begins and ends, minutes from T0: by expectation, and so that nine of ten runs are earlier. */
export interface PlannedTime {
  start: number;
  startP90: number;
  end: number;
  endP90: number;
}

/** A step on the clock. */
export interface ClockStep {
  id: string;
  needs: readonly string[];
  /** null: unknown; then nothing is said of its end, nor of what needs it. */
  minutes: Minutes | null;
  /** Minutes from T0 at which it begins, whatever it needs; null: when the last of its needs ends. */
  at: number | null;
}

interface End {
  mean: number;
  variance: number;
}
const NOW: End = { mean: 0, variance: 0 };

/**
 * Times of steps that are listed after what they need: each begins when the last of its needs is expected to end, and its P90
 * is `ΣE + 1.28 · √Σσ²` along that path, as the outage's. Needs that are not in the list are done at T0.
 */
export function plannedTimes(steps: readonly ClockStep[]): Map<string, PlannedTime> {
  const ends = new Map<string, End | null>();
  const starts = new Map<readonly string[], End | null>();
  const times = new Map<string, PlannedTime>();
  for (const { id, needs, minutes, at } of steps) {
    const start = at === null ? startAfter(needs, ends, starts) : { mean: at, variance: 0 };
    const end = start && minutes ? later(start, minutes) : null;
    ends.set(id, end);
    if (!start || !end) continue;
    times.set(id, { start: start.mean, startP90: p90(start), end: end.mean, endP90: p90(end) });
  }
  return times;
}

/** The end of the last of the needs; null when one of them is unknown. Steps that share a list of needs share the answer. */
function startAfter(
  needs: readonly string[],
  ends: ReadonlyMap<string, End | null>,
  starts: Map<readonly string[], End | null>,
): End | null {
  const known = starts.get(needs);
  if (known !== undefined) return known;
  let last: End | null = NOW;
  for (const need of needs) {
    const end = ends.get(need);
    if (end === undefined) continue;
    if (end === null) {
      last = null;
      break;
    }
    if (last && end.mean > last.mean) last = end;
  }
  starts.set(needs, last);
  return last;
}

function later(start: End, minutes: Minutes): End {
  const { mean, deviation } = moments(minutes);
  return { mean: start.mean + mean, variance: start.variance + deviation ** 2 };
}

const p90 = ({ mean, variance }: End): number => mean + DEVIATIONS.p90 * Math.sqrt(variance);
