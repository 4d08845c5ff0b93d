import type { Mark } from '@shared/recording/frame';
import type { TimeLine } from '@shared/recording/time-line';

/** The stretch of time that the scrubber shows, epoch milliseconds. */
export interface Span {
  from: number;
  to: number;
}

/** Longest stretch at once: a tick of a minute is still a pixel. */
const LONGEST_MS = 6 * 3_600_000;

/** The stretch around `at`: the newest one while `at` is in it, else the one in which `at` is in the middle. */
export function spanOf({ from, to }: Span, at: number): Span {
  if (to - from <= LONGEST_MS) return { from, to: Math.max(to, from + 1) };
  if (at >= to - LONGEST_MS) return { from: to - LONGEST_MS, to };
  const begin = Math.max(from, at - LONGEST_MS / 2);
  return { from: begin, to: begin + LONGEST_MS };
}

/** Share of the span, 0 to 1. */
export const shareOf = (t: number, { from, to }: Span): number =>
  Math.min(1, Math.max(0, (t - from) / (to - from)));

/** The event before or after `at`; null when there is none. Events at one time are one step. */
export function stepFrom(marks: readonly Mark[], at: number, by: 1 | -1): number | null {
  const found = by === 1 ? marks.find((mark) => mark.t > at) : marks.findLast((mark) => mark.t < at);
  return found?.t ?? null;
}

/** What happened last by then. */
export const newestBy = (marks: readonly Mark[], at: number): Mark | null =>
  marks.findLast((mark) => mark.t <= at) ?? null;

/** Ticks of the axis: round times of day, at most eight. `offsetMs` is the zone's distance from UTC. */
export function ticksOf({ from, to }: Span, offsetMs: number): number[] {
  const steps = [10, 30, 60, 120, 300, 600, 1800, 3600].map((seconds) => seconds * 1000);
  const step = steps.find((each) => (to - from) / each <= 8) ?? 3_600_000;
  const first = Math.ceil((from + offsetMs) / step) * step - offsetMs;
  return Array.from({ length: Math.floor((to - first) / step) + 1 }, (_, index) => first + index * step);
}

/** The newest moment: for the console's own recording it is now. */
export const endOf = (line: TimeLine, source: 'live' | 'file', now: number): number =>
  source === 'live' ? Math.max(line.to, now) : line.to;
