import type { Language } from '../contract';
import type { Expect } from '../runbook/command';
import { mustBe } from '../runbook/expect';
import { type Known, shownValue } from '../runbook/render';
import type { Said } from '../runbook/said';
import { texts } from './index';
import { PROCEDURES, type SaidTable } from './procedures';

/**
 * What a plan says, in the reader's language and the words of its procedure. A code that this version does not know,
 * as in the plan of a newer console, stands as it is, with what went into it. Never throws.
 */
export function sayPlan(language: Language, procedure: string, { code, params }: Said): string {
  const sentence = sentenceOf(language, procedure, code);
  if (sentence) return sentence(withUnknown(params));
  const values = Object.entries(params).map(([name, value]) => `${name}=${value}`);
  return [code, ...values].join(' ');
}

/**
 * What the button says that starts a plan with this title, where its procedure has words of its own for that: the row
 * `ACT_…` beside the title's. null: it has none.
 */
export function sayAct(language: Language, procedure: string, { code, params }: Said): string | null {
  return sentenceOf(language, procedure, `ACT_${code}`)?.(withUnknown(params)) ?? null;
}

function sentenceOf(language: Language, procedure: string, code: string): SaidTable[string] | undefined {
  const words = Object.hasOwn(PROCEDURES, procedure) ? PROCEDURES[procedure]?.[language] : undefined;
  return words && Object.hasOwn(words, code) ? words[code] : undefined;
}

/** What is missing is unknown, not left out. */
const withUnknown = (params: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  new Proxy(params, {
    get: (target, name) => (typeof name === 'string' && Object.hasOwn(target, name) ? target[name] : '?'),
  });

/** What an answer must be, in words: "must be 1", "must give no row". */
export function expectText(expect: Expect, language: Language, known?: Known): string {
  const words = texts(language).runbook.mustBe;
  const value = mustBe(expect, known);
  switch (expect.kind) {
    case 'is':
      return value === '' ? words.empty : words.is(value);
    case 'one-of':
      return words.oneOf(expect.values.join(', '));
    case 'at-most':
      return words.atMost(expect.value);
    case 'no-rows':
      return words.noRows;
    case 'rows':
      return words.rows;
    case 'succeeds':
      return words.succeeds;
    case 'judged': {
      const params = Object.values(expect.params).map((param) => shownValue(param, known));
      return words.judged([value, ...params].join(' '));
    }
  }
}
