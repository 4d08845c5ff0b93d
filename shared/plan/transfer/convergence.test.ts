import { expect, test } from 'vitest';
import { bytes, count, inMinutes, perSecond, rate, seconds } from '../../units/measure';
import { expectDigits, refusalsOf, solved } from '../../units/testing/expect-outcome';
import {
  bytesSent,
  deltaPasses,
  floorLevers,
  type PassSeries,
  passesUntil,
  passTime,
  timedPass,
} from './convergence';
import { changeRatio, transferTime } from './transfer-time';

/** 1 TB at so many MB/s, with so many GB a day changed, and a scan of so many minutes. */
function series(megabytes: number, gigabytes: number, scanMinutes: number): PassSeries {
  const carrier = { rate: rate(megabytes, 'MB/s'), perFile: seconds(0, 's'), streams: count(1) };
  const scan = seconds(scanMinutes, 'min');
  const changes = { change: rate(gigabytes, 'GB/day'), changedFiles: perSecond(0, 'files/s') };
  return {
    first: solved(transferTime({ scan, size: bytes(1, 'TB'), files: count(0) }, carrier)),
    scan,
    ratio: solved(changeRatio(changes, carrier)),
  };
}
const FAST = series(80, 20, 40);
const SLOW = series(10, 200, 20);
const minutes = (value: number) => seconds(value, 'min');

test.each([
  [FAST, ['248', '40.7', '40.1', '40.1'], '40.1'],
  [series(80, 20, 10), ['218', '10.6'], '10'],
  [SLOW, ['1687', '410', '115', '47', '31', '27'], '26'],
])('the worked passes are reproduced to the digit (%#)', (each, stated, floor) => {
  for (const [n, digits] of stated.entries()) expectDigits(inMinutes(solved(passTime(each, n))), digits);
  const { floor: found, passes } = solved(deltaPasses(each));
  expectDigits(inMinutes(found ?? seconds(0, 's')), floor);
  for (const [n, time] of passes.entries()) expect(time).toBeCloseTo(solved(passTime(each, n)), 6);
});

test('no number of passes reaches 30 min, because the scan is too long; a shorter scan needs one', () => {
  expect(solved(passesUntil(FAST, minutes(30)))).toMatchObject({ kind: 'scan-too-long', scan: 2400 });
  // 40 min of scan would fit, the floor of 40.1 does not: more bandwidth would help by that little.
  expect(solved(passesUntil(FAST, minutes(40.05)))).toMatchObject({ kind: 'floor-too-high' });
  expect(solved(passesUntil(series(80, 20, 10), minutes(30)))).toEqual({ kind: 'after', passes: 1 });
});

test('three passes to an hour over the slow way; the pass before is longer, that one is not', () => {
  expect(solved(passesUntil(SLOW, minutes(60)))).toEqual({ kind: 'after', passes: 3 });
  expect(solved(passTime(SLOW, 2))).toBeGreaterThan(minutes(60));
  expect(solved(passTime(SLOW, 3))).toBeLessThan(minutes(60));
});

test('1.2 TB a day against 10 MB/s: ρ is 1.39, and it never converges', () => {
  const never = series(10, 1200, 20);
  expectDigits(never.ratio, '1.39');
  expect(solved(deltaPasses(never))).toEqual({ passes: [never.first], final: null, floor: null });
  expect(solved(passesUntil(never, minutes(60)))).toMatchObject({ kind: 'diverges' });
  expect(refusalsOf(floorLevers(never))).toEqual(['ratio: never-ends']);
  expect(refusalsOf(passTime(never, 1000))).toEqual(['ratio: never-ends']);
  expect(solved(passTime({ ...never, ratio: 1 }, 3))).toBeCloseTo(never.first + 3 * never.scan, 6);
});

test('the number of passes is the least one, over many series and targets', () => {
  for (let n = 1; n < 400; n += 1) {
    const each = { first: seconds(1000 + 37 * n, 's'), scan: seconds(n % 50, 's'), ratio: (n % 97) / 100 };
    const target = seconds(5 + ((n * 131) % 900), 's');
    const found = solved(passesUntil(each, target));
    const { floor } = solved(deltaPasses(each));
    if (found.kind !== 'after') {
      expect(floor).toBeGreaterThanOrEqual(target);
      continue;
    }
    expect(solved(passTime(each, found.passes))).toBeLessThanOrEqual(target + 1e-6);
    if (found.passes > 0) expect(solved(passTime(each, found.passes - 1))).toBeGreaterThan(target - 1e-6);
  }
});

test('the closed form of the final pass is the recursion run to its end', () => {
  const [first, scan, ratio, most] = [seconds(90_000, 's'), seconds(600, 's'), 0.7, 8];
  let pass: number = first;
  for (let n = 0; n < most; n += 1) pass = scan + ratio * pass;
  expect(solved(deltaPasses({ first, scan, ratio }, most)).final).toBeCloseTo(pass, 6);
});

test('bytes of all passes are a geometric sum', () => {
  expect(solved(bytesSent(bytes(1, 'TB'), 0.5, 3))).toBe(1.875e12);
  expect(refusalsOf(bytesSent(bytes(1, 'TB'), 1.5, 3))).toEqual(['ratio: never-ends']);
});

test('passes on a timer carry what the interval changed: back to back is shorter', () => {
  const hourly = solved(timedPass(SLOW, minutes(30), minutes(60)));
  expect(hourly).toBeCloseTo(SLOW.scan + SLOW.ratio * 5400, 9);
  expect(solved(timedPass(SLOW, minutes(30), minutes(0)))).toBeLessThan(hourly);
});

test('levers are the slopes of the floor', () => {
  const floorOf = (each: PassSeries) => solved(deltaPasses(each)).floor ?? Number.NaN;
  const { perSecondOfScan, perHundredthOfRatio } = solved(floorLevers(SLOW));
  const shorter = floorOf({ ...SLOW, scan: seconds(SLOW.scan - 1, 's') });
  expect(floorOf(SLOW) - shorter).toBeCloseTo(perSecondOfScan, 6);
  const h = 1e-6;
  const slope = (floorOf({ ...SLOW, ratio: SLOW.ratio + h }) - floorOf(SLOW)) / h / 100;
  expect(slope).toBeCloseTo(perHundredthOfRatio, 2);
});
