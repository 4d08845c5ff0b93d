import { expect, test } from 'vitest';
import { asSeconds, fraction, inMinutes, seconds, YEAR } from '../../units/measure';
import { expectDigits, refusalsOf, solved } from '../../units/testing/expect-outcome';
import { allowance, downtimeBudget } from './downtime-budget';
import { turnBack } from './turn-back';

const START = Date.parse('2026-01-17T22:00:00Z');
const WINDOW = {
  start: START,
  end: START + 4 * 3_600_000,
  rollback: seconds(50, 'min'),
  margin: seconds(10, 'min'),
};

test('whoever is not through an hour before the end turns back; the clock runs down and past it', () => {
  const found = solved(turnBack(WINDOW, START + 3_600_000));
  expect(new Date(found.at).toISOString()).toBe('2026-01-18T01:00:00.000Z');
  expect(found).toMatchObject({ left: 7200, room: 10_800 });
  expect(solved(turnBack(WINDOW, WINDOW.end)).left).toBe(-3600);
});

test.each([
  ['a window that ends before it begins', { end: START - 1 }, ['end: contradictory']],
  ['a way back that does not fit', { rollback: seconds(5, 'h') }, ['rollback: contradictory']],
  ['an end that is no moment', { end: Number.NaN }, ['end: impossible-time']],
  ['a negative margin', { margin: seconds(-1, 's') }, ['margin: negative']],
])('%s is refused', (_, more, refusals) => {
  expect(refusalsOf(turnBack({ ...WINDOW, ...more }, START))).toEqual(refusals);
});

test('99.9 % allows 43.8 min of the month, 43.2 of 30 days, 44.6 of 31, 8.77 h of the year', () => {
  const target = fraction(99.9, '%');
  expectDigits(inMinutes(solved(allowance(target))), '43.8');
  expectDigits(inMinutes(solved(allowance(target, seconds(30, 'd')))), '43.2');
  expectDigits(inMinutes(solved(allowance(target, seconds(31, 'd')))), '44.6');
  expectDigits(solved(allowance(target, YEAR)) / 3600, '8.77');
  expectDigits(inMinutes(solved(allowance(fraction(99.99, '%'), YEAR))), '52.6');
  const better = solved(allowance(fraction(99.95, '%'), YEAR));
  expect([Math.floor(better / 3600), Math.round((better % 3600) / 60)]).toEqual([4, 23]);
});

test('the wallet: one cutover of 60 minutes spends the month, with and without planned work', () => {
  const month = solved(
    downtimeBudget(fraction(99.9, '%'), [
      { id: 'disk', kind: 'incident', time: seconds(10, 'min') },
      { id: 'cutover', kind: 'planned', time: seconds(60, 'min') },
    ]),
  );
  expectDigits(inMinutes(asSeconds(month.left)), '-26.2');
  expectDigits(inMinutes(asSeconds(month.leftWithoutPlanned)), '33.8');
  expect(month.after.map(({ id, left }) => [id, Math.round(left / 60)])).toEqual([
    ['disk', 34],
    ['cutover', -26],
  ]);
  expect(month.spent).toBe(4200);
});

test('bad spendings are named', () => {
  const bad = [{ id: 'x', kind: 'drill' as const, time: seconds(-1, 's') }];
  expect(refusalsOf(downtimeBudget(fraction(100.1, '%'), bad))).toEqual([
    'target: over-one',
    'spendings/x: negative',
  ]);
});
