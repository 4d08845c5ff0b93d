import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { BASE, errorsOf, withLine } from './example.test-kit';
import { parseEstate } from './parse';

const ESTATES = ['patronus', 'parking', 'embassy', 'longjump', 'software-servers'].map((name) =>
  readFileSync(resolve(import.meta.dirname, `../../estates/${name}.yaml`), 'utf8'),
);

/** Mulberry32: the same numbers in every run, so that a failure can be seen again. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
const pick = <T>(random: () => number, list: readonly [T, ...T[]]): T =>
  list[Math.floor(random() * list.length)] ?? list[0];

/** Each must be refused, with this code, without taking the process down or more than a few seconds. */
const BOMBS: readonly [string, () => string, string][] = [
  ['more than 2 MB', () => `${BASE}#${'x'.repeat(2_000_000)}\n`, 'E_ESTATE_SIZE'],
  ['more than 2 MB of two-byte letters', () => `${BASE}#${'é'.repeat(1_000_000)}\n`, 'E_ESTATE_SIZE'],
  ['a billion laughs', laughs, 'E_ESTATE_ALIASES'],
  ['an alias within its own anchor', () => withLine(24, '  rate: &a [*a]'), 'E_ESTATE_ALIASES'],
  ['a thousand aliases', () => withLine(24, `  rate: [&a 1, ${'*a, '.repeat(1000)}]`), 'E_ESTATE_ALIASES'],
  [
    'a merge key',
    () => withLine(20, '  - &u { id: users, title: U }\n  - { <<: *u, id: v }'),
    'E_ESTATE_UNKNOWN_KEY',
  ],
  ['brackets without end', () => '['.repeat(200_000), 'E_ESTATE_YAML'],
  ['braces without end', () => '{a: '.repeat(200_000), 'E_ESTATE_YAML'],
  ['dashes without end', () => '- '.repeat(200_000), 'E_ESTATE_YAML'],
  ['question marks without end', () => '? '.repeat(200_000), 'E_ESTATE_YAML'],
  [
    'stairs without end',
    () => Array.from({ length: 1500 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
    'E_ESTATE_YAML',
  ],
  [
    'a mapping of 40 000 keys',
    () => Array.from({ length: 40_000 }, (_, i) => `k${i}: v`).join('\n'),
    'E_ESTATE_UNKNOWN_KEY',
  ],
  ['a hundred thousand mistakes', () => `${'*a '.repeat(100_000)}`, 'E_ESTATE_YAML'],
  ['a long id near nothing', () => withLine(15, `    hosts: [${'a'.repeat(100_000)}]`), 'E_ESTATE_VALUE'],
  ['a key that is the prototype', () => withLine(16, '    __proto__: { port: 80 }'), 'E_ESTATE_UNKNOWN_KEY'],
];

/** "a: [lol × 9]", nine times over. */
function laughs(): string {
  const levels = Array.from({ length: 9 }, (_, i) =>
    i === 0 ? 'l0: &l0 lol' : `l${i}: &l${i} [${Array.from({ length: 9 }, () => `*l${i - 1}`).join(', ')}]`,
  );
  return levels.join('\n');
}

describe('a bomb is refused', () => {
  test.each(BOMBS)(
    '%s',
    (_, text, code) => {
      const errors = errorsOf(text());
      expect(errors.map((e) => e.code)).toContain(code);
      expect(errors.length).toBeLessThanOrEqual(200);
      for (const { message } of errors) expect(message.length).toBeLessThan(2000);
    },
    10_000,
  );
});

test('nothing of the prototype is reached', () => {
  errorsOf(withLine(24, '  __proto__: { polluted: { value: 1, unit: x, source: stated } }'));
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
});

/** Every error can be shown: a place inside the text, a sentence, no invisible character. */
function expectShowable(text: string): void {
  const parsed = parseEstate(text, 'x.yaml');
  if (parsed.ok) return;
  expect(parsed.error.length).toBeGreaterThan(0);
  const lines = text.split('\n').length;
  for (const { code, message, params } of parsed.error) {
    expect(code).toMatch(/^E_ESTATE_[A-Z_]+$/);
    expect(Number(params?.line)).toBeGreaterThanOrEqual(1);
    expect(Number(params?.line)).toBeLessThanOrEqual(lines);
    expect(Number(params?.column)).toBeGreaterThanOrEqual(1);
    expect(message).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e]/u);
  }
}

test('text mutated at random never throws', () => {
  const random = randomOf(1);
  const noise = [
    '\t',
    '"',
    "'",
    '{',
    '}',
    '[',
    ']',
    ':',
    '- ',
    '&a',
    '*a',
    '!!x',
    '|',
    '>',
    '#',
    '\u0000',
    '\u001b',
    '\ud800',
    '%',
    '? ',
    '\n',
    '---\n',
    '...\n',
    '<<: ',
    '~',
    '\u2028',
  ] as const;
  for (let round = 0; round < 60; round++) {
    let text = pick(random, [ESTATES[round % ESTATES.length] ?? '']);
    for (let slips = 1 + Math.floor(random() * 3); slips > 0; slips--) {
      const at = Math.floor(random() * text.length);
      const cut = Math.floor(random() * 12);
      text = text.slice(0, at) + (random() < 0.6 ? pick(random, noise) : '') + text.slice(at + cut);
    }
    expectShowable(text);
  }
}, 60_000);

test('values mutated at random never throw', () => {
  const random = randomOf(2);
  const values = [
    null,
    [],
    {},
    '',
    'x',
    'web',
    -1,
    1e300,
    true,
    'unknown',
    [null],
    { id: 'x' },
    ['web', 'web'],
  ] as const;
  for (let round = 0; round < 60; round++) {
    const data: unknown = parse(ESTATES[round % ESTATES.length] ?? '');
    for (let slips = 1 + Math.floor(random() * 3); slips > 0; slips--)
      mutate(data, random, pick(random, values));
    expectShowable(stringify(data));
  }
}, 60_000);

/** Walks down at random and replaces, or takes away, what it meets. */
function mutate(data: unknown, random: () => number, value: unknown): void {
  let here = data;
  for (;;) {
    if (typeof here !== 'object' || here === null) return;
    const keys = Object.keys(here);
    const key = keys[Math.floor(random() * keys.length)];
    if (key === undefined) return;
    const next: unknown = Reflect.get(here, key);
    if (random() < 0.3 || typeof next !== 'object' || next === null) {
      if (random() < 0.2) Reflect.deleteProperty(here, key);
      else Reflect.set(here, key, value);
      return;
    }
    here = next;
  }
}
