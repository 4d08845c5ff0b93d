import { expect, test } from 'vitest';
import { asSeconds, fraction, inMinutes, perSecond, seconds } from '../../units/measure';
import { expectDigits, refusalsOf, solved } from '../../units/testing/expect-outcome';
import {
  downTimes,
  fromTimes,
  inParallel,
  inSeries,
  neededEach,
  someOf,
  withCommonCause,
} from './availability';
import { detectionTime, failoverTime, longestPerFailure, type Pair, pairAvailability } from './failover';

const A = (percent: number) => fraction(percent, '%');

test('Patronus today, three in series at 99.5 %: 98.51 %, 10.9 h a month; each needs 99.967 % for 99.9 %', () => {
  const today = solved(inSeries([A(99.5), A(99.5), A(99.5)]));
  expectDigits(today * 100, '98.51');
  expectDigits(solved(downTimes(today)).month / 3600, '10.9');
  expectDigits(solved(neededEach(A(99.9), 3)) * 100, '99.967');
});

test('every tier doubled: 99.9925 %; two boxes of 99 %: 99.99 %, and with β = 0.1 99.892 %', () => {
  const pair = solved(inParallel([A(99.5), A(99.5)]));
  expectDigits(solved(inSeries([pair, pair, pair])) * 100, '99.9925');
  expectDigits(solved(inParallel([A(99), A(99)])) * 100, '99.99');
  const shared = solved(withCommonCause(A(99), A(10)));
  expectDigits(shared * 100, '99.892');
  expect(shared).toBeLessThan(A(99.9));
  expect(solved(withCommonCause(A(99), A(0)))).toBeCloseTo(solved(inParallel([A(99), A(99)])), 12);
  expect(solved(withCommonCause(A(99), A(100)))).toBeCloseTo(0.99, 12);
});

const MANUAL: Pair = {
  failures: perSecond(2, '1/year'),
  failover: seconds(25, 'min'),
  success: A(95),
  repair: seconds(8, 'h'),
  commonCause: A(0),
};

test('failover by hand in 25 min: 96 min a year and 1.75 for both down, 97.3, 99.9815 %', () => {
  const found = solved(pairAvailability(MANUAL));
  expectDigits(Math.ceil(inMinutes(found.failoverPerYear)), '96');
  expectDigits(inMinutes(found.failoverPerYear), '95.5');
  expectDigits(inMinutes(found.bothPerYear), '1.75');
  expectDigits(inMinutes(found.downPerYear), '97.3');
  expectDigits(found.availability * 100, '99.9815');
  expectDigits(inMinutes(solved(longestPerFailure(A(99.9), seconds(4380, 'h')))), '263');
});

test('k of n is series, parallel, and two of three between them', () => {
  expect(solved(someOf(3, 3, A(99)))).toBeCloseTo(0.99 ** 3, 12);
  expect(solved(someOf(1, 3, A(99)))).toBeCloseTo(1 - 0.01 ** 3, 12);
  expect(solved(someOf(2, 3, A(99)))).toBeCloseTo(3 * 0.99 ** 2 * 0.01 + 0.99 ** 3, 12);
  expect(refusalsOf(someOf(4, 3, A(99)))).toEqual(['needed: contradictory']);
  expect(refusalsOf(someOf(0, 2.5, A(99)))).toEqual(['needed: zero', 'of: not-whole']);
});

test('more misses before an alarm cost time and make false ones rarer; failing over is the sum of its parts', () => {
  const base = { misses: 3, interval: seconds(10, 's'), timeout: seconds(3, 's'), falseMiss: A(1) };
  const found = solved(detectionTime(base));
  expect(found.time).toBe(33);
  expect(found.falseAlarm).toBeCloseTo(1e-6, 15);
  const parts = {
    detect: found.time,
    decide: seconds(5, 'min'),
    act: seconds(1, 'min'),
    client: seconds(3, 's'),
  };
  expect(solved(failoverTime(parts))).toBe(396);
  expect(refusalsOf(failoverTime({ ...parts, decide: seconds(-1, 's') }))).toEqual(['decide: negative']);
});

/** Each figure of a pair made worse, step by step. */
const WORSE: Record<string, (pair: Pair, n: number) => Pair> = {
  'more failures': (pair, n) => ({ ...pair, failures: perSecond(n / 4, '1/year') }),
  'slower failover': (pair, n) => ({ ...pair, failover: seconds(10 * n, 's') }),
  'fewer failovers that succeed': (pair, n) => ({ ...pair, success: A(100 - n) }),
  'longer repair': (pair, n) => ({ ...pair, repair: seconds(30 + n, 'min') }),
  'more common causes': (pair, n) => ({ ...pair, commonCause: A(n) }),
};

test.each(Object.entries(WORSE))('%s never raise availability, over many values', (_, worsen) => {
  let before = 1;
  for (let n = 0; n <= 100; n += 1) {
    const { availability } = solved(pairAvailability(worsen(MANUAL, n)));
    expect(availability).toBeLessThanOrEqual(before);
    expect(availability).toBeGreaterThanOrEqual(0);
    before = availability;
  }
  expect(before).toBeLessThan(solved(pairAvailability(worsen(MANUAL, 0))).availability);
});

test('failing more often, being repaired more slowly, or one part more in series never raise availability', () => {
  let [often, slow, chain] = [1, 1, 1];
  for (let n = 1; n <= 50; n += 1) {
    const byFailures = solved(fromTimes(seconds(10_000 / n, 'h'), seconds(8, 'h')));
    const byRepair = solved(fromTimes(seconds(1000, 'h'), seconds(n, 'h')));
    const byParts = solved(inSeries(Array.from({ length: n }, () => byRepair)));
    expect([byFailures <= often, byRepair <= slow, byParts <= chain]).toEqual([true, true, true]);
    [often, slow, chain] = [byFailures, byRepair, byParts];
    const more = solved(inParallel(Array.from({ length: n + 1 }, () => byRepair)));
    expect(more).toBeGreaterThanOrEqual(solved(inParallel(Array.from({ length: n }, () => byRepair))));
  }
});

test('contradictions and bad inputs are named', () => {
  expect(refusalsOf(pairAvailability({ ...MANUAL, failover: seconds(9, 'h') }))).toEqual([
    'failover: contradictory',
  ]);
  expect(refusalsOf(pairAvailability({ ...MANUAL, failures: perSecond(2000, '1/year') }))).toEqual([
    'failures: contradictory',
  ]);
  expect(refusalsOf(inSeries([]))).toEqual(['parts: too-few']);
  expect(refusalsOf(inParallel([A(99), A(101)]))).toEqual(['parts/1: over-one']);
  expect(refusalsOf(fromTimes(seconds(0, 'h'), asSeconds(Number.POSITIVE_INFINITY)))).toEqual([
    'betweenFailures: zero',
    'repair: absurd',
  ]);
});
