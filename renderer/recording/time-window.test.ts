import type { Mark } from '@shared/recording/frame';
import { expect, test } from 'vitest';
import { columnsOf, newestBy, shareOf, spanOf, steadyEnd, stepFrom, ticksOf } from './time-window';

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

test('while a second passes the axis stays, and now is never outside it', () => {
  for (const length of [60_000, HOUR, 30 * HOUR]) {
    const ends = Array.from({ length: 60 }, (_, s) => {
      const to = length + s * 1000;
      const end = steadyEnd({ from: 0, to });
      expect(end).toBeGreaterThanOrEqual(to);
      expect(end - to).toBeLessThan(Math.min(to, 6 * HOUR) / 200);
      return end;
    });
    expect(new Set(ends).size).toBeLessThanOrEqual(length < HOUR ? 60 : 10);
  }
});

test('marks in one place are one, drawn as the worst of them', () => {
  const came = (t: number, severity: 'critical' | 'warning'): Mark => ({
    t,
    what: 'finding-came',
    finding: {
      code: 'SERVICE_DOWN',
      nodes: ['db'],
      params: {},
      severity,
      title: '',
      evidence: [],
      masks: [],
    },
  });
  const found = columnsOf(
    [
      { t: 1, what: 'host-back', host: 'a' },
      came(4, 'warning'),
      came(5, 'critical'),
      came(6, 'warning'),
      came(99, 'warning'),
    ],
    { from: 0, to: 50 },
    5,
  );
  expect(found.map(({ t, shape, marks: all }) => [t, shape, all.length])).toEqual([[5, 'critical', 4]]);
  // Nothing is lost, and there are never more columns than there is room for.
  const many = Array.from({ length: 500 }, (_, i) => came(i, 'warning'));
  const columns = columnsOf(many, { from: 0, to: 499 }, 40);
  expect(columns).toHaveLength(40);
  expect(columns.flatMap((column) => column.marks)).toEqual(many);
});
