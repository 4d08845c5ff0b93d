import type { Mark } from '@shared/recording/frame';
import { type MarkShape, shapeOf } from '@shared/recording/marks';
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

/**
 * Where the axis ends while time goes on: in steps of about a 300th of what is shown, so that a second that passes
 * moves nothing but the thumb.
 */
export function steadyEnd({ from, to }: Span): number {
  const step = 2 ** Math.ceil(Math.log2(Math.max(1, Math.min(to - from, LONGEST_MS)) / 512));
  return Math.ceil(to / step) * step;
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

/** Marks that would lie on each other on the screen, as one. */
export interface Column {
  /** Time of the mark that is drawn, epoch milliseconds. */
  t: number;
  shape: MarkShape;
  /** All of them, oldest first; never empty. */
  marks: readonly Mark[];
}

/** Of several marks in one place this is the one to see. */
const WEIGHT = { critical: 3, attention: 2, unknown: 1, note: 0 } as const satisfies Record<
  MarkShape,
  number
>;

/** The marks within the span, gathered into at most `count` columns of equal width. */
export function columnsOf(marks: readonly Mark[], span: Span, count: number): Column[] {
  const columns = new Map<number, { t: number; shape: MarkShape; marks: Mark[] }>();
  for (const mark of marks) {
    if (mark.t < span.from || mark.t > span.to) continue;
    const at = Math.min(count - 1, Math.floor(shareOf(mark.t, span) * count));
    const shape = shapeOf(mark);
    const column = columns.get(at);
    if (!column) {
      columns.set(at, { t: mark.t, shape, marks: [mark] });
      continue;
    }
    column.marks.push(mark);
    if (WEIGHT[shape] > WEIGHT[column.shape]) Object.assign(column, { t: mark.t, shape });
  }
  return [...columns.values()];
}
