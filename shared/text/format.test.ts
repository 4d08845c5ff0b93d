import { expect, test } from 'vitest';
import {
  formatAge,
  formatBytes,
  formatClock,
  formatCount,
  formatDate,
  formatDuration,
  formatNumber,
  formatPercent,
  formatTime,
  unitIn,
} from './format';

/** Spaces that do not break are shown as they are typed: "·" no-break, "_" narrow no-break. */
const seen = (text: string) => text.replaceAll('\u00a0', '·').replaceAll('\u202f', '_');

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1_000'],
  [48_113_902, '48_113_902'],
  [-1234, '−1_234'],
  [-0.2, '0'],
])('count %d', (value, expected) => {
  expect(seen(formatCount(value))).toBe(expected);
});

test.each([
  [0, '0', '0'],
  [0.8, '0.8', '0,8'],
  [0.1 + 0.2, '0.3', '0,3'],
  [1.95935, '1.96', '1,96'],
  [12.34, '12.3', '12,3'],
  [412.4, '412', '412'],
  [999.7, '1_000', '1_000'],
  [9.996, '10', '10'],
  [48_113, '48_100', '48_100'],
  [0.000123456, '0.000123', '0,000123'],
  [-2.34567, '−2.35', '−2,35'],
  [Number.NaN, '—', '—'],
  [Number.POSITIVE_INFINITY, '—', '—'],
])('number %d', (value, en, fr) => {
  expect([seen(formatNumber(value, 'en')), seen(formatNumber(value, 'fr'))]).toEqual([en, fr]);
});

test.each([
  [0, '0·B', '0·o'],
  [999, '999·B', '999·o'],
  [1000, '1·kB', '1·Ko'],
  [999_600, '1·MB', '1·Mo'],
  [5e9, '5·GB', '5·Go'],
  [1.5e12, '1.5·TB', '1,5·To'],
  [2e18, '2_000·PB', '2_000·Po'],
])('bytes %d', (value, en, fr) => {
  expect([seen(formatBytes(value, 'en')), seen(formatBytes(value, 'fr'))]).toEqual([en, fr]);
});

test('bytes per second, percent', () => {
  expect(seen(formatBytes(1200, 'fr', '/s'))).toBe('1,2·Ko/s');
  expect(seen(formatPercent(91, 'fr'))).toBe('91·%');
});

test.each([
  [0, '0·ms'],
  [16.4, '16.4·ms'],
  [800, '0.8·s'],
  [9_940, '9.9·s'],
  [9_960, '10·s'],
  [59_400, '59·s'],
  [59_600, '1·min'],
  [252_000, '4·min 12·s'],
  [3_599_600, '1·h'],
  [11_100_000, '3·h 5·min'],
  [86_399_000, '1·d'],
  [187_200_000, '2·d 4·h'],
  [-5000, '−5·s'],
  [Number.NaN, '—'],
])('a duration of %d ms', (ms, expected) => {
  expect(seen(formatDuration(ms, 'en'))).toBe(expected);
});

test('French durations and ages', () => {
  expect(seen(formatDuration(187_200_000, 'fr'))).toBe('2·j 4·h');
  expect([formatAge(300, 'en'), formatAge(300, 'fr')]).toEqual(['now', 'à l’instant']);
  expect([seen(formatAge(252_900, 'en')), seen(formatAge(252_900, 'fr'))]).toEqual([
    '4·min 12·s ago',
    'il y a 4·min 12·s',
  ]);
});

test.each([
  [3_408_000, '56:48'],
  [3_909_999, '1:05:09'],
  [-1, '00:00'],
])('a clock of %d ms', (ms, expected) => {
  expect(formatClock(ms)).toBe(expected);
});

test('times and dates in the zone given', () => {
  const at = Date.UTC(2026, 11, 5, 23, 26, 56);
  expect([formatTime(at, 'UTC'), formatTime(at, 'Europe/Paris')]).toEqual(['23:26:56', '00:26:56']);
  expect([formatDate(at, 'UTC', 'en'), formatDate(at, 'Europe/Paris', 'fr')]).toEqual([
    'Sat 5 Dec 2026',
    'dim. 6 déc. 2026',
  ]);
  expect(formatTime(Number.NaN, 'UTC')).toBe('—');
});

test.each([
  ['GB', 'Go'],
  ['kB/s', 'Ko/s'],
  ['GB/day', 'Go/jour'],
  ['B', 'o'],
  ['Mbit/s', 'Mbit/s'],
  ['files', 'fichiers'],
  ['min', 'min'],
])('the unit %s is %s in French', (unit, expected) => {
  expect(unitIn(unit, 'fr')).toBe(expected);
  expect(unitIn(unit, 'en')).toBe(unit);
});
