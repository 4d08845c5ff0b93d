import { expect, test } from 'vitest';
import { readMeasureArguments } from './measure-arguments';

const read = (line: string) => readMeasureArguments(line.split(' '), 'C');

test('a kind, its subject and the bounds that were named', () => {
  expect(read('copy web --estate p.yaml --bytes 5000000 --streams 4 --json')).toEqual({
    ok: true,
    value: {
      what: 'copy',
      subject: 'web',
      bounds: { bytes: 5_000_000, streams: 4 },
      trees: [],
      estate: 'p.yaml',
      json: true,
      language: 'en',
      dataDir: null,
      egress: null,
    },
  });
  expect(read('tree-walk --estate p.yaml --tree /a --tree /b --walks 3')).toMatchObject({
    value: { subject: null, trees: ['/a', '/b'], bounds: { walks: 3 } },
  });
  expect(read('list --estate p.yaml')).toMatchObject({ value: { what: 'list' } });
});

test.each([
  ['speed --estate p.yaml', '"speed" is not list'],
  ['--estate p.yaml', 'say list'],
  ['list web --estate p.yaml', '"web" is one word too many'],
  ['latency web db --estate p.yaml', '"db" is one word too many'],
  ['latency web', '--estate FILE is missing'],
  ['latency web --estate p.yaml --bytes 5', 'has no --bytes'],
  ['latency web --estate p.yaml --tree /a', '--tree is for'],
  ['latency web --estate p.yaml --samples many', '"many" is no whole number'],
  ['latency web --estate p.yaml --confirm web', '--confirm'],
])('%s: %s', (line, sentence) => {
  expect(read(line)).toMatchObject({ ok: false, error: { message: expect.stringContaining(sentence) } });
});
