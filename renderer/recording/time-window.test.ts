import type { Mark } from '@shared/recording/frame';
import { expect, test } from 'vitest';
import { newestBy, shareOf, spanOf, stepFrom, ticksOf } from './time-window';

const HOUR = 3_600_000;

test.each([
  ['a short recording is shown whole', { from: 0, to: HOUR }, 10, { from: 0, to: HOUR }],
  ['the newest six hours', { from: 0, to: 20 * HOUR }, 15 * HOUR, { from: 14 * HOUR, to: 20 * HOUR }],
  ['six hours around the moment', { from: 0, to: 20 * HOUR }, 10 * HOUR, { from: 7 * HOUR, to: 13 * HOUR }],
  ['the oldest six hours', { from: 0, to: 20 * HOUR }, HOUR, { from: 0, to: 6 * HOUR }],
])('%s', (_, whole, at, span) => expect(spanOf(whole, at)).toEqual(span));

const marks: Mark[] = [10, 20, 20, 30].map((t) => ({ t, what: 'estate-changed' }));
test.each([
  [20, 1, 30],
  [20, -1, 10],
  [30, 1, null],
  [10, -1, null],
  [15, -1, 10],
] as const)('from %i by %i is %s', (at, by, to) => expect(stepFrom(marks, at, by)).toBe(to));

test('shares, ticks and the newest event', () => {
  expect(shareOf(15, { from: 10, to: 20 })).toBe(0.5);
  expect(shareOf(99, { from: 10, to: 20 })).toBe(1);
  expect(newestBy(marks, 25)?.t).toBe(20);
  expect(newestBy(marks, 5)).toBeNull();
  // Half past in a zone of 5 h 30 min is a full hour there.
  expect(ticksOf({ from: 0, to: 4 * HOUR }, 5.5 * HOUR)).toEqual(
    [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4].slice(0, 9).map((hours) => hours * HOUR),
  );
  expect(ticksOf({ from: 1, to: 4 * 60_000 }, 0)).toEqual(
    [30, 60, 90, 120, 150, 180, 210, 240].map((s) => s * 1000),
  );
});
