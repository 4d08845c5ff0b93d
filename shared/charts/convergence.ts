import type { Language } from '../contract';
import { formatDuration, formatNumber } from '../text/format';
import type { Plan } from '../views/plan';
import type { Chart, Shape } from './chart';
import { linearScale, logMarks, logScale } from './scale';

const MINUTE_MS = 60_000;
const LEFT = 56;
/** Room at the right for the name of the floor. */
const RIGHT = 230;
const TOP = 16;
/** Room for the name of a floor on the lowest mark, and for the names of the passes below it. */
const BOTTOM = 38;
/** Least duration drawn, minutes: a logarithm has no zero. */
const LEAST = 1 / 60;

export interface ConvergenceInput {
  passes: NonNullable<Plan['totals']['filePasses']>;
  passName: (n: number) => string;
  /** Says the floor's duration and what causes it. */
  floorName: (duration: string) => string;
  language: Language;
  width: number;
  height: number;
}

/**
 * Duration of each file pass on a logarithmic axis of minutes, and the floor that no number of passes gets below.
 * Passes that diverge have no floor and are drawn without one.
 * @returns null when no pass takes any time that could be drawn.
 */
export function convergenceOf(input: ConvergenceInput): Chart | null {
  const { passes, passName, floorName, language, width, height } = input;
  if (passes.minutes.length === 0 || !passes.minutes.every(Number.isFinite)) return null;
  const floor = passes.floorMinutes === null ? [] : [passes.floorMinutes];
  const drawn = [...passes.minutes, ...floor].map((value) => Math.max(value, LEAST));
  const marks = logMarks(Math.min(...drawn), Math.max(...drawn), 9);
  const [low = LEAST, high = 1] = [marks[0], marks.at(-1)];
  const y = logScale([low, high], [height - BOTTOM, TOP]);
  const x = linearScale([0, Math.max(1, passes.minutes.length - 1)], [LEFT + 24, width - RIGHT]);
  const points = passes.minutes.map((value, n) => ({ value, x: x(n), y: y(Math.max(value, LEAST)) }));
  const say = (minutes: number) => formatDuration(minutes * MINUTE_MS, language);
  const text = (
    role: 'axis' | 'value' | 'floor',
    at: { x: number; y: number },
    anchor: 'start' | 'middle' | 'end',
    words: string,
  ): Shape => ({ kind: 'text', role, ...at, anchor, text: words });
  return {
    width,
    height,
    shapes: [
      ...marks.flatMap((mark): Shape[] => [
        { kind: 'line', role: 'grid', x1: LEFT, y1: y(mark), x2: width - RIGHT, y2: y(mark) },
        text('axis', { x: LEFT - 8, y: y(mark) }, 'end', formatNumber(mark, language)),
      ]),
      ...floor.flatMap((value): Shape[] => {
        const at = y(Math.max(value, LEAST));
        return [
          { kind: 'line', role: 'floor', x1: LEFT, y1: at, x2: width - RIGHT, y2: at },
          // below the line: above it stands the value of the last pass
          text('floor', { x: width - RIGHT + 8, y: at + 10 }, 'start', floorName(say(value))),
        ];
      }),
      ...points.slice(1).map((to, n): Shape => {
        const from = points[n] ?? to;
        return { kind: 'line', role: 'curve', x1: from.x, y1: from.y, x2: to.x, y2: to.y };
      }),
      ...points.flatMap((point, n): Shape[] => [
        { kind: 'dot', role: 'point', x: point.x, y: point.y },
        text('value', { x: point.x + 8, y: point.y - 9 }, 'start', say(point.value)),
        text('axis', { x: point.x, y: height - 10 }, 'middle', passName(n)),
      ]),
    ],
  };
}
