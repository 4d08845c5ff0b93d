import type { Chart, Shape } from './chart';
import { linearScale } from './scale';
import { LETTER, lineAt, rectAt, textAt } from './shapes';

export interface AllowanceBar {
  /** What is compared: "as measured", "with the lever". */
  name: string;
  /** Minutes that it takes of the month. */
  minutes: number;
  /** What is said at its end: "84: 40 short". */
  says: string;
}

export interface AllowanceInput {
  /** Minutes of the month that the target allows. */
  allowed: number;
  /** The same for people: "43.8 min". */
  allowedText: string;
  bars: readonly AllowanceBar[];
  width: number;
}

const NAMES = 150;
const BAR = 14;
const ROW = 30;
const HEAD = 22;

/**
 * The month as a wallet: grey up to what is allowed, filled beyond it, and a mark over all bars where it ends.
 * @returns null without a bar, or when a number is none: zero allowed is a wallet, too, and everything is beyond it.
 */
export function allowanceOf({ allowed, allowedText, bars, width }: AllowanceInput): Chart | null {
  const numbers = [allowed, ...bars.map(({ minutes }) => minutes)];
  if (bars.length === 0 || !numbers.every((value) => Number.isFinite(value) && value >= 0)) return null;
  const most = Math.max(...numbers);
  const longest = Math.max(...bars.map(({ says }) => says.length)) * LETTER + 12;
  const x = linearScale([0, most === 0 ? 1 : most], [NAMES, width - longest]);
  const height = HEAD + bars.length * ROW;
  const rows = bars.flatMap(({ name, minutes, says }, n): Shape[] => {
    const y = HEAD + n * ROW + ROW / 2;
    const within = Math.min(minutes, allowed);
    return [
      textAt('label', 8, y, 'start', name),
      rectAt('allowed', x(0), y - BAR / 2, x(within) - x(0), BAR),
      ...(minutes > allowed ? [rectAt('over', x(allowed), y - BAR / 2, x(minutes) - x(allowed), BAR)] : []),
      textAt(minutes > allowed ? 'target' : 'value', x(minutes) + 8, y, 'start', says),
    ];
  });
  return {
    width,
    height,
    shapes: [
      ...rows,
      lineAt('limit', x(allowed), HEAD - 6, x(allowed), height),
      textAt('value', x(allowed), HEAD / 2 - 2, 'middle', allowedText),
    ],
  };
}
