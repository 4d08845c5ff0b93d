import { expect, test } from 'vitest';
import { spreadOf } from './spread';
import { refusalsOf, solved } from './testing/expect-outcome';
import type { Dimension } from './unit-names';

test.each<[number, string, Dimension, number]>([
  [1, 'TB', 'bytes', 1e12],
  [1, 'To', 'bytes', 1e12],
  [1, 'TiB', 'bytes', 2 ** 40],
  [1, 'Tio', 'bytes', 2 ** 40],
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
  [1100, 'EUR', 'money', 1100],
])('%d %s is a %s of %d', (value, unit, dimension, expected) => {
  const { low, likely, high } = solved(spreadOf({ value, unit, source: 'stated' }, dimension));
  expect(likely).toBeCloseTo(expected, 9);
  expect([low, high]).toEqual([likely, likely]);
});

test.each<[number, string, Dimension, string]>([
  [1, 'GB', 'rate', 'unit: wrong-unit'],
  [1, 'Gbit/s', 'bytes', 'unit: wrong-unit'],
  [1, 'EUR', 'count', 'unit: wrong-unit'],
  [1, 'parsecs', 'seconds', 'unit: unknown-unit'],
  [-1, 'GB', 'bytes', 'value: negative'],
  [300, '%', 'fraction', 'value: over-one'],
  [1e300, 'TB', 'bytes', 'value: absurd'],
  [Number.NaN, 's', 'seconds', 'value: not-a-number'],
])('%d %s is no %s, and why: %s', (value, unit, dimension, refusal) => {
  expect(refusalsOf(spreadOf({ value, unit, source: 'assumed' }, dimension))[0]).toBe(refusal);
});

test('a range that does not hold its value is refused: the value is never moved into it', () => {
  const range = { low: 2, high: 3 };
  const read = spreadOf({ value: 1, unit: 'TB', source: 'assumed', range }, 'bytes');
  expect(refusalsOf(read)).toEqual(['range: range-without-value']);
});

test('a range comes in order, in base units', () => {
  const range = { low: 80, high: 60 };
  const { low, likely, high } = solved(
    spreadOf({ value: 70, unit: '%', source: 'reference', range }, 'fraction'),
  );
  expect([low, high]).toEqual([0.6, 0.8]);
  expect(likely).toBeCloseTo(0.7, 12);
});
