import { expect, it } from 'vitest';
import { freshnessOf } from './freshness';

it.each([
  [0, 'fresh'],
  [15_000, 'fresh'],
  [15_001, 'stale'],
  [50_000, 'stale'],
  [50_001, 'old'],
] as const)('a reading of %i ms, with 5 s between looks, is %s', (age, expected) => {
  expect(freshnessOf(1_000_000 - age, 1_000_000, 5000)).toBe(expected);
});
