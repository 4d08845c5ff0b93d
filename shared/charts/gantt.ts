import type { Language } from '../contract';
import { formatDuration } from '../text/format';
import type { PlanStep } from '../views/plan';
import type { Chart, Shape } from './chart';
import { linearScale, timeMarks } from './scale';

const MINUTE_MS = 60_000;
const ROW = 20;
const BAR = 12;
const HEAD = 24;
/** Where the bars begin: name of the track, then the title of the step. */
const TRACK_X = 8;
const TITLE_X = 72;
const BARS_X = 360;
/** Width of a letter at 12 px, on the wide side: nothing here can measure text. */
const LETTER = 6;
const TITLE_LETTERS = Math.floor((BARS_X - TITLE_X) / LETTER) - 1;
/** Left free after the last mark, for half of its label. */
const MARGIN = 32;

export interface GanttInput {
  /** Listed after what they need; needs that are not among them count as done. */
  steps: readonly PlanStep[];
  criticalPath: readonly string[];
  trackName: Readonly<Record<PlanStep['track'], string>>;
  language: Language;
  width: number;
}

/**
 * Steps as bars over minutes since the start: likely duration as the bar, filled on the critical path, whisker to
 * the pessimistic one. Every step starts when the last of its needs is likely to end.
 * @returns null when a duration is unknown: what comes after it has no place in time.
 */
export function ganttOf({ steps, criticalPath, trackName, language, width }: GanttInput): Chart | null {
  const rows = scheduleOf(steps);
  if (rows === null || rows.length === 0) return null;
  const marks = timeMarks(Math.max(...rows.map((row) => row.worst)), 8);
  const end = marks.at(-1) ?? 1;
  const x = linearScale([0, end], [BARS_X, width - MARGIN]);
  const height = HEAD + rows.length * ROW;
  const grid = marks.flatMap((mark): Shape[] => [
    { kind: 'line', role: 'grid', x1: x(mark), y1: HEAD, x2: x(mark), y2: height },
    {
      kind: 'text',
      role: 'axis',
      x: x(mark),
      y: HEAD / 2,
      anchor: 'middle',
      text: mark === 0 ? '0' : formatDuration(mark * MINUTE_MS, language),
    },
  ]);
  const bars = rows.flatMap(({ step, start, likely, worst }, n): Shape[] => {
    const y = HEAD + n * ROW + ROW / 2;
    const critical = criticalPath.includes(step.id);
    const text = (role: 'lane' | 'label', left: number, words: string): Shape => ({
      kind: 'text',
      role,
      x: left,
      y,
      anchor: 'start',
      text: words,
    });
    return [
      // a track is named once, where it begins
      ...(rows[n - 1]?.step.track === step.track ? [] : [text('lane', TRACK_X, trackName[step.track])]),
      text('label', TITLE_X, shorten(step.title)),
      { kind: 'line', role: 'whisker', x1: x(likely), y1: y, x2: x(worst), y2: y },
      {
        kind: 'rect',
        role: critical ? 'bar-critical' : 'bar',
        x: x(start),
        y: y - BAR / 2,
        // a step of seconds must still be seen
        width: Math.max(1, x(likely) - x(start)),
        height: BAR,
        id: step.id,
      },
    ];
  });
  return { width, height, shapes: [...grid, ...bars] };
}

/** Titles end before the bars begin; the table of steps has them in full. */
function shorten(title: string): string {
  const letters = [...title];
  if (letters.length <= TITLE_LETTERS) return title;
  return `${letters
    .slice(0, TITLE_LETTERS - 1)
    .join('')
    .trimEnd()}…`;
}

interface Row {
  step: PlanStep;
  /** Minutes since the first step began. */
  start: number;
  likely: number;
  worst: number;
}

function scheduleOf(steps: readonly PlanStep[]): Row[] | null {
  const rows = new Map<string, Row>();
  for (const step of steps) {
    if (!step.minutes) return null;
    const start = Math.max(0, ...step.needs.map((id) => rows.get(id)?.likely ?? 0));
    rows.set(step.id, {
      step,
      start,
      likely: start + step.minutes.likely,
      worst: start + step.minutes.pessimistic,
    });
  }
  return [...rows.values()];
}
