import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { LedgerEntry } from '../contract';
import type { Estate } from '../estate/schema';
import { ApprovedPlan, approvedPlan, NO_FRAME } from './approved';
import { entered, estatesBy } from './estates.test-kit';
import { parseFrame, printFrame } from './frame-file';
import { everythingFor } from './many.test-kit';
import { openFigure } from './open-figure';
import { planBasisOf, planOf, wholePlanOf } from './plan-of';
import { planHash, shortHash } from './plan-record';

const estateNamed = estatesBy((file) =>
  readFileSync(path.resolve(import.meta.dirname, '../../estates', file), 'utf8'),
);
const patronus = estateNamed('patronus');
const known = everythingFor(patronus);
const approve = (estate: Estate, ledger: LedgerEntry[]) =>
  approvedPlan(planOf(estate, ledger, null), planOf(estate, ledger, null, 'fr'), {
    at: 5000,
    by: 'operator@desk',
  });
const since = (estate: Estate, ledger: LedgerEntry[], language: 'en' | 'fr' = 'en') => {
  const { changes } = planOf(estate, ledger, null, language, {
    ...NO_FRAME,
    approved: approve(patronus, known),
  });
  return (changes?.list ?? []).map(({ kind, subject, text }) => `${kind} ${subject}: ${text}`);
};

test('one plan, one hash: the same in both languages and after a later look, another as soon as anything in it is', () => {
  const hash = planHash(planOf(patronus, known, null));
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(shortHash(hash)).toMatch(/^[0-9a-f]{4}·[0-9a-f]{4}$/);
  expect(planHash(planOf(patronus, known, null, 'fr'))).toBe(hash);
  expect(
    planHash(
      planOf(
        patronus,
        known.map((entry) => ({ ...entry, at: 2000 })),
        null,
      ),
    ),
  ).toBe(hash);
  expect(wholePlanOf(patronus, known, null).hash).toBe(hash);
  const window = { start: '2026-12-05 00:30', end: '2026-12-05 02:30', zone: 'Europe/Paris' };
  const others = [
    planOf(patronus, [...known, entered('assumptions/scanTime', 11, 'min')], null),
    planOf(patronus, known, null, 'en', { ...NO_FRAME, window }),
    planOf({ ...patronus, actors: [] }, known, null),
    planOf(
      patronus,
      known.map((entry) =>
        entry.path === 'assumptions/scanTime' && entry.quantity !== 'unknown'
          ? { ...entry, quantity: { ...entry.quantity, source: 'measured' as const } }
          : entry,
      ),
      null,
    ),
  ].map(planHash);
  expect(new Set([hash, ...others]).size).toBe(others.length + 1);
});

test('nothing has changed since it was approved: the list is empty; never approved: there is none', () => {
  expect(since(patronus, known)).toEqual([]);
  expect(since(patronus, known, 'fr')).toEqual([]);
  expect(planOf(patronus, known, null).changes).toBeNull();
});

test('what has changed is said: outage, steps that came and went, durations, inputs from and to', () => {
  const slower = since(patronus, [...known, entered('steps/switch', 20, 'min')]);
  expect(slower[0]).toMatch(/^outage-changed : Outage, P50 \/ P90: .+ → .+/);
  expect(slower).toContainEqual(expect.stringMatching(/^step-changed switch: Point .+: 10.min .+ → 20.min/));
  expect(slower).toContainEqual(
    expect.stringMatching(/^input-changed steps\/switch: .+10.min \(assumed\) → 20.min \(assumed\)/),
  );
  const fewer = since({ ...patronus, actors: [] }, known, 'fr');
  expect(fewer).toContainEqual(
    expect.stringMatching(/^step-removed announce: Étape disparue.: Annoncer la fenêtre/),
  );
  const [db] = patronus.dataSets;
  if (!db) throw new Error('no data');
  const more = since({ ...patronus, dataSets: [...patronus.dataSets, { ...db, id: 'archive' }] }, known);
  expect(more.filter((text) => text.startsWith('step-added')).length).toBeGreaterThan(5);
  expect(more).toContainEqual(expect.stringMatching(/^step-changed gate-2: .+waits for other steps/));
});

test('what is kept of an approved plan comes back from its file as it was; anything else is refused and left alone', () => {
  const approved = approve(patronus, known);
  expect(ApprovedPlan.parse(approved)).toEqual(approved);
  const frame = {
    window: { start: '2026-12-05 00:30', end: '2026-12-05 02:30', zone: 'Europe/Paris' },
    approved,
  };
  const text = printFrame(frame);
  expect(parseFrame(text, 'x.plan.yaml')).toEqual({ ok: true, value: frame });
  expect(parseFrame('', 'x.plan.yaml')).toEqual({ ok: true, value: NO_FRAME });
  for (const broken of [
    'version: 2',
    text.replace('version: 1', 'version: 2'),
    'a: [',
    '- 1',
    `${text}more: 1\n`,
    'a: &a [*a]',
  ])
    expect(parseFrame(broken, 'x.plan.yaml')).toMatchObject({ ok: false, error: { code: 'E_PLAN_FILE' } });
});

test.each(['en', 'fr'] as const)('every number opens down to its sources, in words (%s)', (language) => {
  const basis = planBasisOf(patronus, known, null, language);
  for (const name of [
    'outage',
    'preparation',
    'rollback',
    'throughput',
    'allowance',
    'turn-back',
    'free-abort',
    'step/switch',
    'undo/freeze',
    'passes/files',
    'input/assumptions/scanTime',
  ]) {
    const lines = openFigure(basis, name, language);
    expect(lines.length, name).toBeGreaterThan(0);
    for (const { value, source, symbols, lacks } of lines) {
      if (value === null) expect(lacks.length, name).toBeGreaterThan(0);
      else expect(source ?? symbols, name).toBeDefined();
      expect(value ?? '', name).not.toMatch(/NaN|Infinity|undefined/);
    }
  }
  expect(openFigure(basis, 'nothing/of-it', language)).toEqual([]);
  const empty = planBasisOf(patronus, [], null, language);
  expect(openFigure(empty, 'outage', language)[0]).toMatchObject({ value: null });
});

test('the questions that a plan cannot answer are named with what they wait for; with everything known none is left', () => {
  const open = planOf(patronus, [], null).unanswered;
  expect(open.map(({ figure }) => figure)).toEqual([
    'outage',
    'preparation',
    'rollback',
    'turn-back',
    'free-abort',
    'allowance',
    'passes/files',
  ]);
  for (const { missing, question } of open)
    expect([missing.length > 0, question.endsWith('?')]).toEqual([true, true]);
  expect(planOf(patronus, known, null).unanswered).toEqual([]);
});
