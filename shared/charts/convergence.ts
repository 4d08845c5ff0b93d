import type { Language } from '../contract';
import { formatDuration, formatNumber } from '../text/format';
import type { Plan } from '../views/plan';
import type { Chart, Role, Shape } from './chart';
import { linearScale, logMarks, logScale } from './scale';
import { lineAt, textAt } from './shapes';

const MINUTE_MS = 60_000;
const LEFT = 56;
/** Room at the right for the names of the lines: this much, or a share of a narrow drawing. */
const RIGHT = 230;
const RIGHT_SHARE = 0.36;
/** The last dot stands before the names, with its value beside it. */
const LAST = 76;
const TOP = 16;
/** Room for the name of a floor on the lowest mark, and for the names of the passes below it. */
const BOTTOM = 38;
/** Least duration drawn, minutes: a logarithm has no zero. */
const LEAST = 1 / 60;
/** Lines of a name, and the least distance of two names. */
const LINE = 14;

export interface ConvergenceInput {
  passes: NonNullable<Plan['totals']['filePasses']>;
  passName: (n: number) => string;
  /** Says the floor's duration, and on a second line what causes it. */
  floorName: (duration: string) => string;
  /** Passes that were run, minutes, from the first on. Left out: none was, and every dot is one that was computed. */
  measured?: readonly number[];
  /** What people asked for; `name` says so, `note` what follows. */
  target?: { minutes: number; name: string; note: string } | null;
  /** The same passes if one input were another. */
  lever?: { minutes: readonly number[]; name: string; note: string } | null;
  language: Language;
  width: number;
  height: number;
}

interface Name {
  role: Role;
  y: number;
  lines: readonly string[];
}

/**
 * Duration of each file pass on a logarithmic axis of minutes, and the floor that no number of passes gets below;
 * measured passes as dots on the line that was computed. Passes that diverge have no floor and are drawn without one.
 * @returns null when no pass takes any time that could be drawn.
 */
export function convergenceOf(input: ConvergenceInput): Chart | null {
  const { passes, passName, floorName, measured = [], target, lever, language, width, height } = input;
  const all = [
    ...passes.minutes,
    ...measured,
    ...(passes.floorMinutes === null ? [] : [passes.floorMinutes]),
    ...(target ? [target.minutes] : []),
    ...(lever?.minutes ?? []),
  ];
  if (passes.minutes.length === 0 || !all.every(Number.isFinite)) return null;
  const drawn = all.map((value) => Math.max(value, LEAST));
  const marks = logMarks(Math.min(...drawn), Math.max(...drawn), 9);
  const [low = LEAST, high = 1] = [marks[0], marks.at(-1)];
  const scale = logScale([low, high], [height - BOTTOM, TOP]);
  const y = (minutes: number) => scale(Math.max(minutes, LEAST));
  const count = Math.max(passes.minutes.length, measured.length, lever?.minutes.length ?? 0);
  const right = width - Math.min(RIGHT, width * RIGHT_SHARE);
  const x = linearScale([0, Math.max(1, count - 1)], [LEFT + 24, right - LAST]);
  const say = (minutes: number) => formatDuration(minutes * MINUTE_MS, language);
  const curve = (role: Role, minutes: readonly number[]): Shape[] =>
    minutes.slice(1).map((to, n) => lineAt(role, x(n), y(minutes[n] ?? to), x(n + 1), y(to)));
  const dots = (role: Role, minutes: readonly number[]): Shape[] =>
    minutes.flatMap((value, n): Shape[] => [
      { kind: 'dot', role, x: x(n), y: y(value) },
      textAt('value', x(n) + 8, y(value) - 9, 'start', say(value)),
    ]);
  const across = (role: Role, minutes: number): Shape => lineAt(role, LEFT, y(minutes), right, y(minutes));
  const names: Name[] = [];
  if (passes.floorMinutes !== null) {
    const [name = '', ...why] = floorName(say(passes.floorMinutes)).split('\n');
    names.push({ role: 'floor', y: y(passes.floorMinutes), lines: [name, ...why] });
  }
  if (target) names.push({ role: 'target', y: y(target.minutes), lines: [target.name, target.note] });
  if (lever) {
    names.push({ role: 'lever', y: y(lever.minutes.at(-1) ?? low), lines: [lever.name, lever.note] });
  }
  return {
    width,
    height,
    shapes: [
      ...marks.flatMap((mark): Shape[] => [
        across('grid', mark),
        textAt('axis', LEFT - 8, y(mark), 'end', formatNumber(mark, language)),
      ]),
      ...(passes.floorMinutes === null ? [] : [across('floor', passes.floorMinutes)]),
      ...(target ? [across('target', target.minutes)] : []),
      ...curve('curve', passes.minutes),
      ...(lever ? curve('lever', lever.minutes) : []),
      ...(measured.length > 0 ? dots('point', measured) : dots('predicted', passes.minutes)),
      ...Array.from({ length: count }, (_, n) => textAt('axis', x(n), height - 10, 'middle', passName(n))),
      ...apart(names).flatMap(({ role, y: at, lines }) =>
        lines.map((line, n) => textAt(n === 0 ? role : 'note', right + 8, at + n * LINE, 'start', line)),
      ),
    ],
  };
}

/** Names beside their lines, the upper one first, moved down where two would meet. */
function apart(names: readonly Name[]): Name[] {
  let free = Number.NEGATIVE_INFINITY;
  return [...names]
    .sort((a, b) => a.y - b.y)
    .map((name) => {
      const y = Math.max(name.y, free);
      free = y + LINE * name.lines.filter((line) => line !== '').length + 2;
      return { ...name, y, lines: name.lines.filter((line) => line !== '') };
    });
}
