import { expect, test } from 'vitest';
import { spreadOf } from '../units/spread';
import { solved } from '../units/testing/expect-outcome';
import { growthOf } from './growth';
import { parseLogTimes } from './log-times';
import { chance, valuesOf, whyOf } from './measure.test-kit';
import { grownBetween, type LogFile, type LogSample, logFilesOf, pastGrowth, writeRate } from './write-rate';

const PATH = 'dataSets/db/changeRate';
const files = (...list: [number, number][]): LogFile[] =>
  list.map(([number, size]) => ({ name: `binlog.${`${number}`.padStart(6, '0')}`, size }));
const at = (seconds: number, list: LogFile[], clock = seconds): LogSample => ({
  wall: 1e12 + clock * 1000,
  monotonic: seconds * 1000,
  files: list,
});
const rateOf = (samples: LogSample[]) => {
  const value = valuesOf(writeRate(PATH, samples, null))[PATH];
  if (!value) throw new Error('no value');
  return solved(spreadOf({ ...value, source: 'measured' }, 'rate'));
};

test('bytes per second over all of it, in the unit of a day', () => {
  const samples = [0, 10, 20, 30].map((second) => at(second, files([7, 1000 + second * 1000])));
  const verdict = writeRate(PATH, samples, null);
  expect(valuesOf(verdict)[PATH]).toEqual({
    path: PATH,
    value: 86.4,
    unit: 'MB/day',
    range: { low: 86.4, high: 86.4 },
  });
  expect(verdict.facts).toEqual({ samples: 4, seconds: 30, bytes: 30_000 });
});

test('nothing written is a value: 0 in so many seconds, with a range', () => {
  const samples = [0, 5, 10].map((second) => at(second, files([7, 1000])));
  const verdict = writeRate(PATH, samples, null);
  expect(valuesOf(verdict)[PATH]).toEqual({
    path: PATH,
    value: 0,
    unit: 'B/day',
    range: { low: 0, high: 0 },
  });
  expect(verdict.facts).toMatchObject({ bytes: 0, seconds: 10 });
});

test('a rotation adds what the old file still got and all of the new ones; a purge of older files changes nothing', () => {
  const before = files([6, 500], [7, 1000]);
  expect(grownBetween(before, files([6, 500], [7, 1300], [8, 200], [9, 50]))).toBe(550);
  expect(grownBetween(before, files([7, 1300], [8, 200]))).toBe(500);
});

test.each<[string, string, LogSample[]]>([
  [
    'the current file was purged',
    'log-purged',
    [files([7, 1000]), files([8, 10]), files([8, 20])].map((list, n) => at(n, list)),
  ],
  [
    'the log was emptied',
    'counter-back',
    [files([7, 1000]), files([1, 10]), files([1, 20])].map((list, n) => at(n, list)),
  ],
  [
    'a file became smaller',
    'counter-back',
    [files([7, 1000]), files([7, 999]), files([7, 1000])].map((list, n) => at(n, list)),
  ],
  [
    'the log was emptied and has reached the same file again',
    'counter-back',
    [files([5, 9], [7, 1000]), files([1, 9], [7, 2000]), files([1, 9], [7, 2100])].map((list, n) =>
      at(n, list),
    ),
  ],
  ['there is no log', 'no-log', [at(0, []), at(1, []), at(2, [])]],
  ['too few readings', 'too-few-samples', [at(0, files([7, 1])), at(9, files([7, 2]))]],
  ['no time went by', 'too-short', [0, 0, 0].map((second) => at(second, files([7, 1])))],
  [
    'the desk slept',
    'clock-jumped',
    [at(0, files([7, 1])), at(1, files([7, 2])), at(2, files([7, 3]), 3600)],
  ],
  [
    'its clock was put back',
    'clock-jumped',
    [at(0, files([7, 1])), at(1, files([7, 2]), -60), at(2, files([7, 3]))],
  ],
])('%s: %s, and no value', (_, why, samples) => {
  expect(whyOf(writeRate(PATH, samples, null))).toBe(why);
});

test('whatever is written and however it rotates: every byte counts, the spread holds the value, and nothing is no number', () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const next = chance(seed);
    let number = 3;
    const list = files([number, Math.floor(next() * 1e6)]);
    const samples = [at(0, structuredClone(list))];
    let [second, written] = [0, 0];
    for (let index = 0; index < 2 + Math.floor(next() * 20); index += 1) {
      second += 0.2 + next() * 60;
      const current = list.at(-1);
      const bytes = next() < 0.2 ? 0 : Math.floor(next() * 10 ** (next() * 10));
      if (current) current.size += bytes;
      if (next() < 0.3) {
        number += 1;
        list.push(...files([number, 120]));
      }
      written += bytes + (list.at(-1) === current ? 0 : 120);
      // Purged: the oldest, which is no longer the current one.
      if (next() < 0.3 && list.length > 2) list.shift();
      samples.push(at(second, structuredClone(list)));
    }
    const { low, likely, high } = rateOf(samples);
    expect([seed, low <= likely, likely <= high, Number.isFinite(low + high)]).toEqual([
      seed,
      true,
      true,
      true,
    ]);
    expect(likely * second).toBeCloseTo(written, Math.min(0, 4 - Math.ceil(Math.log10(written + 1))));
  }
});

test('growth: a total that falls, or time that does, is none', () => {
  expect(
    growthOf(
      [
        { at: 0, total: 5 },
        { at: 1, total: 4 },
      ],
      3,
    ),
  ).toBeNull();
  expect(
    growthOf(
      [
        { at: 0, total: 5 },
        { at: 2, total: 6 },
        { at: 1, total: 7 },
      ],
      3,
    ),
  ).toBeNull();
  expect(growthOf([{ at: 0, total: 5 }], 3)).toBeNull();
  expect(
    growthOf(
      [
        { at: 0, total: Number.NaN },
        { at: 1, total: 4 },
      ],
      3,
    ),
  ).toBeNull();
  expect(
    growthOf(
      [
        { at: 0, total: 0 },
        { at: 1, total: 8 },
        { at: 2, total: 8 },
      ],
      2,
    )?.rate,
  ).toEqual({ low: 0, likely: 4, high: 8 });
});

const HOUR = 3600;
const history = (...list: [number, number, number][]) => ({
  now: 100 * HOUR,
  files: new Map(
    list.map(([number, size, hour]) => [
      `binlog.${`${number}`.padStart(6, '0')}`,
      { size, changed: hour * HOUR },
    ]),
  ),
});

test('the times of the files tell a longer past: from the end of the first to now', () => {
  const list = files([1, 999], [2, HOUR * 1000], [3, HOUR * 3000]);
  const past = pastGrowth(list, history([1, 999, 96], [2, HOUR * 1000, 98], [3, HOUR * 3000, 99.9]));
  expect(past).toMatchObject({ seconds: 4 * HOUR, amount: HOUR * 4000 });
  expect(past?.rate).toEqual({ low: 500, likely: 1000, high: 1500 });
  const samples = [0, 5, 10].map((second) => at(second, list));
  const verdict = writeRate(
    PATH,
    samples,
    history([1, 999, 96], [2, HOUR * 1000, 98], [3, HOUR * 3000, 99.9]),
  );
  expect(verdict.facts.history).toBe(4 * HOUR);
  // What was just seen belongs to the spread: it was quiet.
  expect(valuesOf(verdict)[PATH]).toMatchObject({
    value: 86.4,
    unit: 'MB/day',
    range: { low: 0, high: 129.6 },
  });
});

test.each([
  [
    'an hour is not reached',
    files([1, 9], [2, 9], [3, 9]),
    history([1, 9, 99.5], [2, 9, 99.6], [3, 9, 99.7]),
  ],
  ['too few files', files([2, 9], [3, 9]), history([2, 9, 50], [3, 9, 60])],
  [
    'times run backwards: copied files',
    files([1, 9], [2, 9], [3, 9]),
    history([1, 9, 60], [2, 9, 50], [3, 9, 70]),
  ],
  ['times lie ahead', files([1, 9], [2, 9], [3, 9]), history([1, 9, 10], [2, 9, 200], [3, 9, 70])],
  [
    'a file is of another size: another server',
    files([1, 9], [2, 9], [3, 9]),
    history([1, 9, 1], [2, 8, 2], [3, 9, 3]),
  ],
  ['a file is not there', files([1, 9], [2, 9], [3, 9]), history([1, 9, 1], [3, 9, 3])],
])('the past tells nothing where %s', (_, list, times) => {
  expect(pastGrowth(list, times)).toBeNull();
});

test('rows of SHOW BINARY LOGS, and what is none', () => {
  expect(logFilesOf([{ Log_name: 'binlog.000001', File_size: '157', Encrypted: 'No' }])).toEqual(
    files([1, 157]),
  );
  expect(logFilesOf([{ Log_name: 'binlog.000001', File_size: null }])).toBeNull();
  expect(logFilesOf([{ File_size: '1' }])).toBeNull();
});

test('times of files as the host prints them; a closed folder tells none', () => {
  const text = '#now\n1700000100\n#files\n157 1700000000 /var/lib/my sql/binlog.000001\n#end\n';
  expect(parseLogTimes(text)).toEqual({
    now: 1_700_000_100,
    files: new Map([['binlog.000001', { size: 157, changed: 1_700_000_000 }]]),
  });
  expect(parseLogTimes('#now\n1700000100\n#files\n#end\n')).toBeNull();
  expect(parseLogTimes('')).toBeNull();
});
