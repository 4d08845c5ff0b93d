import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { EnteredWindow } from '../views/plan';
import { NO_FRAME } from './approved';
import { entered, estatesBy } from './estates.test-kit';
import { everythingFor } from './many.test-kit';
import { outageSteps, planBasisOf, planOf, wholePlanOf } from './plan-of';
import { simulate, simulatedOutage, startSimulation } from './schedule/simulation';
import { withSimulation } from './with-simulation';

const estateNamed = estatesBy((file) =>
  readFileSync(path.resolve(import.meta.dirname, '../../estates', file), 'utf8'),
);
const patronus = estateNamed('patronus');
const PARIS: EnteredWindow = { start: '2026-12-05 00:30', end: '2026-12-05 02:30', zone: 'Europe/Paris' };
const known = [
  ...everythingFor(patronus),
  entered('assumptions/linkRate', 1, 'Gbit/s'),
  entered('assumptions/scanTime', 5, 'min'),
  entered('dataSets/files/changeRate', 20, 'GB/day'),
  entered('dataSets/files/changedFiles', 20_000, 'files/day'),
  ...planOf(patronus, [], null).assumptions.flatMap(({ path }) =>
    path.startsWith('steps/') ? [entered(path, 3, 'min')] : [],
  ),
  entered('assumptions/turnBackMargin', 10, 'min'),
  entered('assumptions/availabilityTarget', 99.9, '%'),
];
const planIn = (window: EnteredWindow | null, ledger = known) =>
  planOf(patronus, ledger, null, 'en', { ...NO_FRAME, window });
const problems = (window: EnteredWindow) => {
  const plan = planIn(window);
  return plan.window.state === 'refused'
    ? plan.window.problems.map(({ input, problem }) => `${input}: ${problem}`)
    : plan.clock.problems.map(({ input, problem }) => `${input}: ${problem}`);
};

test('every step has its time in UTC and on the wall clock; it begins when the last of its needs is expected to end', () => {
  const plan = planIn(PARIS);
  const at = (id: string) => plan.steps.find((step) => step.id === id)?.clock;
  expect(at('freeze')?.startsAt).toMatchObject({ utc: '23:30', local: '00:30', date: '2026-12-05' });
  expect(at('gate-1')?.startsAt).toMatchObject({ local: '00:15' });
  expect(at('build')?.startsAt).toMatchObject({ date: '2026-11-14', local: '00:30' });
  for (const { needs, clock, phase } of plan.steps) {
    if (phase !== 'cutover' || !clock) continue;
    const ends = needs.map((need) => at(need)?.end ?? 0);
    expect(clock.start).toBeCloseTo(Math.max(0, ...ends), 9);
    expect(clock.endP90).toBeGreaterThanOrEqual(clock.end);
  }
  expect(at('open')?.end).toBeCloseTo(plan.totals.estimate?.p50 ?? Number.NaN, 9);
  expect(at('open')?.endP90).toBeCloseTo(plan.totals.estimate?.p90 ?? Number.NaN, 9);
});

test('without a window the times are minutes from T0, and the turn-back time names what it waits for', () => {
  const { steps, clock, window } = planIn(null);
  expect(window).toEqual({ state: 'unset' });
  expect(steps.find(({ id }) => id === 'close-shares-files')?.clock).toMatchObject({
    start: 3,
    startsAt: null,
  });
  expect(clock).toMatchObject({ turnBack: null, turnBackMissing: ['window/start'] });
  const unknown = planOf(patronus, [], null);
  expect(unknown.clock.turnBackMissing).toContain('assumptions/turnBackMargin');
  expect(unknown.steps.find(({ id }) => id === 'close-shares-files')?.clock).toBeNull();
});

test('turn-back: end of the window, less the P90 of the way back, less the margin', () => {
  const { clock, totals } = planIn(PARIS);
  const back = totals.rollback?.p90 ?? Number.NaN;
  expect(clock.turnBack).toMatchObject({ rollbackMinutes: back, marginMinutes: 10 });
  expect(clock.turnBack?.minute).toBeCloseTo(120 - back - 10, 9);
  expect(clock.pointOfNoReturn?.step).toBe('promote-db');
  expect(clock.abortIsFree).toEqual({ from: 0, to: clock.pointOfNoReturn?.minute });
  expect(clock.backThroughReverse?.from).toBeGreaterThan(clock.abortIsFree?.to ?? Number.NaN);
  expect(clock.freeAbortMinutes).toBe(30);
  expect(clock.fits).toBe(true);
});

test.each<[string, EnteredWindow, string[]]>([
  ['ends before it begins', { ...PARIS, end: '2026-12-05 00:15' }, ['window/end: contradictory']],
  [
    'begins in the hour that spring leaves out',
    { ...PARIS, start: '2026-03-29 02:30' },
    ['window/start: impossible-time'],
  ],
  [
    'begins in the hour that autumn shows twice',
    { ...PARIS, start: '2026-10-25 02:30' },
    ['window/start: ambiguous-time'],
  ],
  [
    'is on no day',
    { ...PARIS, start: '2026-02-31 00:30', end: 'soon' },
    ['window/start: impossible-time', 'window/end: impossible-time'],
  ],
  ['is in no zone', { ...PARIS, zone: 'Europe/Atlantis' }, ['window/zone: unknown-zone']],
  ['is too short to go back', { ...PARIS, end: '2026-12-05 00:40' }, ['window/end: contradictory']],
])('a window that %s is refused by name, at its place of entry', (_, window, expected) => {
  expect(problems(window)).toEqual(expected);
});

test('the wallet: the month at 99.9 % less the P90 of the cutover; the simulation takes the place of PERT in both', () => {
  const plan = planIn(PARIS);
  expect(plan.wallet?.allowedMinutes).toBeCloseTo(43.8, 1);
  expect(plan.wallet?.leftMinutes).toBeCloseTo(43.829 - (plan.totals.estimate?.p90 ?? Number.NaN), 2);
  const begun = startSimulation(outageSteps(planBasisOf(patronus, known, null)) ?? [], 1);
  const ran = begun.ok ? simulate(begun.value, 1000) : begun;
  const found = ran.ok ? simulatedOutage(ran.value) : ran;
  if (!found.ok) throw new Error('the simulation was refused');
  const after = withSimulation(plan, found.value);
  expect(after.totals.estimate).toMatchObject({ method: 'simulation', p90: found.value.p90 });
  expect(after.wallet?.takesMinutes).toBe(found.value.p90);
  const stated = planOf(estateNamed('embassy'), [], null).wallet;
  expect(stated).toMatchObject({
    target: expect.closeTo(0.999, 9),
    targetPath: 'requirements/availability/target',
  });
});

test('what weighs most: the inputs of the outage by their swing, with titles; nothing while the outage is unknown', () => {
  const plan = wholePlanOf(patronus, known, null);
  expect(plan.influence?.[0]?.title).toBe('One walk through all files, on both ends');
  expect(plan.influence?.map(({ path }) => path)).not.toContain('steps/build');
  expect(wholePlanOf(patronus, [], null).influence).toEqual([]);
});

test('a timed copy stands for the throughput as it is: nothing is taken off again', () => {
  const copied = [...known, entered('measured/copyRate', 80, 'MB/s')];
  const { figures } = planBasisOf(patronus, copied, null);
  expect(figures.throughput).toMatchObject({
    known: true,
    value: { likely: 80e6 },
    from: { formula: 'measured-copy' },
  });
  expect(planBasisOf(patronus, known, null).figures.throughput).toMatchObject({
    from: { formula: 'throughput' },
  });
});
