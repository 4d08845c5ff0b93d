import { expect, test } from 'vitest';
import type { LedgerEntry } from '../contract';
import { spreadOf } from '../units/spread';
import { solved } from '../units/testing/expect-outcome';
import { type Arrival, copyRate, hourPath } from './copy';
import { latency } from './latency';
import { chance, valuesOf, whyOf } from './measure.test-kit';
import type { MeasuredValue } from './model';

const START = Date.UTC(2026, 1, 3, 14, 59, 59);
const arrivals = (...list: [number, number][]): Arrival[] =>
  list.map(([seconds, bytes]) => ({ wall: START + seconds * 1000, monotonic: seconds * 1000, bytes }));
const steady = arrivals([0, 1e6], [1, 81e6], [2, 161e6], [3, 241e6]);

test('what a copy got, of its hour of day in UTC and over all', () => {
  const values = valuesOf(copyRate('files', steady, 1, []));
  const same = { value: 80, unit: 'MB/s', range: { low: 80, high: 80 } };
  expect(values['measured/copyRate']).toMatchObject(same);
  expect(values['measured/copyRate/files/14']).toMatchObject(same);
});

test('with other hours of the same host: their mean, and the slowest and quickest of them all', () => {
  const entry = (path: string, value: number, low: number, high: number): LedgerEntry => ({
    path,
    at: 1,
    quantity: { value, unit: 'MB/s', source: 'measured', range: { low, high } },
  });
  const ledger = [
    entry(hourPath('files', 3), 110, 100, 118),
    entry(hourPath('files', 14), 1, 1, 1),
    entry(hourPath('web', 3), 999, 999, 999),
    { path: hourPath('files', 5), at: 1, quantity: 'unknown' as const },
  ];
  expect(valuesOf(copyRate('files', steady, 1, ledger))['measured/copyRate']).toMatchObject({
    value: 95,
    range: { low: 80, high: 118 },
  });
});

test.each<[string, string, Arrival[]]>([
  ['nothing came', 'too-short', []],
  ['too few bytes', 'too-short', arrivals([0, 0], [1, 9e5], [2, 9.9e5])],
  ['too quick', 'too-short', arrivals([0, 0], [0.05, 5e6], [0.1, 1e7])],
  ['two moments', 'too-few-samples', arrivals([0, 0], [1, 5e6])],
  [
    'the desk slept',
    'clock-jumped',
    [...arrivals([0, 0], [1, 5e6]), { wall: START + 9e5, monotonic: 2000, bytes: 9e6 }],
  ],
])('%s: %s', (_, why, list) => {
  expect(whyOf(copyRate('files', list, 1, []))).toBe(why);
});

test('a round trip: half within the value, nine of ten within the spread', () => {
  const verdict = latency([5, 1, 2, 3, 4, 6, 7, 8, 9, 100]);
  expect(valuesOf(verdict)['assumptions/roundTripTime']).toEqual({
    path: 'assumptions/roundTripTime',
    value: 5.5,
    unit: 'ms',
    range: { low: 1, high: 9 },
  });
  expect(verdict.facts).toEqual({ samples: 10, p90: 0.009 });
  expect(whyOf(latency([1, 2, 3, 4]))).toBe('too-few-samples');
});

test('whatever arrives: the spread holds the value, and more bytes in the same time are never slower', () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const next = chance(seed);
    const list: Arrival[] = [];
    let [at, bytes] = [0, 0];
    for (let index = 0; index < 4 + Math.floor(next() * 40); index += 1) {
      list.push(...arrivals([at, bytes]));
      at += 0.1 + next() * 3;
      bytes += 5e5 + next() * 1e9;
    }
    const rate = (some: Arrival[]) => valuesOf(copyRate('h', some, 2, []))[hourPath('h', hourOf(some))];
    const one = rate(list);
    const { low = Number.NaN, high = Number.NaN } = one?.range ?? {};
    expect([seed, low <= (one?.value ?? 0), (one?.value ?? 0) <= high]).toEqual([seed, true, true]);
    const more = rate(list.map((one) => ({ ...one, bytes: one.bytes * 2 })));
    expect([seed, rateIn(more) >= rateIn(one)]).toEqual([seed, true]);
  }
});

const rateIn = (value: MeasuredValue | undefined) =>
  value ? solved(spreadOf({ ...value, source: 'measured' }, 'rate')).likely : Number.NaN;
const hourOf = ([first]: Arrival[]) => new Date(first?.wall ?? 0).getUTCHours();
