import { expect, test } from 'vitest';
import { RULES } from '../findings/diagnose';
import { HOST_KIND, KINDS } from '../kinds';
import { REPLICATION_RULES } from '../replication/rules';
import { withUnknownParams } from './finding-params';
import { FINDINGS, type FindingCode, findingText } from './finding-text';
import { say, texts } from './index';

const { en, fr } = FINDINGS;
const CODES = Object.keys(en) as FindingCode[];
const params = Object.fromEntries(Object.keys(withUnknownParams({})).map((name) => [name, `${name} name`]));
const sentences = (code: string, language: 'en' | 'fr') => {
  const { title, what, why, todo, doNot } = findingText({ code, title: 'x', params }, language);
  return [title, what, why, ...todo, ...(doNot === undefined ? [] : [doNot])];
};

test('every rule has sentences, and every sentence belongs to a rule', () => {
  const ruled = new Set([...RULES, ...REPLICATION_RULES].map((rule) => rule.code));
  expect([...CODES].sort()).toEqual([...ruled].sort());
});

test.each(CODES)('%s is said in the same parts in both languages, in the tone of the console', (code) => {
  expect(sentences(code, 'fr').length).toBe(sentences(code, 'en').length);
  expect('doNot' in fr[code]).toBe('doNot' in en[code]);
  for (const sentence of [...sentences(code, 'en'), ...sentences(code, 'fr')]) {
    expect(sentence.length).toBeGreaterThan(8);
    expect(sentence).not.toMatch(
      /!|\b(oops|sorry|please|successfully|simply|invalid)\b|veuillez|something went wrong|undefined/i,
    );
  }
  for (const sentence of sentences(code, 'fr')) {
    // a command is not prose: `ps -o pid,stat` keeps its own signs
    expect(sentence).not.toMatch(/[\p{L}\d)»] [:;?%](\s|$)/u);
  }
});

test('a value that is missing is said to be unknown, never left out', () => {
  expect(findingText({ code: 'CLOCK_SKEW', title: '', params: { host: 'db' } }, 'en').title).toBe(
    'The clock of db differs by ? s from this desk’s.',
  );
});

test('values of servers stay text', () => {
  const host = '<b>db</b>';
  expect(findingText({ code: 'NO_REPLICA', title: '', params: { service: host } }, 'fr').title).toBe(
    `${host} n’a pas de réplica.`,
  );
});

test('a code of a newer console shows its own English title', () => {
  expect(findingText({ code: 'NEWER', title: 'Something new.', params: {} }, 'fr').title).toBe(
    'Something new.',
  );
  expect(findingText({ code: 'constructor', title: 'Own.', params: {} }, 'en').title).toBe('Own.');
});

test('both languages have every key', () => {
  const keys = (value: unknown, path = ''): string[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => keys(inner, `${path}.${key}`))
      : [path];
  expect(keys(texts('fr').common)).toEqual(keys(texts('en').common));
  expect(keys(texts('fr').kinds)).toEqual(keys(texts('en').kinds));
});

test('labels of kinds are said in both languages', () => {
  for (const kind of [HOST_KIND, ...KINDS]) {
    for (const text of [kind.title, ...kind.fields.map((field) => field.label)]) {
      expect(say(text, 'fr')).not.toBe('');
      expect(typeof text).toBe('object');
    }
  }
  expect(say('Patronus', 'fr')).toBe('Patronus');
});
