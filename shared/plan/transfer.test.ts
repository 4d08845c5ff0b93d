import { expect, test } from 'vitest';
import {
  catchUpSeconds,
  changeRatio,
  deltaPasses,
  dumpAndLoadSeconds,
  lossLimit,
  monthlyAllowanceMinutes,
  passesUntil,
  pipedSeconds,
  serialP90,
  throughput,
  transferSeconds,
  windowLimit,
} from './transfer';

const GBIT = 125e6;
const hours = (seconds: number) => seconds / 3600;
const minutes = (seconds: number) => seconds / 60;
const plain = (bytes: number, bytesPerSecond: number) =>
  transferSeconds({ scanSeconds: 0, bytes, bytesPerSecond, files: 0, perFileSeconds: 0, streams: 1 });

test.each([
  [0.1 * GBIT, 0.93, 23.9],
  [0.1 * GBIT, 0.65, 34.2],
  [GBIT, 0.93, 2.4],
  [GBIT, 0.65, 3.4],
])('1 TB at %d B/s and efficiency %d takes %d h', (bytesPerSecond, efficiency, expected) => {
  const rate = throughput({ bytesPerSecond, efficiency, contention: 1 });
  expect(hours(plain(1e12, rate))).toBeCloseTo(expected, 1);
});

test('two million files of 3 ms add 1.7 h, and many streams share them', () => {
  const files = {
    scanSeconds: 0,
    bytes: 0,
    bytesPerSecond: 1,
    files: 2e6,
    perFileSeconds: 0.003,
    streams: 1,
  };
  expect(hours(transferSeconds(files))).toBeCloseTo(1.7, 1);
  expect(hours(transferSeconds({ ...files, streams: 10 }))).toBeCloseTo(0.17, 2);
});

test('loss limits one stream of 1460 bytes over 50 ms at 0.1 % to 923 kB/s', () => {
  expect(lossLimit(1, 1460, 0.05, 0.001) / 1e3).toBeCloseTo(923, 0);
});

test.each([
  // Worked cases: throughput in MB/s, change in GB a day, scan in minutes.
  [80, 20, 40, [248, 40.7, 40.1], 40.1],
  [80, 20, 10, [218, 10.6], 10],
  [10, 200, 20, [1687, 410, 115, 47, 31, 27], 26],
])('1 TB at %d MB/s, %d GB a day, scan %d min', (rate, change, scan, expected, floor) => {
  const first = scan * 60 + 1e12 / (rate * 1e6);
  const ratio = changeRatio({
    changedBytesPerSecond: (change * 1e9) / 86_400,
    bytesPerSecond: rate * 1e6,
    changedFilesPerSecond: 0,
    perFileSeconds: 0.003,
    streams: 1,
  });
  const passes = deltaPasses(first, scan * 60, ratio);
  for (const [n, value] of expected.entries()) {
    expect(Math.abs(minutes(passes.seconds[n] ?? 0) - value)).toBeLessThan(0.6);
  }
  expect(Math.abs(minutes(passes.floorSeconds) - floor)).toBeLessThan(0.5);
  expect(passes.converges).toBe(true);
});

test('1.2 TB a day against 10 MB/s never converges', () => {
  const passes = deltaPasses(1e5, 1200, 1.2e12 / 86_400 / 10e6);
  expect(passes).toMatchObject({ converges: false, floorSeconds: Number.POSITIVE_INFINITY });
});

test('changed files cost their own time: 100 a second at 3 ms are three tenths of the copy', () => {
  const bytes = { changedBytesPerSecond: 1e6, bytesPerSecond: 10e6 };
  const files = { changedFilesPerSecond: 100, perFileSeconds: 0.003 };
  expect(changeRatio({ ...bytes, ...files, streams: 1 })).toBeCloseTo(0.4, 12);
  expect(changeRatio({ ...bytes, ...files, streams: 10 })).toBeCloseTo(0.13, 12);
});

test('the closed form of the final pass is the recursion run to its end', () => {
  const [first, scan, ratio, most] = [90_000, 600, 0.7, 8];
  let pass = first;
  for (let n = 0; n < most; n += 1) pass = scan + ratio * pass;
  expect(deltaPasses(first, scan, ratio, most).finalSeconds).toBeCloseTo(pass, 6);
});

test('the window limits one stream of 64 KiB over 50 ms to 1.3 MB/s, eight of them to eight times that', () => {
  expect(windowLimit(1, 65_536, 0.05) / 1e6).toBeCloseTo(1.31, 2);
  expect(windowLimit(8, 65_536, 0.05)).toBe(8 * windowLimit(1, 65_536, 0.05));
  const link = { bytesPerSecond: GBIT, efficiency: 0.93, contention: 0.7 };
  expect(throughput(link, windowLimit(1, 65_536, 0.05), 80e6)).toBe(windowLimit(1, 65_536, 0.05));
});

test('passes to a target: impossible below the floor, three for the slow link and an hour', () => {
  expect(passesUntil(248 * 60, 40 * 60, 20e9 / 86_400 / 80e6, 30 * 60)).toBeNull();
  expect(passesUntil(1687 * 60, 20 * 60, 200e9 / 86_400 / 10e6, 60 * 60)).toBe(3);
  expect(passesUntil(100, 10, 0, 50)).toBe(1);
  expect(passesUntil(100, 10, 0.5, 200)).toBe(0);
});

test('5 GB: 10.8 min through files, 8.4 min piped', () => {
  const dump = {
    bytes: 5e9,
    dumpPerSecond: 60e6,
    compression: 1,
    bytesPerSecond: 80e6,
    loadPerSecond: 10e6,
    indexSeconds: 0,
  };
  expect(minutes(dumpAndLoadSeconds(dump))).toBeCloseTo(10.8, 1);
  expect(minutes(pipedSeconds([5e9 / 60e6, 5e9 / 80e6, 5e9 / 10e6], 5))).toBeCloseTo(8.4, 1);
});

test.each([
  [20, 1, 3, 10],
  [20, 5, 6, 100],
])('a seed of %d min at %d of %d catches up in %d min', (seed, write, apply, expected) => {
  expect(catchUpSeconds(seed, write, apply)).toBeCloseTo(expected, 6);
  expect(catchUpSeconds(seed, apply, apply)).toBe(Number.POSITIVE_INFINITY);
});

test('the serial example: P90 68.9 min by the normal approximation', () => {
  const steps = [
    [2, 4, 8],
    [12, 20, 45],
    [5, 10, 20],
    [0.2, 0.5, 2],
    [0.5, 1, 3],
    [1, 2, 5],
    [3, 5, 10],
    [8, 12, 20],
  ].map(([optimistic = 0, likely = 0, pessimistic = 0]) => ({ optimistic, likely, pessimistic }));
  expect(serialP90(steps)).toBeCloseTo(68.9, 1);
});

test('99.9 % allows 43.8 minutes a month', () => {
  expect(monthlyAllowanceMinutes(0.999)).toBeCloseTo(43.8, 1);
});
