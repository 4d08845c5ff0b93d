import { expect, test } from 'vitest';
import { type Dimension, spreadOf } from './quantities';

test.each<[number, string, Dimension, number]>([
  [1, 'TB', 'bytes', 1e12],
  [1, 'To', 'bytes', 1e12],
  [1, 'TiB', 'bytes', 2 ** 40],
  [5, 'Go', 'bytes', 5e9],
  [1, 'Gbit/s', 'rate', 125e6],
  [100, 'Mbps', 'rate', 12.5e6],
  [80, 'MB/s', 'rate', 80e6],
  [86.4, 'GB/day', 'rate', 1e6],
  [86.4, 'Go/j', 'rate', 1e6],
  [40, 'min', 'seconds', 2400],
  [3, 'ms', 'seconds', 0.003],
  [93, '%', 'fraction', 0.93],
  [2e6, 'files', 'count', 2e6],
])('%d %s is a %s of %d', (value, unit, dimension, expected) => {
  const spread = spreadOf({ value, unit, source: 'stated' }, dimension);
  expect(spread?.likely).toBeCloseTo(expected, 9);
  expect(spread?.low).toBe(spread?.high);
});

test.each<[number, string, Dimension]>([
  [1, 'GB', 'rate'],
  [1, 'Gbit/s', 'bytes'],
  [1, 'parsecs', 'seconds'],
  [-1, 'GB', 'bytes'],
  [300, '%', 'fraction'],
  [1e300, 'TB', 'bytes'],
])('%d %s is no %s: it counts as unknown', (value, unit, dimension) => {
  expect(spreadOf({ value, unit, source: 'assumed' }, dimension)).toBeNull();
});

test('a range that does not hold its value counts as unknown: the value is never moved into it', () => {
  const range = { low: 2, high: 3 };
  expect(spreadOf({ value: 1, unit: 'TB', source: 'assumed', range }, 'bytes')).toBeNull();
});

test('a range comes in order, in base units', () => {
  const range = { low: 80, high: 60 };
  expect(spreadOf({ value: 70, unit: '%', source: 'reference', range }, 'fraction')).toEqual({
    low: 0.6,
    likely: 0.7000000000000001,
    high: 0.8,
  });
});
