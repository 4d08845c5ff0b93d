import { expect, test } from 'vitest';
import { refusalsOf, solved } from './testing/expect-outcome';
import { momentOf, offsetMinutes, wallTimeAt } from './zoned-time';

const PARIS = 'Europe/Paris';

test.each([
  ['2026-01-15', '12:00', PARIS, '2026-01-15T11:00:00Z'],
  ['2026-07-15', '12:00', PARIS, '2026-07-15T10:00:00Z'],
  ['2026-07-15', '12:00', 'UTC', '2026-07-15T12:00:00Z'],
  ['2026-07-15', '00:00', 'Asia/Kathmandu', '2026-07-14T18:15:00Z'],
  ['2026-03-29', '01:59', PARIS, '2026-03-29T00:59:00Z'],
  ['2026-03-29', '03:00', PARIS, '2026-03-29T01:00:00Z'],
  // Where clocks change in the other half of the year, and by half an hour.
  ['2026-01-15', '12:00', 'Australia/Lord_Howe', '2026-01-15T01:00:00Z'],
])('%s %s in %s is %s, and back', (date, time, zone, utc) => {
  const at = solved(momentOf(date, time, zone));
  expect(new Date(at).toISOString()).toBe(utc.replace('Z', '.000Z'));
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  expect(solved(wallTimeAt(at, zone))).toMatchObject({ date, minute: hours * 60 + minutes });
});

test('the hour that spring leaves out is refused, the hour that autumn has twice asks which', () => {
  expect(refusalsOf(momentOf('2026-03-29', '02:30', PARIS))).toEqual(['time: impossible-time']);
  expect(refusalsOf(momentOf('2026-10-25', '02:30', PARIS))).toEqual(['time: ambiguous-time']);
  const first = solved(momentOf('2026-10-25', '02:30', PARIS, 'first'));
  const second = solved(momentOf('2026-10-25', '02:30', PARIS, 'second'));
  expect(second - first).toBe(3_600_000);
  expect([first, second].map((at) => offsetMinutes(at, PARIS))).toEqual([120, 60]);
});

test.each([
  ['2026-02-31', '10:00', 'UTC', 'date: impossible-time'],
  ['31/12/2026', '10:00', 'UTC', 'date: impossible-time'],
  ['2026-12-31', '25:00', 'UTC', 'time: impossible-time'],
  ['2026-12-31', '24:00', 'UTC', 'time: impossible-time'],
  ['2026-12-31', '9:00', 'UTC', 'time: impossible-time'],
  ['2026-12-31', '10:00', 'Europe/Atlantis', 'zone: unknown-zone'],
])('%s %s in %s is refused: %s', (date, time, zone, refusal) => {
  expect(refusalsOf(momentOf(date, time, zone))).toEqual([refusal]);
});

test('a moment that no date holds is refused', () => {
  expect(refusalsOf(wallTimeAt(Number.NaN, 'UTC'))).toEqual(['at: impossible-time']);
  expect(refusalsOf(wallTimeAt(1e300, PARIS))).toEqual(['at: impossible-time']);
});
