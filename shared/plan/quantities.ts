import type { Quantity } from '../estate/schema';

/** What a number measures. Numbers of different dimensions never meet. */
export type Dimension = 'bytes' | 'rate' | 'seconds' | 'count' | 'countRate' | 'fraction';

const DECIMAL = { k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15 } as const;
const BINARY = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 } as const;
const DAY = 86_400;

/** Unit → dimension and factor to the base unit (bytes, bytes per second, seconds, 1, 1 per second). */
const UNITS: ReadonlyMap<string, { dimension: Dimension; factor: number }> = new Map(build());

function* build(): Generator<[string, { dimension: Dimension; factor: number }]> {
  const prefixes: [string, number][] = [['', 1], ...Object.entries(DECIMAL), ...Object.entries(BINARY)];
  for (const [prefix, factor] of prefixes) {
    // o is the French octet; K is written as often as k.
    for (const name of [`${prefix}B`, `${prefix}o`, ...(prefix === 'k' ? ['KB', 'Ko'] : [])]) {
      yield [name, { dimension: 'bytes', factor }];
      yield [`${name}/s`, { dimension: 'rate', factor }];
      yield [`${name}/min`, { dimension: 'rate', factor: factor / 60 }];
      yield [`${name}/h`, { dimension: 'rate', factor: factor / 3600 }];
      for (const day of ['day', 'd', 'j', 'jour']) {
        yield [`${name}/${day}`, { dimension: 'rate', factor: factor / DAY }];
      }
    }
    // Network rates are in bits: 1 Gbit/s is 125 MB/s, and never 1 GB/s.
    for (const name of [`${prefix}bit/s`, `${prefix}bps`])
      yield [name, { dimension: 'rate', factor: factor / 8 }];
  }
  const seconds: [string, number][] = [
    ['ms', 1e-3],
    ['s', 1],
    ['min', 60],
    ['h', 3600],
    ['d', DAY],
    ['day', DAY],
    ['j', DAY],
  ];
  for (const [name, factor] of seconds) yield [name, { dimension: 'seconds', factor }];
  for (const name of ['count', 'files', 'fichiers', '1']) yield [name, { dimension: 'count', factor: 1 }];
  yield ['files/s', { dimension: 'countRate', factor: 1 }];
  for (const name of ['files/day', 'files/d', 'fichiers/j']) {
    yield [name, { dimension: 'countRate', factor: 1 / DAY }];
  }
  yield ['fraction', { dimension: 'fraction', factor: 1 }];
  yield ['%', { dimension: 'fraction', factor: 0.01 }];
}

/** Three values of one quantity in base units; equal when no range is known. */
export interface Spread {
  low: number;
  likely: number;
  high: number;
}

/**
 * A quantity in the base unit of its dimension. null when it cannot be meant: a unit of another dimension, a
 * negative number, a share over 1, a range that does not hold its value, more than a number can carry. Such an
 * input counts as unknown, and never as something near it.
 */
export function spreadOf(quantity: Quantity, dimension: Dimension): Spread | null {
  const unit = UNITS.get(quantity.unit);
  if (unit?.dimension !== dimension) return null;
  const { value, range = { low: value, high: value } } = quantity;
  const least = Math.min(range.low, range.high);
  const most = Math.max(range.low, range.high);
  if (value < least || value > most || least < 0) return null;
  const spread = { low: least * unit.factor, likely: value * unit.factor, high: most * unit.factor };
  const limit = dimension === 'fraction' ? 1 : Number.MAX_VALUE;
  return spread.high <= limit ? spread : null;
}
