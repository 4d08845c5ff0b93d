import type { Language } from '../contract';
import { formatNumber, formatTime, withUnit } from '../text/format';
import type { LagPoint } from '../views/replication';
import type { Chart, Role, Shape } from './chart';
import { linearScale, type Scale } from './scale';

/** From and to, epoch milliseconds. */
type Gap = readonly [from: number, to: number];

export interface LagSeries {
  node: string;
  /** Oldest first. */
  points: readonly LagPoint[];
  /** Drawn as what needs attention. */
  attention: boolean;
}
export interface LagPlotInput {
  series: readonly LagSeries[];
  /** Epoch milliseconds of the left and the right edge. */
  from: number;
  to: number;
  /** A candidate may be this old. */
  limitSeconds: number;
  words: {
    limit(seconds: string): string;
    unknown: string;
    secondsBehind(value: string): string;
    notEvidence(node: string): string;
  };
  language: Language;
  zone: string;
  width: number;
  height: number;
}

const LEFT = 44;
/** Room for the names at the right ends of the lines. */
const RIGHT = 190;
const TOP = 12;
const BOTTOM = 26;
const LINE = 16;
const STRIP = 5;
/** A look that is missing this many times over is a gap; and never less than this. */
const MISSED_LOOKS = 4;
const LEAST_GAP_MS = 15_000;
const TIME_STEPS = [60_000, 300_000, 600_000, 1_800_000, 3_600_000] as const;

/**
 * How old replicas were, over time. Seconds from zero upwards on a linear axis; names and last values at the
 * right end of each line; what was not read is a hatched gap and never a line (a strip below the axis
 * where others were read); Seconds_Behind of the oldest
 * replica is a thin dashed line, told to be no evidence.
 * @returns null when there is no reading between the two times.
 */
export function lagPlotOf(input: LagPlotInput): Chart | null {
  const { from, to, width, height, limitSeconds, language, zone, words } = input;
  const series = input.series.map((one) => ({
    ...one,
    points: one.points.filter(({ at }) => at >= from && at <= to),
  }));
  if (series.every(({ points }) => points.length === 0)) return null;
  const [x0, x1, y0] = [LEFT, width - RIGHT, height - BOTTOM];
  const x = linearScale([from, to], [x0, x1]);
  const marks = valueMarks(highest(series, limitSeconds));
  const y = linearScale([0, marks.at(-1) ?? 1], [y0, TOP]);
  const oldest = series.toSorted((a, b) => (lastOf(b, from, to) ?? -1) - (lastOf(a, from, to) ?? -1))[0];
  const seconds = (value: number) => withUnit(formatNumber(value, language), 's');
  const gaps = series.map((one) => gapsOf(one.points, from, to));
  const dark = gaps.reduce(overlap, [[from, to]]);
  const text = (
    role: Role,
    tx: number,
    ty: number,
    anchor: 'start' | 'middle' | 'end',
    said: string,
  ): Shape => ({
    kind: 'text',
    role,
    x: tx,
    y: ty,
    anchor,
    text: said,
  });
  const labels = placed(
    [
      ...series.map((one) => {
        const last = lastOf(one, from, to);
        return {
          role: one.attention ? ('curve-attention' as const) : ('label' as const),
          y: y(last ?? 0),
          lines: [`${one.node}  ${last === null ? words.unknown : seconds(last)}`],
        };
      }),
      ...footnoteLabel(oldest, y, input),
    ],
    TOP,
    y0,
  );
  return {
    width,
    height,
    shapes: [
      ...dark.map((gap) => gapShape(gap, x, TOP, y0 - TOP)),
      // Where one of several is unknown, the others' lines are not to be covered: a strip below the axis.
      ...(series.length > 1 ? gaps.flat().map((gap) => gapShape(gap, x, y0 + 2, STRIP)) : []),
      ...marks.flatMap((mark): Shape[] => [
        { kind: 'line', role: 'grid', x1: x0, y1: y(mark), x2: x1, y2: y(mark) },
        text('axis', x0 - 8, y(mark), 'end', formatNumber(mark, language)),
      ]),
      ...timeMarksOf(from, to).map((at) =>
        text('axis', x(at), height - 10, 'middle', formatTime(at, zone).slice(0, 5)),
      ),
      { kind: 'line', role: 'limit', x1: x0, y1: y(limitSeconds), x2: x1, y2: y(limitSeconds) },
      text('limit', x0 + 6, y(limitSeconds) - 9, 'start', words.limit(seconds(limitSeconds))),
      ...(oldest ? pathsOf(oldest.points, 'secondsBehind', 'footnote', x, y, from, to) : []),
      // What needs attention is drawn last, on top of the others.
      ...series
        .toSorted((a, b) => Number(a.attention) - Number(b.attention))
        .flatMap((one) => lineOf(one, x, y, from, to)),
      ...labels.flatMap(({ role, lines, y: top }) =>
        lines.map((line, n) => text(n === 0 ? role : 'axis', x1 + 12, top + n * LINE, 'start', line)),
      ),
    ],
  };
}

function lineOf(one: LagSeries, x: Scale, y: Scale, from: number, to: number): Shape[] {
  const role = one.attention ? 'curve-attention' : 'curve';
  const last = one.points.at(-1);
  const seconds = lastOf(one, from, to);
  return [
    ...pathsOf(one.points, 'seconds', role, x, y, from, to),
    ...(last && seconds !== null
      ? [
          {
            kind: 'dot' as const,
            role: one.attention ? ('curve-attention' as const) : ('point' as const),
            x: x(last.at),
            y: y(seconds),
          },
        ]
      : []),
  ];
}

/** Seconds_Behind of the oldest replica, where it tells any. */
function footnoteLabel(oldest: LagSeries | undefined, y: Scale, { words, language }: LagPlotInput) {
  const value = oldest?.points.at(-1)?.secondsBehind ?? null;
  if (!oldest || value === null) return [];
  const said = words.secondsBehind(formatNumber(value, language));
  return [{ role: 'footnote' as const, y: y(value), lines: [said, words.notEvidence(oldest.node)] }];
}

/** The age at the right edge: the last one read, unless nothing is known since. */
function lastOf({ points }: LagSeries, from: number, to: number): number | null {
  const open = gapsOf(points, from, to).some(([, end]) => end === to);
  return open ? null : (points.at(-1)?.seconds ?? null);
}

const gapShape = ([start, end]: Gap, x: Scale, y: number, height: number): Shape => ({
  kind: 'rect',
  role: 'gap',
  x: x(start),
  y,
  width: x(end) - x(start),
  height,
});

const highest = (series: readonly LagSeries[], limit: number): number =>
  Math.max(
    limit * 2,
    ...series.flatMap(({ points }) =>
      points.flatMap(({ seconds, secondsBehind }) => [seconds ?? 0, secondsBehind ?? 0]),
    ),
  );

/** Marks from 0 to the first one at or above `high`: steps of 1, 2 or 5 times a power of ten, at most six. */
export function valueMarks(high: number): number[] {
  const power = 10 ** Math.floor(Math.log10(high / 5));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => high / one <= 5) ?? power * 10;
  return Array.from({ length: Math.ceil(high / step - 1e-9) + 1 }, (_, n) => n * step);
}

/** Round times between two, at most seven of them. */
function timeMarksOf(from: number, to: number): number[] {
  const step = TIME_STEPS.find((one) => (to - from) / one <= 7) ?? 3_600_000;
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, n) => first + n * step);
}

/** Longer than this between two readings, and nothing is known of the time between. */
function gapLimit(points: readonly LagPoint[]): number {
  const steps = points.slice(1).map((point, n) => point.at - (points[n]?.at ?? point.at));
  const usual = steps.toSorted((a, b) => a - b)[steps.length >> 1] ?? 0;
  return Math.max(LEAST_GAP_MS, usual * MISSED_LOOKS);
}

/** Times in which the age was not told, the time before the first reading and after the last included. */
export function gapsOf(points: readonly LagPoint[], from: number, to: number): Gap[] {
  const limit = gapLimit(points);
  const known = points.filter(({ seconds }) => seconds !== null).map(({ at }) => at);
  const ends = [from, ...known, to];
  const untold = (start: number, end: number) =>
    end - start > limit || points.some(({ at, seconds }) => seconds === null && at >= start && at <= end);
  return ends
    .slice(1)
    .map((end, n): Gap => [ends[n] ?? from, end])
    .filter(([start, end]) => untold(start, end));
}

/** What lies in a gap of both. */
const overlap = (some: readonly Gap[], others: readonly Gap[]): Gap[] =>
  some
    .flatMap(([start, end]) => others.map(([from, to]): Gap => [Math.max(start, from), Math.min(end, to)]))
    .filter(([start, end]) => end > start);

/** One path for each stretch without a gap. */
function pathsOf(
  points: readonly LagPoint[],
  value: 'seconds' | 'secondsBehind',
  role: Role,
  x: Scale,
  y: Scale,
  from: number,
  to: number,
): Shape[] {
  const told = points.map((point) => ({ ...point, seconds: point[value] }));
  const gaps = gapsOf(told, from, to);
  const stretches: [number, number][][] = [[]];
  let before: number | null = null;
  for (const { at, seconds } of told) {
    if (seconds === null) continue;
    const start = before;
    if (start !== null && gaps.some((gap) => gap[0] === start)) stretches.push([]);
    stretches.at(-1)?.push([x(at), y(seconds)]);
    before = at;
  }
  return stretches
    .filter(({ length }) => length > 1)
    .map((stretch) => ({ kind: 'path', role, points: stretch }));
}

/** Moves labels apart, downwards first and then up again where the room ends. */
function placed<T extends { y: number; lines: readonly string[] }>(
  labels: readonly T[],
  top: number,
  bottom: number,
): T[] {
  const tall = ({ lines }: T) => lines.length * LINE;
  const all = labels.toSorted((a, b) => a.y - b.y).map((label) => ({ ...label }));
  let free = top;
  for (const label of all) {
    label.y = Math.max(label.y, free);
    free = label.y + tall(label);
  }
  let end = bottom + LINE / 2;
  for (const label of all.toReversed()) {
    label.y = Math.min(label.y, end - tall(label) + LINE / 2);
    end = label.y - LINE / 2;
  }
  return all;
}
