import { expect, test } from 'vitest';
import {
  bytes,
  count,
  fraction,
  inBitsPerSecond,
  inMinutes,
  perSecond,
  rate,
  seconds,
} from '../../units/measure';
import { expectDigits, refusalsOf, solved } from '../../units/testing/expect-outcome';
import { effectiveThroughput, lossLimit, type Way, windowLimit } from './throughput';
import { changeRatio, dirtyBytes, shareOf, transferTime } from './transfer-time';

const NOTHING = { scan: seconds(0, 's'), files: count(0) };
const ONE = { perFile: seconds(0, 's'), streams: count(1) };
const way = (link: Way['link'], efficiency: number, more: Partial<Way> = {}): Way => ({
  link,
  efficiency: fraction(efficiency, '1'),
  contention: fraction(1, '1'),
  ...more,
});

test.each([
  [rate(100, 'Mbit/s'), 0.93, '23.9', 'h'],
  [rate(100, 'Mbit/s'), 0.65, '34.2', 'h'],
  [rate(1, 'Gbit/s'), 0.93, '2.4', 'h'],
  [rate(1, 'Gbit/s'), 0.65, '3.4', 'h'],
  [rate(10, 'Gbit/s'), 0.93, '14', 'min'],
  [rate(10, 'Gbit/s'), 0.65, '21', 'min'],
] as const)('1 TB over %d B/s at an efficiency of %d takes %s %s', (link, efficiency, stated, unit) => {
  const { rate: found } = solved(effectiveThroughput(way(link, efficiency)));
  const time = solved(transferTime({ ...NOTHING, size: bytes(1, 'TB') }, { ...ONE, rate: found }));
  expectDigits(time / seconds(1, unit), stated);
});

test('two million files of 3 ms add 1.7 h, and many streams share them', () => {
  const carrier = { rate: rate(1, 'MB/s'), perFile: seconds(3, 'ms'), streams: count(1) };
  const tree = { scan: seconds(0, 's'), size: bytes(0, 'B'), files: count(2e6) };
  expectDigits(solved(transferTime(tree, carrier)) / 3600, '1.7');
  expectDigits(solved(transferTime(tree, { ...carrier, streams: count(10) })) / 3600, '0.17');
});

test('loss limits a stream of 1460 bytes over 50 ms at 0.1 % to 923 kB/s: 7.4 Mbit/s, not 923 kbit/s', () => {
  const limit = lossLimit(count(1), bytes(1460, 'B'), seconds(50, 'ms'), fraction(0.1, '%'));
  expectDigits(limit / 1e3, '923');
  expectDigits(inBitsPerSecond(limit) / 1e6, '7.4');
  const lossy = { roundTrip: seconds(50, 'ms'), segment: bytes(1460, 'B'), loss: fraction(0.1, '%') };
  const four = solved(effectiveThroughput(way(rate(1, 'Gbit/s'), 0.93, { ...lossy, streams: count(4) })));
  expect(four.limit).toBe('loss');
  expect(four.rate).toBeCloseTo(4 * limit, 6);
  const none = { ...lossy, loss: fraction(0, '%') };
  expect(solved(effectiveThroughput(way(rate(1, 'Gbit/s'), 0.93, none))).limit).toBe('link');
});

test('the least limit is the throughput, and it is named', () => {
  const far = { roundTrip: seconds(50, 'ms'), window: bytes(64, 'KiB') };
  const found = solved(effectiveThroughput(way(rate(1, 'Gbit/s'), 0.93, far)));
  expect(found.limit).toBe('window');
  expect(found.rate).toBe(windowLimit(count(1), bytes(64, 'KiB'), seconds(50, 'ms')));
  const many = solved(effectiveThroughput(way(rate(1, 'Gbit/s'), 0.93, { ...far, streams: count(8) })));
  expect(many.rate).toBe(8 * found.rate);
  const disk = { ...far, streams: count(1000), diskWrite: rate(80, 'MB/s'), cap: rate(90, 'MB/s') };
  const slow = solved(effectiveThroughput(way(rate(1, 'Gbit/s'), 0.93, disk)));
  expect(slow).toMatchObject({ limit: 'diskWrite', rate: 80e6 });
  expect(slow.limits.map(({ name }) => name)).toEqual(['link', 'window', 'diskWrite', 'cap']);
});

test('bad inputs are named where they were entered, all of them', () => {
  const bad = way(rate(0, 'B/s'), 1.2, { window: bytes(-1, 'B'), cap: rate(Number.NaN, 'B/s') });
  expect(refusalsOf(effectiveThroughput(bad))).toEqual([
    'link: zero',
    'efficiency: over-one',
    'cap: not-a-number',
    'roundTrip: missing',
    'window: negative',
  ]);
  expect(refusalsOf(effectiveThroughput(way(rate(1, 'PB/s'), 1)))).toEqual(['link: absurd']);
  const lossy = way(rate(1, 'Gbit/s'), 0.93, { loss: fraction(1, '%'), roundTrip: seconds(1, 's') });
  expect(refusalsOf(effectiveThroughput(lossy))).toEqual(['segment: missing']);
});

test('changed files cost their own time: 100 a second at 3 ms are three tenths of the copy', () => {
  const carrier = { rate: rate(10, 'MB/s'), perFile: seconds(3, 'ms'), streams: count(1) };
  const changes = { change: rate(1, 'MB/s'), changedFiles: perSecond(100, 'files/s') };
  expect(solved(changeRatio(changes, carrier))).toBeCloseTo(0.4, 12);
  expect(solved(changeRatio(changes, { ...carrier, streams: count(10) }))).toBeCloseTo(0.13, 12);
});

test('a hot set caps what differs: never more than the set, and at first as much as is written', () => {
  const after = (time: number) => solved(dirtyBytes(bytes(1, 'GB'), rate(10, 'MB/s'), seconds(time, 's')));
  expect(after(0)).toBe(0);
  expect(after(1) / 10e6).toBeCloseTo(0.995, 3);
  expect(after(100) / 1e9).toBeCloseTo(1 - Math.exp(-1), 12);
  expect(after(1e6)).toBe(1e9);
});

test('a copy that was faster than its line contradicts it', () => {
  expect(solved(shareOf(rate(700, 'Mbit/s'), rate(1, 'Gbit/s')))).toBeCloseTo(0.7, 12);
  expect(refusalsOf(shareOf(rate(1, 'GB/s'), rate(1, 'Gbit/s')))).toEqual(['got: contradictory']);
});

test('a terabyte in minutes and hours is the same time', () => {
  const time = solved(transferTime({ ...NOTHING, size: bytes(1, 'TB') }, { ...ONE, rate: rate(80, 'MB/s') }));
  expectDigits(inMinutes(time), '208');
});
