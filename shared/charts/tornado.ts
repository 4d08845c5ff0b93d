import type { PlanInfluence } from '../views/plan';
import type { Chart, Shape } from './chart';
import { linearScale } from './scale';
import { lineAt, rectAt, shorten, textAt } from './shapes';

export interface TornadoInput {
  influence: readonly PlanInfluence[];
  /** What they move, at its likely inputs: P90 of the outage, minutes. */
  result: number;
  /** Minutes for people. */
  say: (minutes: number) => string;
  /** Said where an input decides whether there is a result at all. */
  decides: string;
  /** How many of the most influential ones. */
  most: number;
  width: number;
}

const NAMES = 300;
const VALUES = 110;
const ROW = 22;
const BAR = 12;
const HEAD = 22;

/**
 * Which unknown moves the outage most: a bar from the result at one end of each input's range to that at the other,
 * hollow where the input is only assumed or built in, the longest first as given.
 * @returns null when nothing moves it.
 */
export function tornadoOf({ influence, result, say, decides, most, width }: TornadoInput): Chart | null {
  const bars = influence.filter(({ swing }) => swing === null || swing > 0).slice(0, most);
  const ends = bars.flatMap(({ atLow, atHigh }) => [atLow ?? result, atHigh ?? result]);
  if (bars.length === 0 || ![result, ...ends].every(Number.isFinite)) return null;
  const [low, high] = [Math.min(result, ...ends), Math.max(result, ...ends)];
  const x = linearScale([low, high === low ? low + 1 : high], [NAMES, width - VALUES]);
  const height = HEAD + bars.length * ROW;
  const rows = bars.flatMap(({ path, title, source, atLow, atHigh, swing }, n): Shape[] => {
    const y = HEAD + n * ROW + ROW / 2;
    const from = Math.min(x(atLow ?? result), x(atHigh ?? result));
    const to = Math.max(x(atLow ?? result), x(atHigh ?? result));
    const known = source === 'measured' || source === 'stated';
    return [
      textAt('label', 8, y, 'start', shorten(title, NAMES - 16)),
      rectAt(known ? 'weight' : 'weight-assumed', from, y - BAR / 2, Math.max(1, to - from), BAR, path),
      textAt('value', width - VALUES + 10, y, 'start', swing === null ? decides : say(swing)),
    ];
  });
  return {
    width,
    height,
    shapes: [
      ...rows,
      lineAt('limit', x(result), HEAD - 4, x(result), height),
      textAt('value', x(result), HEAD / 2 - 2, 'middle', say(result)),
    ],
  };
}
