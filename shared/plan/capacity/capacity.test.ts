import { expect, test } from 'vitest';
import {
  asPerSecond,
  count,
  fraction,
  inBitsPerSecond,
  inMinutes,
  perSecond,
  rate,
  seconds,
} from '../../units/measure';
import { expectDigits, refusalsOf, solved } from '../../units/testing/expect-outcome';
import { dnsTail, staleShare } from './dns-tail';
import { erlangB, offeredAt, waiting, waitsLonger } from './erlang';
import { arrivals, atOnce, streamLoad, survivorLoad } from './peak-load';

test('200 streams as slots: 179.7 E at 1 %, 165.6 E at 0.1 %, and offering 200 E blocks 5.4 %', () => {
  expectDigits(solved(offeredAt(200, fraction(1, '%'))), '179.7');
  expectDigits(solved(offeredAt(200, fraction(0.1, '%'))), '165.6');
  expectDigits(solved(erlangB(200, 200)) * 100, '5.4');
});

/** Erlang B by its definition, `(Aᶜ ÷ c!) ÷ Σ Aⁱ ÷ i!`: good for few slots, and another way to the same number. */
function byDefinition(offered: number, slots: number): number {
  let term = 1;
  let sum = 1;
  for (let i = 1; i <= slots; i += 1) {
    term *= offered / i;
    sum += term;
  }
  return term / sum;
}

test('the recursion is the definition, and its inverse leads back', () => {
  for (let slots = 1; slots <= 40; slots += 3) {
    for (const offered of [0.1, 1, slots / 2, slots, 2 * slots]) {
      const blocked = solved(erlangB(offered, slots));
      expect(blocked).toBeCloseTo(byDefinition(offered, slots), 12);
      // A share of nothing at all is no target.
      if (blocked > 1e-12) expect(solved(offeredAt(slots, blocked)) / offered).toBeCloseTo(1, 6);
    }
  }
});

test('50 000 users a day: 50 requests a second at the peak, 17.4 in the mean; 800 sessions at once', () => {
  const requests = solved(arrivals({ users: count(50_000), each: 30, peak: fraction(12, '%') }));
  expectDigits(requests.peak, '50');
  expectDigits(requests.mean, '17.4');
  const sessions = solved(arrivals({ users: count(50_000), each: 1, peak: fraction(12, '%') }));
  expectDigits(sessions.peak, '1.67');
  expectDigits(solved(atOnce(sessions.peak, seconds(480, 's'))), '800');
  const more = solved(arrivals({ users: count(50_000), each: 1.2, peak: fraction(12, '%') }));
  expectDigits(solved(atOnce(more.peak, seconds(480, 's'))), '960');
});

test.each([
  [80, 6, '28'],
  [80, 8, '5.9'],
  [80, 10, '0.9'],
  [200, 12, '45'],
  [200, 14, '17'],
])('50 requests a second of %d ms on %d workers: %s % wait', (ms, workers, stated) => {
  const found = solved(waiting({ arrivals: perSecond(50, '1/s'), service: seconds(ms, 'ms'), workers }));
  expectDigits(found.waits * 100, stated);
});

test('waiting: the mean is the integral of the tail, and nothing is served faster than it comes', () => {
  const queue = { arrivals: perSecond(50, '1/s'), service: seconds(80, 'ms'), workers: 6 };
  const { meanWait, waits, load } = solved(waiting(queue));
  expect(load).toBeCloseTo(4 / 6, 12);
  expect(solved(waitsLonger(queue, seconds(0, 's')))).toBe(waits);
  let integral = 0;
  for (let t = 0.0005; t < 3; t += 0.001) integral += 0.001 * solved(waitsLonger(queue, seconds(t, 's')));
  expect(integral).toBeCloseTo(meanWait, 6);
  expect(refusalsOf(waiting({ ...queue, workers: 4 }))).toEqual(['workers: never-ends']);
  expect(refusalsOf(waiting({ ...queue, workers: 0 }))).toEqual(['workers: zero']);
  expect(refusalsOf(erlangB(10, 1e9))).toEqual(['slots: absurd']);
  expect(refusalsOf(offeredAt(10, fraction(1, '1')))).toEqual(['blocked: contradictory']);
});

test.each([
  ['360p', 1, '0.2', true],
  ['480p', 2.5, '0.5', true],
  ['720p', 5, '1.0', false],
  ['1080p', 8, '1.6', false],
])(
  '200 streams of %s at %d Mbit/s are %s Gbit/s; one 1 GbE carries them: %s',
  (_, megabits, stated, fits) => {
    const found = solved(
      streamLoad(count(200), rate(megabits, 'Mbit/s'), rate(1, 'Gbit/s'), fraction(93, '%')),
    );
    expectDigits(inBitsPerSecond(found.rate) / 1e9, stated);
    expect(found.fits).toBe(fits);
  },
);

test('the survivor of two carries both halves; none left is no load but an error', () => {
  expect(solved(survivorLoad(fraction(45, '%'), count(2), count(1)))).toBeCloseTo(0.9, 12);
  expect(solved(survivorLoad(fraction(60, '%'), count(2), count(1)))).toBeGreaterThan(1);
  expect(refusalsOf(survivorLoad(fraction(45, '%'), count(2), count(2)))).toEqual(['lost: contradictory']);
});

test('a peak hour quieter than the mean of the day contradicts itself', () => {
  const day = { users: count(1), each: 1, peak: fraction(3, '%') };
  expect(refusalsOf(arrivals(day))).toEqual(['peak: contradictory']);
  expect(refusalsOf(atOnce(asPerSecond(-1), seconds(1, 's')))).toEqual(['arriving: negative']);
});

test('the DNS tail: lowered one old TTL before, gone one low TTL after', () => {
  const flip = Date.parse('2026-01-17T23:00:00Z');
  const found = solved(dnsTail({ flip, oldTtl: seconds(1, 'h'), lowTtl: seconds(60, 's') }));
  expect(new Date(found.lowerBy).toISOString()).toBe('2026-01-17T22:00:00.000Z');
  expect(new Date(found.bridgeUntil).toISOString()).toBe('2026-01-17T23:01:00.000Z');
  const left = [0, 15, 60, 600].map((after) => solved(staleShare(seconds(60, 's'), seconds(after, 's'))));
  expect(left).toEqual([1, 0.75, 0, 0]);
  expect(inMinutes(seconds(3600, 's'))).toBe(60);
  const upside = { flip, oldTtl: seconds(60, 's'), lowTtl: seconds(1, 'h') };
  expect(refusalsOf(dnsTail(upside))).toEqual(['lowTtl: contradictory']);
});
