import { expect, it } from 'vitest';
import { freshnessOf } from './freshness';

it.each([
  [0, 'fresh'],
  [15_000, 'fresh'],
  [15_001, 'stale'],
  [50_000, 'stale'],
  [50_001, 'old'],
] as const)('a reading of %i ms, with 5 s between looks, is %s', (age, expected) => {
  expect(freshnessOf(1_000_000 - age, 1_000_000, { periodMs: 5000 })).toBe(expected);
});

it.each([
  ['read since the desk woke', 900_000, 'fresh'],
  ['read before it slept', 900_001, 'stale'],
] as const)('%s', (_what, suspectBefore, expected) => {
  expect(freshnessOf(900_000, 901_000, { periodMs: 5000, suspectBefore })).toBe(expected);
});

it('is not fresh when it seems to come from the future', () => {
  expect(freshnessOf(1_000_000, 900_000, { periodMs: 5000 })).toBe('stale');
});
