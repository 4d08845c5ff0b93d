import type { PlanAssumption, PlanInfluence } from '@shared/views/plan';
import { expect, it } from 'vitest';
import { byWeight } from './by-weight';

const input = (path: string): PlanAssumption => ({
  path,
  title: path,
  value: 1,
  unit: 'min',
  source: 'assumed',
});
const bar = (path: string, swing: number): PlanInfluence => ({
  path,
  title: path,
  source: 'assumed',
  atLow: 0,
  atHigh: swing,
  swing,
  basis: 'half',
});
const inputs = ['a', 'b', 'c', 'd'].map(input);
const order = (missing: string[], bars: PlanInfluence[]) =>
  byWeight(inputs, missing, bars).map(({ assumption }) => assumption.path);

it('puts what is missing before what moves most, and leaves the rest as it was', () => {
  expect(order(['d'], [bar('c', 9), bar('a', 2)])).toEqual(['d', 'c', 'a', 'b']);
});

it('keeps the order given while nobody has weighed anything', () => {
  expect(order([], [])).toEqual(['a', 'b', 'c', 'd']);
});

it('gives each input its own bar, and none to what nothing depends on', () => {
  const rows = byWeight(inputs, [], [bar('c', 9)]);
  expect(rows.map(({ assumption, bar: own }) => [assumption.path, own?.swing ?? null])).toEqual([
    ['c', 9],
    ['a', null],
    ['b', null],
    ['d', null],
  ]);
});
