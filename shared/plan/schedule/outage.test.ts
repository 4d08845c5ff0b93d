import { expect, test } from 'vitest';
import { expectDigits, refusalsOf, solved } from '../../units/testing/expect-outcome';
import type { Minutes } from '../../views/plan';
import { outageEstimate, type TimedStep } from './outage';
import { SIMULATION_RUNS, simulate, simulatedOutage, startSimulation } from './simulation';
import { pert } from './three-point';

const minutes = (optimistic: number, likely: number, pessimistic: number): Minutes => ({
  optimistic,
  likely,
  pessimistic,
});

/** The worked example: drain, final pass, re-hash, GTID gate, promote, reverse, switch, smoke; all in a row. */
const SERIAL: TimedStep[] = [
  minutes(2, 4, 8),
  minutes(12, 20, 45),
  minutes(5, 10, 20),
  minutes(0.2, 0.5, 2),
  minutes(0.5, 1, 3),
  minutes(1, 2, 5),
  minutes(3, 5, 10),
  minutes(8, 12, 20),
].map((each, n) => ({ id: `s${n}`, needs: n === 0 ? [] : [`s${n - 1}`], minutes: each }));

test('the serial example by PERT sums: 60.5, P90 68.9, P99 75.8', () => {
  const found = solved(outageEstimate(SERIAL));
  expectDigits(found.mean, '60.5');
  expectDigits(found.p90, '68.9');
  expectDigits(found.p99, '75.8');
  expect(found.path).toEqual(SERIAL.map(({ id }) => id));
});

const simulated = (steps: readonly TimedStep[], seed: number, runs = SIMULATION_RUNS) =>
  solved(simulatedOutage(solved(simulate(solved(startSimulation(steps, seed)), runs))));

test.each([1, 2, 42, 2 ** 40])(
  'the same steps simulated, seed %d: P90 70.2 ± 0.3, P99 77.9 ± 0.7',
  (seed) => {
    const found = simulated(SERIAL, seed);
    expect(Math.abs(found.p90 - 70.2)).toBeLessThanOrEqual(0.3);
    expect(Math.abs(found.p99 - 77.9)).toBeLessThanOrEqual(0.7);
    expect(Math.abs(found.mean - 60.5)).toBeLessThan(0.3);
  },
);

test('the same seed gives the same runs, in one go or in slices; another seed others', () => {
  const start = solved(startSimulation(SERIAL, 7));
  const atOnce = solved(simulate(start, 500));
  const sliced = [100, 1, 399].reduce((before, runs) => solved(simulate(before, runs)), start);
  expect(sliced.outages).toEqual(atOnce.outages);
  // What goes to a worker and back is plain data.
  const carried = structuredClone(solved(simulate(start, 100)));
  expect(solved(simulate(carried, 400)).outages).toEqual(atOnce.outages);
  expect(start.outages).toEqual([]);
  const other = solved(simulate(solved(startSimulation(SERIAL, 8)), 500));
  expect(other.outages).not.toEqual(atOnce.outages);
});

test('branches beside each other: the longest path is estimated, the simulation knows both may be late', () => {
  const branches: TimedStep[] = [
    { id: 'freeze', needs: [], minutes: minutes(1, 1, 1) },
    { id: 'files', needs: ['freeze'], minutes: minutes(10, 20, 30) },
    { id: 'database', needs: ['freeze'], minutes: minutes(9, 20, 30) },
    { id: 'open', needs: ['files', 'database'], minutes: minutes(2, 2, 2) },
  ];
  const estimate = solved(outageEstimate(branches));
  expect(estimate.path).toEqual(['freeze', 'files', 'open']);
  expect(estimate.total).toEqual(minutes(13, 23, 33));
  expect(estimate.mean).toBeCloseTo(23, 9);
  expect(simulated(branches, 1, 5000).mean).toBeGreaterThan(estimate.mean + 1);
});

test('steps without a spread take exactly that long', () => {
  const fixed = [{ id: 'a', needs: [], minutes: minutes(5, 5, 5) }];
  expect(simulated(fixed, 1, 100)).toEqual({ runs: 100, mean: 5, p50: 5, p90: 5, p99: 5 });
  expect(solved(pert(minutes(5, 5, 5)))).toEqual({ mean: 5, deviation: 0 });
});

test('estimates that contradict each other are named by step, and no run is ever made of them', () => {
  const wrong: TimedStep[] = [
    { id: 'a', needs: [], minutes: minutes(5, 4, 6) },
    { id: 'b', needs: ['a'], minutes: minutes(1, 2, Number.NaN) },
    { id: 'c', needs: ['a'], minutes: minutes(-1, 2, 1.5) },
  ];
  const refusals = [
    'steps/a/optimistic: contradictory',
    'steps/b/pessimistic: not-a-number',
    'steps/c/optimistic: negative',
  ];
  expect(refusalsOf(outageEstimate(wrong))).toEqual(refusals);
  expect(refusalsOf(startSimulation(wrong, 1))).toEqual(refusals);
  expect(refusalsOf(startSimulation(SERIAL, 0.5))).toEqual(['seed: not-whole']);
  const few = simulate(solved(startSimulation(SERIAL, 1)), 50);
  expect(refusalsOf(simulatedOutage(solved(few)))).toEqual(['runs: too-few']);
  expect(refusalsOf(simulate(solved(startSimulation(SERIAL, 1)), -5))).toEqual(['runs: negative']);
});
