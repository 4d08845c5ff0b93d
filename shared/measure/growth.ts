import type { Spread } from '../units/spread';

/** How much had come together at a moment. Seconds of a clock that does not jump; `total` never falls. */
export interface Point {
  at: number;
  total: number;
}

export interface Growth {
  /** From the first point to the last. */
  seconds: number;
  amount: number;
  /** Per second: over all of it, and in the slowest and the quickest of its equal windows. */
  rate: Spread;
}

/**
 * Growth per second of what was read at some moments, with its spread over `windows` equal parts of the time; between two
 * points it is taken as even. The mean of all windows is the rate over all, so that the spread always holds it.
 * null where there are less than two points, no time between them, or a total that falls.
 */
export function growthOf(points: readonly Point[], windows: number): Growth | null {
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last || !(last.at > first.at)) return null;
  for (const [index, point] of points.entries()) {
    const before = points[index - 1] ?? first;
    if (!(point.at >= before.at && point.total >= before.total)) return null;
  }
  const seconds = last.at - first.at;
  const amount = last.total - first.total;
  const likely = amount / seconds;
  const width = seconds / windows;
  let [low, high] = [likely, likely];
  for (let window = 0; window < windows; window += 1) {
    const from = totalAt(points, first.at + window * width);
    const to = totalAt(points, window === windows - 1 ? last.at : first.at + (window + 1) * width);
    const rate = Math.max(0, to - from) / width;
    low = Math.min(low, rate);
    high = Math.max(high, rate);
  }
  return { seconds, amount, rate: { low, likely, high } };
}

function totalAt(points: readonly Point[], at: number): number {
  const next = points.findIndex((point) => point.at >= at);
  const after = points[next];
  const before = points[next - 1];
  if (!after) return points.at(-1)?.total ?? 0;
  if (!before || after.at === before.at) return after.total;
  const share = (at - before.at) / (after.at - before.at);
  return before.total + share * (after.total - before.total);
}
