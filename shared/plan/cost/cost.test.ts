import { expect, test } from 'vitest';
import { fraction } from '../../units/measure';
import { expectDigits, refusalsOf, solved } from '../../units/testing/expect-outcome';
import { breakEven, type Cost, netPresentValue, outageCost, totalCost } from './cost';

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const MOVE = { now: eur(2400), target: eur(1100), once: eur(9000), overlap: 2 };

test('2 400 against 1 100 a month, 9 000 once, two months of both: 8.6 months, 10.6 from the first double payment', () => {
  const found = solved(breakEven(MOVE));
  if (found.kind !== 'after') throw new Error('never');
  expectDigits(found.months, '8.6');
  expectDigits(found.monthsFromStart, '10.6');
  // Paid month by month, the balance of moving and staying crosses zero there.
  let balance = -9000;
  let month = 0;
  while (balance < 0) {
    balance += month < 2 ? -1100 : 1300;
    month += 1;
  }
  expect(Math.ceil(found.monthsFromStart)).toBe(month);
});

test('a target that costs as much or more never pays for itself, and says by how much', () => {
  expect(solved(breakEven({ ...MOVE, target: eur(2500) }))).toEqual({ kind: 'never', moreEachMonth: 100 });
  expect(solved(breakEven({ ...MOVE, target: eur(2400) }))).toEqual({ kind: 'never', moreEachMonth: 0 });
});

test('currencies are never mixed, prices never negative, and none is not 0', () => {
  const pounds = { amount: 1100, currency: 'GBP' };
  expect(refusalsOf(breakEven({ ...MOVE, target: pounds }))).toEqual(['target: contradictory']);
  expect(refusalsOf(breakEven({ ...MOVE, once: eur(-1), now: { amount: 1, currency: '€' } }))).toEqual([
    'now: unknown-unit',
    'once: negative',
    'target: contradictory',
    'once: contradictory',
  ]);
  expect(refusalsOf(totalCost([]))).toEqual(['costs: missing']);
});

test('costs add up by month, year and once', () => {
  const costs: Cost[] = [
    { id: 'rack', money: eur(1000), per: 'month' },
    { id: 'licence', money: eur(1200), per: 'year' },
    { id: 'move', money: eur(9000), per: 'once' },
  ];
  expect(solved(totalCost(costs))).toEqual({ currency: 'EUR', once: 9000, month: 1100, year: 13_200 });
});

test('net present value: a payment in a year is worth less, at 0 % it is a sum', () => {
  expect(solved(netPresentValue([-100, 107], fraction(7, '%')))).toBeCloseTo(0, 9);
  expect(solved(netPresentValue([-9000, 5000, 5000], fraction(0, '%')))).toBe(1000);
  expect(solved(netPresentValue([-9000, 5000, 5000], fraction(7, '%')))).toBeCloseTo(40.09, 2);
  expect(refusalsOf(netPresentValue([1, Number.NaN], fraction(7, '%')))).toEqual(['flows/1: not-a-number']);
  expect(refusalsOf(netPresentValue([1], fraction(700, '%')))).toEqual(['rate: over-one']);
});

test('being down costs by the hour: 99.9 % of a year at 500 an hour', () => {
  const found = solved(outageCost(fraction(99.9, '%'), eur(500)));
  expectDigits(found.amount, '4383');
  expect(found.currency).toBe('EUR');
});
