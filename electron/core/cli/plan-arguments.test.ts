import { expect, test } from 'vitest';
import { readPlanArguments } from './plan-arguments';

const read = (line: string) => readPlanArguments(line.split(' ').filter(Boolean), 'fr_FR.UTF-8');

test.each([
  ['', /--estate FILE is missing/],
  ['--estate a extra', /"extra" is one word too many/],
  ['--estate a --format doc', /"doc" is none of text, json/],
  ['--estate a --format md --json', /ask for two things/],
  ['--estate a --pack d --format md', /--pack writes every format/],
  ['--estate a --pack d --out f', /--pack writes every format/],
  ['--estate a --format pdf', /name a file with --out/],
  ['--estate a --language de', /neither en nor fr/],
  ['--estate a --colour', /--colour/],
])('plan %s is refused in one sentence', (line, expected) => {
  const result = read(line);
  expect(result).toMatchObject({ ok: false, error: { code: 'E_USAGE' } });
  if (!result.ok) expect(result.error.message).toMatch(expected);
});

test('text is the default, --json is a format, and the language is that of the desk unless said', () => {
  const plain = { estate: 'a', format: 'text', out: null, pack: null, language: 'fr', dataDir: null };
  expect(read('--estate a')).toEqual({ ok: true, value: plain });
  expect(read('--estate a --json --lang en')).toEqual({
    ok: true,
    value: { ...plain, format: 'json', language: 'en' },
  });
  expect(read('--estate a --format pdf --out p.pdf --language en --data-dir d')).toEqual({
    ok: true,
    value: { ...plain, format: 'pdf', out: 'p.pdf', language: 'en', dataDir: 'd' },
  });
  expect(read('--estate a --pack d')).toEqual({ ok: true, value: { ...plain, pack: 'd' } });
});
