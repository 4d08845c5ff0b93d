import type { Role, Shape } from './chart';
import type { Row } from './gantt';
import type { Scale } from './scale';
import { LETTER, lineAt, rectAt, textAt } from './shapes';

/** What stands above and across the bars of a Gantt. Minutes since its first step began. */
export interface GanttMarks {
  /** Steps at which people decide, by id, with the name that stands in their square: "G1". Drawn as squares, not as bars. */
  gates: ReadonlyMap<string, string>;
  /** The step from which on the way back is another one, and what the line is called. */
  noReturn: { step: string; name: string } | null;
  /** Names of the two zones: before the point of no return, and after it. */
  free: string;
  reverse: string;
  /** Whoever is not through by then goes back; `formula` says how it was found. */
  turnBack: { at: number; name: string; formula: string } | null;
  end: { at: number; name: string } | null;
  legend: { critical: string; whisker: string; gate: string };
}

interface Place {
  rows: readonly Row[];
  x: Scale;
  /** Middle of the band of zones and gates. */
  zonesY: number;
  /** Where the bars end. */
  bottom: number;
  legendX: number;
  width: number;
}

const LINE = 18;
const SQUARE = 18;
const BAND = 14;
/** Half of what the square of a gate takes, with some air. */
const HALF = SQUARE / 2 + 4;

/** Shapes behind the bars, shapes before them, and the height of what is said below. */
export function marksOf(
  marks: GanttMarks,
  place: Place,
): { behind: Shape[]; before: Shape[]; height: number } {
  const { rows, x, zonesY } = place;
  const startOf = (id: string) => rows.find(({ step }) => step.id === id)?.start ?? null;
  const point = marks.noReturn && startOf(marks.noReturn.step);
  const end = Math.max(...rows.map(({ likely }) => likely));
  const backs = marks.turnBack ? Math.max(end, marks.turnBack.at) : end;
  const behind: Shape[] = [];
  if (point !== null) {
    behind.push(rectAt('zone-free', x(0), zonesY - BAND / 2, x(point) - x(0), BAND));
    behind.push(rectAt('zone-reverse', x(point), zonesY - BAND / 2, x(backs) - x(point), BAND));
  }
  const before = [
    ...(point === null ? [] : zoneNames(marks, point, backs, x, zonesY)),
    ...lines(marks, point, place),
    ...gates(marks, startOf, x, zonesY),
    ...legend(marks, place),
  ];
  return { behind, before, height: 3 * LINE + 6 };
}

/** A name stands in its zone where there is room for it, and is said below the bars by the lines where there is none. */
function zoneNames(marks: GanttMarks, point: number, backs: number, x: Scale, y: number): Shape[] {
  const fits = (name: string, from: number, to: number) => x(to) - x(from) - 2 * HALF > name.length * LETTER;
  return [
    ...(fits(marks.free, 0, point) ? [textAt('zone-name', x(0) + HALF, y, 'start', marks.free)] : []),
    ...(fits(marks.reverse, point, backs)
      ? [textAt('zone-name', x(point) + HALF, y, 'start', marks.reverse)]
      : []),
  ];
}

function gates(marks: GanttMarks, startOf: (id: string) => number | null, x: Scale, y: number): Shape[] {
  return [...marks.gates].flatMap(([id, name]): Shape[] => {
    const at = startOf(id);
    if (at === null) return [];
    const width = Math.max(SQUARE, (name.length + 1) * LETTER);
    return [
      rectAt('gate', x(at) - width / 2, y - SQUARE / 2, width, SQUARE, id),
      textAt('gate', x(at), y, 'middle', name),
    ];
  });
}

/** Each line has a line of text of its own below the bars, so that no two names meet; texts stand before all lines. */
function lines(marks: GanttMarks, point: number | null, { x, zonesY, bottom, width }: Place): Shape[] {
  const { noReturn, turnBack, end } = marks;
  const named: { role: Role; at: number; n: number; text: string }[] = [];
  if (noReturn && point !== null) named.push({ role: 'no-return', at: point, n: 0, text: noReturn.name });
  if (turnBack) {
    const text = `${turnBack.name} ${turnBack.formula}`;
    named.push({ role: 'turn-back', at: turnBack.at, n: 1, text });
  }
  if (end) named.push({ role: 'window-end', at: end.at, n: 2, text: end.name });
  const y = (n: number) => bottom + 6 + LINE * (n + 0.5);
  return [
    ...named.map(({ role, at, n }) => lineAt(role, x(at), zonesY - BAND, x(at), y(n) - 8)),
    ...named.map(({ role, at, n, text }) => within(role, x(at), y(n), text, width)),
  ];
}

/** A name in the middle below its line, or as far to the right as the drawing goes. */
function within(role: Role, at: number, y: number, text: string, width: number): Shape {
  const half = (text.length * LETTER) / 2;
  return at + half > width - 4
    ? textAt(role, width - 4, y, 'end', text)
    : textAt(role, at, y, 'middle', text);
}

/** The three marks and what they mean, at the left below the bars. */
function legend({ legend: words }: GanttMarks, { bottom, legendX }: Place): Shape[] {
  const y = (n: number) => bottom + 6 + LINE * (n + 0.5);
  const text = (n: number, words_: string) => textAt('note', legendX + 30, y(n), 'start', words_);
  return [
    rectAt('bar-critical', legendX, y(0) - 5, 22, 10),
    text(0, words.critical),
    lineAt('whisker', legendX, y(1), legendX + 22, y(1)),
    lineAt('whisker', legendX + 22, y(1) - 3, legendX + 22, y(1) + 3),
    text(1, words.whisker),
    rectAt('gate', legendX + 3, y(2) - 7, 16, 14),
    text(2, words.gate),
  ];
}
