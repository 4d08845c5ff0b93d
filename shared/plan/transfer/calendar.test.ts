import { expect, test } from 'vitest';
import { bytes, rate } from '../../units/measure';
import { refusalsOf, solved } from '../../units/testing/expect-outcome';
import { momentOf, offsetMinutes } from '../../units/zoned-time';
import { checkCalendar, type RateCalendar, type RateSpan } from './rate-calendar';
import { transferEnd } from './transfer-end';

const PARIS = 'Europe/Paris';
const WORK = [1, 2, 3, 4, 5];
const ALL = [0, ...WORK, 6];
/** 10 MB/s in office hours, 100 MB/s else. */
const OFFICE: RateCalendar = {
  zone: PARIS,
  otherwise: rate(100, 'MB/s'),
  spans: [{ days: WORK, from: '08:00', to: '18:00', rate: rate(10, 'MB/s') }],
};
const NIGHTS: RateCalendar = {
  zone: PARIS,
  otherwise: rate(0, 'B/s'),
  spans: [
    { days: ALL, from: '22:00', to: '24:00', rate: rate(50, 'MB/s') },
    { days: ALL, from: '00:00', to: '06:00', rate: rate(50, 'MB/s') },
  ],
};
const at = (date: string, time: string, zone = PARIS) => solved(momentOf(date, time, zone));
const endOf = (gigabytes: number, start: number, calendar: RateCalendar) =>
  solved(transferEnd(bytes(gigabytes, 'GB'), start, calendar));
const iso = (moment: number) => new Date(moment).toISOString();

test('a transfer through an office day is solved stretch by stretch', () => {
  // Monday 16:00: 72 GB in two hours of the office, the other 928 GB at 100 MB/s from 18:00.
  const start = at('2026-01-12', '16:00');
  const end = endOf(1000, start, OFFICE);
  expect(end.took).toBeCloseTo(7200 + 9280, 6);
  expect(end.stretches.map(({ bytes: sent }) => Math.round(sent / 1e9))).toEqual([72, 928]);
  expect(end.stretches.reduce((sum, { bytes: sent }) => sum + sent, 0)).toBeCloseTo(1e12, 0);
  // Saturday has no office.
  expect(endOf(1000, at('2026-01-10', '16:00'), OFFICE).took).toBeCloseTo(10_000, 6);
});

test('28 hours of copying in nights of 8 hours are four nights on the clock', () => {
  const end = endOf(28 * 180, at('2026-01-12', '12:00'), NIGHTS);
  expect(iso(end.at)).toBe(iso(at('2026-01-16', '02:00')));
  expect(end.took / 3600).toBeCloseTo(86, 6);
});

test('the night in which the clock goes forward is an hour shorter, the one in autumn an hour longer', () => {
  // 8 hours of nights, from 22:00 on: in spring 06:00 comes after 7 of them.
  expect(iso(endOf(8 * 180, at('2026-01-17', '22:00'), NIGHTS).at)).toBe(iso(at('2026-01-18', '06:00')));
  expect(iso(endOf(8 * 180, at('2026-03-28', '22:00'), NIGHTS).at)).toBe(iso(at('2026-03-29', '23:00')));
  expect(iso(endOf(8 * 180, at('2026-10-24', '22:00'), NIGHTS).at)).toBe(iso(at('2026-10-25', '05:00')));
  // In UTC no night is shorter.
  const utc = { ...NIGHTS, zone: 'UTC' };
  expect(iso(endOf(8 * 180, at('2026-03-28', '22:00', 'UTC'), utc).at)).toBe('2026-03-29T06:00:00.000Z');
});

test('stretches join without gap or overlap, and each has the rate of its wall clock', () => {
  const end = endOf(40_000, at('2026-03-26', '07:13'), OFFICE);
  for (const [n, stretch] of end.stretches.entries()) {
    const next = end.stretches[n + 1];
    if (next) expect(next.from).toBe(stretch.to);
    const middle = new Date((stretch.from + stretch.to) / 2 + 60_000 * offsetMinutes(stretch.from, PARIS));
    const hour = middle.getUTCHours();
    const isOffice = WORK.includes(middle.getUTCDay()) && hour >= 8 && hour < 18;
    expect(stretch.rate).toBe(isOffice ? 10e6 : 100e6);
  }
  expect(end.stretches.length).toBeGreaterThan(4);
});

test('more bandwidth at any hour never lengthens', () => {
  const start = at('2026-10-23', '09:30');
  let before = Number.POSITIVE_INFINITY;
  for (let megabytes = 1; megabytes < 60; megabytes += 3) {
    const span = { days: WORK, from: '08:00', to: '18:00', rate: rate(megabytes, 'MB/s') };
    const { took } = endOf(9000, start, { ...OFFICE, spans: [span] });
    expect(took).toBeLessThanOrEqual(before);
    before = took;
  }
});

const span = (more: Partial<RateSpan>): RateSpan => ({
  days: [1],
  from: '08:00',
  to: '18:00',
  rate: rate(1, 'MB/s'),
  ...more,
});

test.each<[string, Partial<RateCalendar>, string[]]>([
  ['a zone that is none', { zone: 'Mars/Olympus' }, ['zone: unknown-zone']],
  ['a time that is none', { spans: [span({ from: '8h' })] }, ['spans/0/from: impossible-time']],
  [
    'an end before its begin',
    { spans: [span({ from: '22:00', to: '06:00' })] },
    ['spans/0/to: contradictory'],
  ],
  ['an eighth day', { spans: [span({ days: [7] })] }, ['spans/0/days: impossible-time']],
  ['no day', { spans: [span({ days: [] })] }, ['spans/0/days: missing']],
  ['a negative rate', { spans: [span({ rate: rate(-1, 'B/s') })] }, ['spans/0/rate: negative']],
  [
    'two rates for one hour',
    { spans: [span({}), span({ from: '17:00', to: '19:00' })] },
    ['spans/1: overlapping'],
  ],
  ['a way that is never open', { otherwise: rate(0, 'B/s'), spans: [] }, ['spans: never-open']],
  [
    'a week that is closed although the rest is fast',
    { spans: [span({ days: ALL, from: '00:00', to: '24:00', rate: rate(0, 'B/s') })] },
    ['spans: never-open'],
  ],
])('an impossible calendar is refused by name: %s', (_, more, refusals) => {
  expect(refusalsOf(checkCalendar({ ...OFFICE, ...more }))).toEqual(refusals);
});

test('what would take more than two years is named as never ending; a start that is no moment is refused', () => {
  const slow = { ...OFFICE, otherwise: rate(1, 'B/s'), spans: [] };
  expect(refusalsOf(transferEnd(bytes(1, 'TB'), 0, slow))).toEqual(['size: never-ends']);
  expect(refusalsOf(transferEnd(bytes(1, 'TB'), Number.NaN, OFFICE))).toEqual(['start: impossible-time']);
  expect(solved(transferEnd(bytes(0, 'B'), 5, OFFICE))).toEqual({ at: 5, took: 0, stretches: [] });
});
