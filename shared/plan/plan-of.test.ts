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
  entry('dataSets/files/changedFiles', 20_000, 'files/day'),
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
  // The last pass is at its floor of 40 min; ten steps of 5 min stand in a row with it.
  expect(plan.totals.outage?.likely).toBeCloseTo(40.1 + 10 * 5, 0);
  expect(plan.totals.criticalPath).toContain('final-pass-files');
  expect(plan.totals.criticalPath).not.toContain('drain-db');
  expect(plan.totals.filePasses).toMatchObject({ converges: true });
  expect(plan.totals.filePasses?.floorMinutes).toBeCloseTo(40.1, 0);
});

test('more changes than the link carries never converge: no number stands for never', () => {
  const plan = planOf(patronus, [...complete, entry('dataSets/files/changeRate', 20, 'TB/day')], null);
  expect(plan.totals.filePasses).toMatchObject({ converges: false, floorMinutes: null });
  expect(plan.totals.outage).toBeNull();
  expect(verdictOf(plan, 'fr')).toContain('ne finit jamais');
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

test.each<LedgerEntry>([
  entry('assumptions/linkRate', 0, 'Gbit/s'),
  entry('assumptions/linkRate', 1e-300, 'B/s'),
  entry('dataSets/files/size', 1e300, 'TB'),
  entry('dataSets/files/size', 1e290, 'TB'),
  entry('reference/linkEfficiency', 0, '%'),
  entry('reference/linkEfficiency', 300, '%'),
  entry('assumptions/scanTime', 0, 'min'),
  entry('dataSets/files/changeRate', 0, 'GB/day'),
  entry('dataSets/files/fileCount', 0, 'files'),
])('whatever is typed, the plan stays one that the contract accepts: %j', (typed) => {
  const plan = planOf(patronus, [...complete, typed], null);
  expect(Plan.safeParse(plan).error?.issues).toBeUndefined();
  for (const { minutes, missing } of plan.steps) expect(minutes === null).toBe(missing !== undefined);
});

test('a spread of the link is a spread of every pass, the final one too', () => {
  const { minutes } = step(planOf(patronus, complete, null), 'final-pass-files') ?? {};
  expect(minutes?.optimistic).toBeLessThan(minutes?.likely ?? 0);
  expect(minutes?.pessimistic).toBeGreaterThan(minutes?.likely ?? 0);
  const slow = [entry('dataSets/files/changeRate', 6.6, 'TB/day')];
  // 6.6 TB a day fit into 70 % of the link (81 MB/s), not into 60 % (70 MB/s): at worst it never ends.
  const plan = planOf(patronus, [...complete, ...slow], null);
  expect(plan.totals.filePasses?.converges).toBe(true);
  expect(plan.totals.outage).toBeNull();
});

test('more bytes never shorten, more throughput never lengthens, over many values', () => {
  const outageWith = (...changes: LedgerEntry[]) => planOf(patronus, [...complete, ...changes], null);
  const outage = (path: string, value: number, unit: string) =>
    outageWith(entry(path, value, unit), entry('dataSets/files/changeRate', 200, 'GB/day')).totals;
  const steps = Array.from({ length: 120 }, (_, n) => 1.03 ** n);
  const figures = (path: string, first: number, unit: string) =>
    steps.map((factor) => outage(path, first * factor, unit).outage?.likely ?? Number.NaN);
  const sizes = figures('dataSets/files/size', 0.05, 'TB');
  const rates = figures('assumptions/linkRate', 60, 'Mbit/s');
  for (let n = 1; n < steps.length; n += 1) {
    expect(sizes[n]).toBeGreaterThanOrEqual(sizes[n - 1] ?? Number.NaN);
    expect(rates[n]).toBeLessThanOrEqual(rates[n - 1] ?? Number.NaN);
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

test('the table for a terminal says every source in the language of the reader', () => {
  const table = planToText(planOf(patronus, complete, null, 'fr'), 'fr');
  expect(table).toContain('supposé: saisi par operator');
  expect(table).toMatch(/dataSets\/db\/size +5\u00a0?.?Go +énoncé/);
  expect(table).not.toMatch(/\b(stated|assumed|unknown)\b/);
});
