import { expect, test } from 'vitest';
import { readCliArguments } from './arguments';

test.each([
  ['', /No command/],
  ['fly --estate a', /no command "fly"/],
  ['status', /--estate FILE is missing/],
  ['status extra --estate a', /"extra" is one word too many/],
  ['trust --estate a', /name the host/],
  ['trust db more --estate a', /"more"/],
  ['status --estate a --lang de', /neither en nor fr/],
  ['status --estate a --egress open', /only tighten/],
  ['status --estate a --colour', /--colour/],
  ['replay', /name the recording/],
  ['replay one two', /"two"/],
  ['record --estate a --for ever', /"ever"/],
])('%s is refused in one sentence', (line, expected) => {
  const result = readCliArguments(line.split(' ').filter(Boolean), 'C');
  expect(result).toMatchObject({ ok: false, error: { code: 'E_USAGE' } });
  if (!result.ok) expect(result.error.message).toMatch(expected);
});

test('a full line is read, and the language follows the session unless said', () => {
  const result = readCliArguments(['topology', '--estate', 'a.yaml', '--json'], 'fr_FR.UTF-8');
  expect(result).toEqual({
    ok: true,
    value: {
      kind: 'run',
      arguments: {
        command: 'topology',
        estate: 'a.yaml',
        host: null,
        words: [],
        json: true,
        language: 'fr',
        dataDir: null,
        egress: null,
        confirm: null,
        recording: { forMs: null, out: null, at: null, marks: false },
      },
    },
  });
  expect(readCliArguments(['--help'], 'C')).toEqual({ ok: true, value: { kind: 'help' } });
});
