import { ok } from '../../errors';
import type { BytesPerSecond } from '../../units/measure';
import { amount, type BadInput, type Outcome } from '../../units/outcome';
import { isZone, minuteOfDay, offsetMinutes } from '../../units/zoned-time';

/** From the first until before the second time of day, on these days; 0 is Sunday. Past midnight: two spans. */
export interface RateSpan {
  days: readonly number[];
  /** "08:00". */
  from: string;
  /** "18:00"; "24:00" is the end of the day. */
  to: string;
  rate: BytesPerSecond;
}

/** What a way carries by hour and day, on the wall clock of a zone ("UTC" or an IANA name). */
export interface RateCalendar {
  zone: string;
  /** Outside every span; 0 closes the way. */
  otherwise: BytesPerSecond;
  spans: readonly RateSpan[];
}

/** A calendar that was checked, by minutes of each weekday. */
export interface CheckedCalendar {
  zone: string;
  otherwise: BytesPerSecond;
  /** Of each weekday, in order, without overlap. */
  week: readonly (readonly { from: number; to: number; rate: BytesPerSecond }[])[];
}

/**
 * Checks a calendar. Refused by name: a zone or time that is none, a span that ends before it begins, two rates for
 * one minute, a week without a minute in which anything is carried.
 */
export function checkCalendar({ zone, otherwise, spans }: RateCalendar): Outcome<CheckedCalendar> {
  const bad: BadInput[] = [...amount('otherwise', otherwise, 'rate')];
  if (!isZone(zone)) bad.push({ input: 'zone', problem: 'unknown-zone', value: zone });
  const read = spans.map((span, index) => {
    const at = `spans/${index}`;
    const [from, to] = [minuteOfDay(span.from), minuteOfDay(span.to)];
    bad.push(...amount(`${at}/rate`, span.rate, 'rate'));
    if (from === null || from === 1440)
      bad.push({ input: `${at}/from`, problem: 'impossible-time', value: span.from });
    if (to === null) bad.push({ input: `${at}/to`, problem: 'impossible-time', value: span.to });
    if (from !== null && to !== null && from >= to) {
      bad.push({ input: `${at}/to`, problem: 'contradictory', value: span.to, against: span.from });
    }
    if (span.days.length === 0) bad.push({ input: `${at}/days`, problem: 'missing' });
    for (const day of span.days) {
      if (!Number.isInteger(day) || day < 0 || day > 6) {
        bad.push({ input: `${at}/days`, problem: 'impossible-time', value: String(day) });
      }
    }
    return { index, from: from ?? 0, to: to ?? 0, days: span.days, rate: span.rate };
  });
  if (bad.length > 0) return { ok: false, error: bad };
  const week = [0, 1, 2, 3, 4, 5, 6].map((day) =>
    read.filter(({ days }) => days.includes(day)).sort((a, b) => a.from - b.from),
  );
  for (const day of week) {
    for (const [n, span] of day.entries()) {
      const before = day[n - 1];
      if (before && before.to > span.from) {
        bad.push({ input: `spans/${span.index}`, problem: 'overlapping', against: `spans/${before.index}` });
      }
    }
  }
  if (bad.length > 0) return { ok: false, error: bad };
  const covered = week.every((day) => day.reduce((sum, { from, to }) => sum + to - from, 0) === 1440);
  if (read.every(({ rate }) => rate === 0) && (otherwise === 0 || covered)) {
    return { ok: false, error: [{ input: 'spans', problem: 'never-open' }] };
  }
  return ok({ zone, otherwise, week });
}

const MINUTE_MS = 60_000;

/** The rate at a moment (epoch milliseconds), and the moment until which it stays so. */
export function rateAt(calendar: CheckedCalendar, at: number): { rate: BytesPerSecond; until: number } {
  const { zone, otherwise, week } = calendar;
  const offset = offsetMinutes(at, zone);
  const local = at + offset * MINUTE_MS;
  const midnight = Math.floor(local / DAY_MS) * DAY_MS;
  const minute = (local - midnight) / MINUTE_MS;
  const spans = week[new Date(midnight).getUTCDay()] ?? [];
  const here = spans.find(({ from, to }) => from <= minute && minute < to);
  const end = here?.to ?? spans.find(({ from }) => from > minute)?.from ?? 1440;
  const until = midnight + end * MINUTE_MS - offset * MINUTE_MS;
  // Where the clock is put forward or back on the way, the rest of the day lies elsewhere: look again from there.
  return { rate: here?.rate ?? otherwise, until: clockChange(at, until, zone) ?? until };
}

const DAY_MS = 86_400_000;

/** The first moment after `from`, to the minute, at which the offset is another one than at `from`; null when none is before `to`. */
function clockChange(from: number, to: number, zone: string): number | null {
  const offset = offsetMinutes(from, zone);
  if (offsetMinutes(to - 1, zone) === offset) return null;
  let [same, other] = [Math.floor(from / MINUTE_MS), Math.ceil(to / MINUTE_MS)];
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2);
    if (offsetMinutes(middle * MINUTE_MS, zone) === offset) same = middle;
    else other = middle;
  }
  return other * MINUTE_MS;
}
