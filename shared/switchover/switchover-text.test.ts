import { expect, it } from 'vitest';
import type { RunPlan } from '../runbook/plan';
import type { Said } from '../runbook/said';
import { switchover as en } from '../text/en/switchover';
import { switchover as fr } from '../text/fr/switchover';
import { sayPlan } from '../text/say-plan';
import { FULL_MARIADB, FULL_MYSQL } from './full.test-kit';
import { planSwitchover } from './plan-switchover';
import { inputOf, type Told } from './switchover.test-kit';

/** Every sentence of a plan, wherever it stands. */
function saidIn(value: unknown): Said[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('code' in value && 'params' in value) return [value as Said];
  return Object.values(value).flatMap(saidIn);
}
const planned = (told: Told): RunPlan => {
  const made = planSwitchover(inputOf(told));
  if (!made.ok) throw new Error(made.reasons.map(({ code }) => code).join(', '));
  return made.plan;
};

it('both languages say the same things', () => {
  expect(Object.keys(fr).sort()).toEqual(Object.keys(en).sort());
});

it.each([
  ['MySQL', FULL_MYSQL],
  ['MariaDB', FULL_MARIADB],
] satisfies [string, Told][])(
  '%s: every title, check, warning and blind spot has its words, and all that goes into them',
  (_, told) => {
    const said = saidIn(planned(told));
    expect(said.length).toBeGreaterThan(60);
    for (const one of said)
      for (const language of ['en', 'fr'] as const) {
        const sentence = sayPlan(language, 'switchover', one);
        expect(sentence, one.code).not.toMatch(/^[A-Z]+_[A-Z_]+|\?|undefined|!/);
      }
  },
);

it('the lever’s sentence', () => {
  const { title } = planned({});
  expect(sayPlan('en', 'switchover', title)).toBe('db-a stops taking writes. db-b starts.');
  expect(sayPlan('fr', 'switchover', title)).toBe('db-a cesse de prendre les écritures. db-b commence.');
});

it('French keeps its high punctuation with the word before it', () => {
  const params = new Proxy({}, { get: () => 'x' });
  const wrong = Object.values(fr)
    .map((text) => text(params))
    .filter((text) => / [:;?!»]|« |[cdjlmnst]'[a-zéèêàâ]/i.test(text));
  expect(wrong).toEqual([]);
});

it('what is unusual is told beforehand', () => {
  const codes = (told: Told) => planned(told).warnings.map(({ code }) => code);
  expect(codes(FULL_MYSQL)).toEqual(['WARN_OPEN_TRANSACTIONS', 'WARN_BOOT_CLOSED', 'WARN_TLS_FILES']);
  expect(codes(FULL_MARIADB)).toEqual([
    'WARN_ACCOUNT_LOCKED',
    'WARN_BOOT_CLOSED',
    'WARN_TLS_FILES',
    'WARN_NO_TRAFFIC',
  ]);
  expect(codes({ acting: { boot: 'as-was' } })).toContain('WARN_BOOT_OPEN');
  expect(codes({ members: { 'db-b': { superReadOnly: false } } })).toContain('WARN_NOT_SUPER');
});
