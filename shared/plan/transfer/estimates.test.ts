import { expect, test } from 'vitest';
import { bytes, count, inMinutes, rate, seconds } from '../../units/measure';
import { expectDigits, refusalsOf, solved } from '../../units/testing/expect-outcome';
import { catchUp, forecastLag, recoveryPointUse } from './catch-up';
import { dumpAndLoad } from './dump-load';
import { fitPasses, type MeasuredPass } from './fit-passes';

const DUMP = {
  size: bytes(5, 'GB'),
  dumpRate: rate(60, 'MB/s'),
  loadRate: rate(10, 'MB/s'),
  rate: rate(80, 'MB/s'),
  compression: 1,
  index: seconds(0, 's'),
  start: seconds(5, 's'),
};

test('5 GB: 83.3 + 62.5 + 500 s are 10.8 min through files, 8.4 min piped', () => {
  const times = solved(dumpAndLoad(DUMP));
  expectDigits(times.dump, '83.3');
  expectDigits(times.send, '62.5');
  expectDigits(times.load, '500');
  expectDigits(inMinutes(times.throughFiles), '10.8');
  expectDigits(inMinutes(times.piped), '8.4');
  expect(refusalsOf(dumpAndLoad({ ...DUMP, loadRate: rate(0, 'B/s'), compression: -1 }))).toEqual([
    'loadRate: zero',
    'compression: negative',
  ]);
});

test.each([
  [1, 3, '10'],
  [5, 6, '100'],
])('a seed of 20 min at %d written of %d applied catches up in %s min', (writes, applies, stated) => {
  const found = solved(
    catchUp(seconds(20, 'min'), rate(writes, 'MB/s'), rate(applies, 'MB/s'), seconds(1, 'h')),
  );
  if (found.kind !== 'after') throw new Error('never');
  expectDigits(inMinutes(found.time), stated);
  expect(inMinutes(found.retention)).toBeCloseTo(20 + inMinutes(found.time) + 60, 6);
});

test('a replica that applies no faster than is written never catches up', () => {
  const found = catchUp(seconds(20, 'min'), rate(6, 'MB/s'), rate(6, 'MB/s'));
  expect(solved(found)).toEqual({ kind: 'never', ratio: 1 });
});

const at = (lags: readonly number[]) =>
  lags.map((lag, n) => ({ at: 1e12 + n * 10_000, lag: seconds(lag, 's') }));

test('lag is forecast from all readings: shrinking by 3 s a second, a flat one never, a growing one never', () => {
  expect(solved(forecastLag(at([300, 270, 240])))).toMatchObject({ kind: 'at' });
  const found = solved(forecastLag(at([300, 270, 240])));
  expect(found.kind === 'at' && found.at).toBeCloseTo(1e12 + 100_000, 0);
  expect(solved(forecastLag(at([300, 300, 300])))).toMatchObject({ kind: 'never' });
  expect(solved(forecastLag(at([300, 310, 330])))).toMatchObject({ kind: 'never' });
  expect(solved(forecastLag(at([0, 0, 0])))).toEqual({ kind: 'at', at: 1e12 + 20_000 });
  expect(refusalsOf(forecastLag(at([300])))).toEqual(['readings: too-few']);
  const [first, second] = at([3, 2]);
  if (!first || !second) throw new Error('two readings');
  expect(refusalsOf(forecastLag([second, first, second]))).toEqual(['readings/1/at: contradictory']);
});

test('over the recovery point is over 1', () => {
  expect(solved(recoveryPointUse(seconds(90, 's'), seconds(1, 'min')))).toBe(1.5);
  expect(refusalsOf(recoveryPointUse(seconds(90, 's'), seconds(0, 'min')))).toEqual(['allowed: zero']);
});

/** Passes as S = 600 s, B = 80 MB/s and 3 ms a file make them, each off by so many seconds. */
const measured = (
  rows: readonly (readonly [gigabytes: number, files: number, off: number])[],
): MeasuredPass[] =>
  rows.map(([gigabytes, files, off]) => ({
    bytes: bytes(gigabytes, 'GB'),
    files: count(files),
    took: seconds(600 + (gigabytes * 1e9) / 80e6 + files * 0.003 + off, 's'),
  }));

test('S, B and the cost of a file come back out of passes that they made', () => {
  const exact = solved(
    fitPasses(
      measured([
        [1000, 2e6, 0],
        [20, 5e4, 0],
        [3, 9e4, 0],
        [8, 1e3, 0],
      ]),
    ),
  );
  expect(exact.scan).toBeCloseTo(600, 3);
  expect(exact.rate ?? 0).toBeCloseTo(80e6, 0);
  expect(exact.perFile ?? 0).toBeCloseTo(0.003, 9);
  expect(exact.spread).toBeCloseTo(0, 3);
  const noisy = solved(
    fitPasses(
      measured([
        [1000, 0, 40],
        [20, 0, -9],
        [3, 0, 12],
        [8, 0, -15],
        [15, 0, 5],
      ]),
    ),
  );
  expect(Math.abs(noisy.scan - 600)).toBeLessThan(15);
  expect(Math.abs((noisy.rate ?? 0) - 80e6) / 80e6).toBeLessThan(0.01);
  expect(noisy.spread).toBeGreaterThan(5);
});

test('a small last delta does not become an absurd throughput: 80 MB in 50 s beside a scan of 45 s', () => {
  const small: MeasuredPass[] = [
    { bytes: bytes(500, 'GB'), files: count(0), took: seconds(6295, 's') },
    { bytes: bytes(5, 'GB'), files: count(0), took: seconds(108, 's') },
    { bytes: bytes(80, 'MB'), files: count(0), took: seconds(50, 's') },
  ];
  const { rate: found, scan } = solved(fitPasses(small));
  expect((found ?? 0) / 1e6).toBeGreaterThan(70);
  expect(scan).toBeGreaterThan(40);
});

test('a cost that comes out negative is left out of the fit: it was too small to be seen', () => {
  // The passes with the most files happened to be the quickest ones.
  const found = solved(
    fitPasses(
      measured([
        [1000, 0, 30],
        [20, 9e4, -300],
        [3, 5e4, -170],
        [8, 0, 20],
        [15, 2e4, -60],
      ]),
    ),
  );
  expect(found.perFile).toBeNull();
  expect((found.rate ?? 0) / 1e6).toBeGreaterThan(70);
  expect(found.scan).toBeGreaterThan(0);
});

test('too few passes teach nothing', () => {
  expect(
    refusalsOf(
      fitPasses(
        measured([
          [1, 0, 0],
          [2, 0, 0],
        ]),
      ),
    ),
  ).toEqual(['passes: too-few']);
});
