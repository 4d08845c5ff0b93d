import type { Language } from '../contract';
import { DEVIATIONS, moments } from '../plan/schedule/three-point';
import { formatDuration, formatTime } from '../text/format';
import type { PlanStep, PlanTrack } from '../views/plan';
import type { Chart, Shape } from './chart';
import { type GanttMarks, marksOf } from './gantt-marks';
import { linearScale, type Scale, timeMarks } from './scale';
import { LETTER, lineAt, rectAt, shorten, textAt } from './shapes';

const MINUTE_MS = 60_000;
const ROW = 20;
const BAR = 12;
const HEAD = 24;
/** Room for the gates and for what giving up costs, above the bars. */
const ZONES = 26;
/** Where the bars begin: name of the track, then the title of the step. */
const TRACK_X = 8;
const TITLE_X = 92;
const BARS_X = 360;
/** Left free after the last mark, for half of its label. */
const MARGIN = 32;

/** What is drawn of a step; `clock` is its place in time where the plan has said it. */
export type GanttStep = Pick<PlanStep, 'id' | 'title' | 'track' | 'needs' | 'minutes'> &
  Partial<Pick<PlanStep, 'number' | 'clock'>>;

export interface GanttInput {
  /** Listed after what they need; needs that are not among them count as done. */
  steps: readonly GanttStep[];
  criticalPath: readonly string[];
  trackName: Readonly<Record<PlanTrack, string>>;
  language: Language;
  width: number;
  /** Where the bars begin; left out: room for 43 letters of title. */
  barsX?: number;
  /** The moment (epoch milliseconds) of minute 0, and whose clock; left out: minutes. */
  clock?: { start: number; zone: string } | null;
  /** Gates, the way back and the window; left out: bars alone. */
  marks?: GanttMarks | null;
}

/** A step in its place on the drawing, minutes. */
export interface Row {
  step: GanttStep;
  start: number;
  likely: number;
  /** Nine times of ten it takes no longer. */
  late: number;
}

/**
 * Steps as bars over time: likely duration as the bar, filled on the critical path, whisker to where nine of ten end.
 * Every step starts when the last of its needs is likely to end. Gates are squares above the bars, between what
 * giving up costs on either side of the point of no return, a line over the full height.
 * @returns null when a duration is unknown: what comes after it has no place in time.
 */
export function ganttOf(input: GanttInput): Chart | null {
  const { steps, criticalPath, trackName, language, width, barsX = BARS_X, clock, marks } = input;
  const all = scheduleOf(steps);
  if (all === null || all.length === 0) return null;
  const rows = all.filter(({ step }) => !marks?.gates.has(step.id));
  const last = Math.max(...all.map(({ late }) => late), marks?.end?.at ?? 0, marks?.turnBack?.at ?? 0);
  const first = Math.min(0, ...all.map(({ start }) => start));
  const ticks = timeMarks(last, 8, first);
  const x = linearScale([ticks[0] ?? 0, ticks.at(-1) ?? 1], [barsX, width - MARGIN]);
  const top = HEAD + (marks ? ZONES : 0);
  const bottom = top + rows.length * ROW;
  const grid = ticks.flatMap((tick): Shape[] => [
    lineAt('grid', x(tick), HEAD, x(tick), bottom),
    textAt('axis', x(tick), HEAD / 2, 'middle', tickText(tick, clock ?? null, language)),
  ]);
  const bars = rows.flatMap((row, n): Shape[] => {
    const y = top + n * ROW + ROW / 2;
    const { step } = row;
    const named = step.number === undefined ? step.title : `${step.number} ${step.title}`;
    const title = shorten(named, barsX - TITLE_X - LETTER);
    return [
      // a track is named once, where it begins
      ...(rows[n - 1]?.step.track === step.track
        ? []
        : [textAt('lane', TRACK_X, y, 'start', trackName[step.track])]),
      textAt('label', TITLE_X, y, 'start', title),
      ...barOf(row, y, criticalPath.includes(step.id), x, language),
    ];
  });
  const over = marks
    ? marksOf(marks, { rows: all, x, zonesY: HEAD + ZONES / 2, bottom, legendX: TRACK_X, width })
    : null;
  return {
    width,
    height: bottom + (over?.height ?? 0),
    shapes: [...(over?.behind ?? []), ...grid, ...bars, ...(over?.before ?? [])],
  };
}

function barOf(row: Row, y: number, critical: boolean, x: Scale, language: Language): Shape[] {
  const { step, start, likely, late } = row;
  // a step of seconds must still be seen
  const length = Math.max(1, x(likely) - x(start));
  const said = formatDuration((likely - start) * MINUTE_MS, language);
  const fits = critical && length > (said.length + 2) * LETTER;
  return [
    lineAt('whisker', x(likely), y, x(late), y),
    lineAt('whisker', x(late), y - 3, x(late), y + 3),
    rectAt(critical ? 'bar-critical' : 'bar', x(start), y - BAR / 2, length, BAR, step.id),
    ...(fits ? [textAt('bar-text', x(start) + LETTER, y, 'start', said)] : []),
  ];
}

const tickText = (tick: number, clock: GanttInput['clock'], language: Language): string => {
  if (clock) return formatTime(clock.start + tick * MINUTE_MS, clock.zone).slice(0, 5);
  return tick === 0 ? '0' : formatDuration(tick * MINUTE_MS, language);
};

/** Within how many minutes nine of ten of a step's runs end, by PERT; never less than is likely. */
const lateOf = ({ minutes }: GanttStep): number => {
  if (!minutes) return 0;
  const { mean, deviation } = moments(minutes);
  return Math.max(minutes.likely, mean + DEVIATIONS.p90 * deviation);
};

function scheduleOf(steps: readonly GanttStep[]): Row[] | null {
  const rows = new Map<string, Row>();
  for (const step of steps) {
    if (!step.minutes) return null;
    const needed = Math.max(0, ...step.needs.map((id) => rows.get(id)?.likely ?? 0));
    const start = step.clock?.start ?? needed;
    rows.set(step.id, { step, start, likely: start + step.minutes.likely, late: start + lateOf(step) });
  }
  return [...rows.values()];
}
