import { expect, test } from 'vitest';
import { count, fraction, seconds } from '../../units/measure';
import { expectDigits, refusalsOf, solved } from '../../units/testing/expect-outcome';
import {
  type ClientChoice,
  chosenLoad,
  deadServer,
  drainTime,
  hardFailure,
  returnedShare,
  staleReads,
  weightedLoad,
} from './client-choice';

const EMBASSY: ClientChoice = { stick: seconds(1, 'h'), timeout: seconds(3, 's'), remembers: true };
const FORGETS: ClientChoice = { ...EMBASSY, remembers: false };

test.each([
  [200, 122, '61'],
  [3000, 1585, '52.8'],
])('%d clients choose one of two: not more than %d at P99.9, %s %', (clients, p999, share) => {
  const found = solved(chosenLoad(count(clients)));
  expect(found.p999).toBe(p999);
  expectDigits(found.share * 100, share);
});

/** P(X ≤ k) of n fair coins, by adding up: the exact distribution behind the approximation. */
function coinsUpTo(n: number, k: number): number {
  let term = 0.5 ** n;
  let sum = 0;
  for (let i = 0; i <= k; i += 1) {
    sum += term;
    term *= (n - i) / (i + 1);
  }
  return sum;
}

test('the approximation is within one of the exact quantile, from 20 clients to 1 000', () => {
  for (let n = 20; n <= 1000; n += 7) {
    let exact = Math.floor(n / 2);
    while (coinsUpTo(n, exact) < 0.999) exact += 1;
    expect(Math.abs(solved(chosenLoad(count(n))).p999 - exact)).toBeLessThanOrEqual(1);
  }
});

test('equal weights are counting; one heavy client makes the spread wider; a handful is never more than all', () => {
  const equal = solved(weightedLoad(Array.from({ length: 200 }, () => 1)));
  expect(equal).toEqual(solved(chosenLoad(count(200))));
  const heavy = solved(weightedLoad([100, ...Array.from({ length: 100 }, () => 1)]));
  expect(heavy.p999).toBeGreaterThan(equal.p999);
  expect(solved(chosenLoad(count(2))).p999).toBe(2);
  expect(refusalsOf(weightedLoad([]))).toEqual(['weights: too-few']);
  expect(refusalsOf(weightedLoad([0, 0]))).toEqual(['weights: zero']);
  expect(refusalsOf(weightedLoad([1, -1, 1]))).toEqual(['weights/1: negative']);
  expect(refusalsOf(chosenLoad(count(2.5)))).toEqual(['clients: not-whole']);
});

test('one server dead: remembered, 1.5 s an hour in the mean; not remembered, 3 s for every request of half', () => {
  const kind = solved(deadServer(EMBASSY, count(30)));
  expect(kind).toMatchObject({ affected: 0.5, perChoice: 1.5, survivorLoad: 1, expiryCures: false });
  const harsh = solved(deadServer(FORGETS, count(30)));
  expect(harsh).toMatchObject({ affected: 0.5, perRequest: 3, perChoice: 45 });
});

test('load comes back over an hour, and draining takes an hour', () => {
  const shares = [0, 30, 60, 90].map((after) => solved(returnedShare(EMBASSY, seconds(after, 'min'))));
  expect(shares).toEqual([0, 0.25, 0.5, 0.5]);
  expect(solved(drainTime(EMBASSY))).toBe(3600);
});

test('hard failures: both down, both slow, six seconds at worst; shared causes make it far likelier', () => {
  const U = fraction(1, '%');
  const q = fraction(0.5, '%');
  const apart = solved(hardFailure(EMBASSY, [U, U], [q, q], fraction(0, '%')));
  expect(apart.bothDown).toBeCloseTo(1e-4, 12);
  expect(apart.bothSlow).toBeCloseTo(2.5e-5, 12);
  expect(apart.worstWait).toBe(6);
  const shared = solved(hardFailure(EMBASSY, [U, U], [q, q], fraction(10, '%')));
  expectDigits((1 - shared.bothDown) * 100, '99.892');
  expect(solved(staleReads(fraction(20, '%')))).toBeCloseTo(0.1, 12);
  expect(refusalsOf(staleReads(fraction(120, '%')))).toEqual(['youngerThanLag: over-one']);
});
