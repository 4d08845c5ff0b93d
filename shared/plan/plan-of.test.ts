import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { LedgerEntry } from '../contract';
import { parseEstate } from '../estate/parse';
import type { Estate, Quantity } from '../estate/schema';
import { Plan } from '../views/plan';
import { planOf } from './plan-of';
import { planToText, verdictOf } from './plan-text';

const estateOf = (name: string): Estate => {
  const file = path.resolve(import.meta.dirname, '../../estates', `${name}.yaml`);
  const parsed = parseEstate(readFileSync(file, 'utf8'), file);
  if (!parsed.ok) throw new Error(parsed.error[0]?.message);
  return parsed.value;
};
const patronus = estateOf('patronus');
const entry = (at: string, value: number, unit: string, more: Partial<Quantity> = {}): LedgerEntry => ({
  path: at,
  quantity: { value, unit, source: 'assumed', by: 'operator', ...more },
  at: 1000,
});
/** Everything a plan of Patronus waits for. */
const complete: LedgerEntry[] = [
  entry('assumptions/linkRate', 1, 'Gbit/s'),
  entry('assumptions/scanTime', 40, 'min'),
  entry('assumptions/dumpRate', 60, 'MB/s'),
  entry('assumptions/loadRate', 10, 'MB/s'),
  entry('dataSets/files/changeRate', 20, 'GB/day'),
  entry('dataSets/files/fileCount', 2e6, 'files'),
  ...planOf(patronus, [], null)
    .assumptions.filter((input) => input.path.startsWith('steps/'))
    .map((input) => entry(input.path, 5, 'min')),
];
const step = (plan: Plan, id: string) => plan.steps.find((one) => one.id === id);

test('with what is stated alone, nothing is invented: every duration is unknown and names its input', () => {
  const plan = planOf(patronus, [], null);
  expect(Plan.parse(plan)).toEqual(plan);
  for (const { minutes, missing } of plan.steps) {
    expect(minutes).toBeNull();
    expect(missing?.length).toBeGreaterThan(0);
  }
  expect(plan.totals).toMatchObject({ outage: null, preparation: null, filePasses: null });
  const paths = new Set(plan.assumptions.map((input) => input.path));
  expect(plan.steps.flatMap((one) => one.missing ?? []).filter((missing) => !paths.has(missing))).toEqual([]);
  expect(
    plan.assumptions.filter((input) => input.source === 'reference').every((input) => input.origin),
  ).toBe(true);
});

test('the link rate alone already says how long 1 TB and the dump travel', () => {
  const plan = planOf(patronus, [entry('assumptions/linkRate', 1, 'Gbit/s')], null);
  const copy = step(plan, 'copy-files')?.minutes;
  expect(copy?.likely).toBeCloseTo(1e12 / (125e6 * 0.93 * 0.7) / 60, 6);
  expect(copy?.optimistic).toBeLessThan(copy?.likely ?? 0);
  expect(copy?.pessimistic).toBeGreaterThan(copy?.likely ?? 0);
  expect(step(plan, 'send-dump-db')?.minutes?.likely).toBeCloseTo(1.02, 1);
  expect(step(plan, 'scan-files')?.minutes).toBeNull();
});

test('a complete ledger gives an outage, its critical path and the floor of the file passes', () => {
  const plan = planOf(patronus, complete, null);
  expect(plan.totals.missing).toEqual([]);
  // The last pass is at its floor of 40 min; seven steps of 5 min stand in a row with it.
  expect(plan.totals.outage?.likely).toBeCloseTo(40.1 + 7 * 5, 0);
  expect(plan.totals.criticalPath).toContain('final-pass-files');
  expect(plan.totals.criticalPath).not.toContain('drain-db');
  expect(plan.totals.filePasses).toMatchObject({ converges: true });
  expect(plan.totals.filePasses?.floorMinutes).toBeCloseTo(40.1, 0);
});

test('more changes than the link carries never converge: no number stands for never', () => {
  const plan = planOf(patronus, [...complete, entry('dataSets/files/changeRate', 20, 'TB/day')], null);
  expect(plan.totals.filePasses).toMatchObject({ converges: false, floorMinutes: null });
  expect(plan.totals.outage).toBeNull();
  expect(verdictOf(plan, 'fr')).toContain('ne finissent jamais');
});

test('what a person entered last beats what the file states; a wrong unit counts as unknown', () => {
  const size = (ledger: LedgerEntry[]) =>
    planOf(patronus, ledger, null).assumptions.find((input) => input.path === 'dataSets/db/size');
  expect(size([])).toMatchObject({ value: 5, unit: 'GB', source: 'stated' });
  expect(size([entry('dataSets/db/size', 6, 'GB', { source: 'measured', where: 'db' })])).toMatchObject({
    value: 6,
    source: 'measured',
    origin: 'measured on db',
    at: 1000,
  });
  expect(size([entry('dataSets/db/size', 6, 'km')])).toMatchObject({ value: null, source: 'unknown' });
});

test('more bytes never shorten, more throughput never lengthens, over many values', () => {
  const outageWith = (...changes: LedgerEntry[]) => planOf(patronus, [...complete, ...changes], null);
  let before = 0;
  for (const size of [0.01, 0.1, 1, 3, 10, 100]) {
    const minutes =
      step(outageWith(entry('dataSets/files/size', size, 'TB')), 'copy-files')?.minutes?.likely ?? 0;
    expect(minutes).toBeGreaterThan(before);
    before = minutes;
  }
  before = Number.POSITIVE_INFINITY;
  for (const rate of [100, 200, 500, 1000, 10_000]) {
    const { outage } = outageWith(entry('assumptions/linkRate', rate, 'Mbit/s')).totals;
    expect(outage?.likely).toBeLessThanOrEqual(before);
    before = outage?.likely ?? 0;
  }
});

test.each(['patronus', 'parking', 'embassy', 'longjump', 'software-servers'])(
  '%s: the steps form a graph without cycles, listed after what they need, in both languages',
  (name) => {
    const estate = estateOf(name);
    for (const language of ['en', 'fr'] as const) {
      const plan = planOf(estate, [], null, language);
      const seen = new Set<string>();
      for (const { id, needs } of plan.steps) {
        for (const need of needs) expect(seen, `${id} needs ${need}`).toContain(need);
        expect(seen).not.toContain(id);
        seen.add(id);
      }
      expect(planToText(plan, language)).toContain(plan.steps[0]?.title ?? 'no step');
    }
  },
);
