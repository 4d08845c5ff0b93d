import { describe, expect, it } from 'vitest';
import { Expect } from '../runbook/command';
import { said } from '../runbook/said';
import { texts } from './index';
import { PROCEDURES } from './procedures';
import { expectText, sayPlan } from './say-plan';

describe('what a plan says', () => {
  it('a code or a procedure that nobody knows stands as it is, with what went into it', () => {
    expect(sayPlan('en', 'newer', said('STEP_NEW', { host: 'db-a' }))).toBe('STEP_NEW host=db-a');
    expect(sayPlan('fr', 'switchover', said('constructor'))).toBe('constructor');
    expect(sayPlan('fr', '__proto__', said('toString', { a: 'b' }))).toBe('toString a=b');
  });

  it('every sentence of every procedure is there in both languages, and says "?" for what is missing', () => {
    for (const [procedure, { en, fr }] of Object.entries(PROCEDURES)) {
      expect(Object.keys(fr).sort(), procedure).toEqual(Object.keys(en).sort());
      for (const code of Object.keys(en)) {
        for (const language of ['en', 'fr'] as const) {
          const sentence = sayPlan(language, procedure, said(code));
          expect(sentence, `${procedure} ${code}`).not.toMatch(/undefined|^$/);
        }
      }
    }
  });
});

describe('what an answer must be', () => {
  const text = (expectation: unknown, language: 'en' | 'fr' = 'en') =>
    expectText(Expect.parse(expectation), language);
  it('is said in words', () => {
    expect(text({ kind: 'is', column: 'v', value: { kind: 'text', value: '1' } })).toBe('must be 1');
    expect(text({ kind: 'is', column: 'v', value: { kind: 'text', value: '' } })).toBe('must be empty');
    expect(text({ kind: 'is', column: 'v', value: { kind: 'output', name: 'p' } }, 'fr')).toBe(
      'doit être ⟨p⟩',
    );
    expect(text({ kind: 'no-rows' }, 'fr')).toBe('ne doit donner aucune ligne');
    expect(text({ kind: 'at-most', column: 'v', value: '2' })).toBe('must be at most 2');
    const judged = { kind: 'judged', by: 'same', params: { want: { kind: 'output', name: 'p' } } };
    expect(text(judged)).toBe('is compared by the console (same ⟨p⟩)');
  });
});

it('words of runs have the same keys in both languages', () => {
  const keys = (value: unknown, path = ''): string[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => keys(inner, `${path}.${key}`))
      : [path];
  expect(keys(texts('fr').runbook)).toEqual(keys(texts('en').runbook));
});
