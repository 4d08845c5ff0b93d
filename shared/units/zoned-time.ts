import { ok } from '../errors';
import { type Outcome, refuse } from './outcome';

/** A moment as a clock on the wall shows it. */
export interface WallTime {
  /** "2026-03-29". */
  date: string;
  /** Minutes since midnight of that clock. */
  minute: number;
  /** 0 is Sunday. */
  weekday: number;
}

/** Making a format takes a hundred times as long as using it. */
const formats = new Map<string, Intl.DateTimeFormat | null>();

function formatOf(zone: string): Intl.DateTimeFormat | null {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = makeFormat(zone);
  formats.set(zone, made);
  return made;
}

function makeFormat(zone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
  } catch {
    return null;
  }
}

/** Is this an IANA time zone that can be reckoned with? */
export const isZone = (zone: string): boolean => formatOf(zone) !== null;

const MINUTE_MS = 60_000;
const LAST = 8.64e15;

/**
 * Minutes that the wall clock of a zone is ahead of UTC at a moment (epoch milliseconds); whole minutes, as every
 * zone has been since 1972. The zone must be one of `isZone`, the moment one that a date can hold.
 */
export function offsetMinutes(at: number, zone: string): number {
  const format = formatOf(zone);
  if (!format || zone === 'UTC') return 0;
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(at)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = part;
  return Math.round(
    (Date.UTC(year, month - 1, day, hour, minute) - Math.floor(at / MINUTE_MS) * MINUTE_MS) / MINUTE_MS,
  );
}

/** A moment (epoch milliseconds) on the wall clock of a zone. */
export function wallTimeAt(at: number, zone: string): Outcome<WallTime> {
  if (!isZone(zone)) return refuse('zone', 'unknown-zone', { value: zone });
  if (!(Math.abs(at) < LAST)) return refuse('at', 'impossible-time', { value: String(at) });
  const local = new Date(at + offsetMinutes(at, zone) * MINUTE_MS);
  return ok({
    date: local.toISOString().slice(0, 10),
    minute: local.getUTCHours() * 60 + local.getUTCMinutes(),
    weekday: local.getUTCDay(),
  });
}

/**
 * The moment (epoch milliseconds) at which the clock of a zone shows "2026-03-29" and "02:30". Refused by name when no
 * clock ever shows it (the hour that is left out in spring) and, unless `which` says so, when it is shown twice in autumn.
 */
export function momentOf(
  date: string,
  time: string,
  zone: string,
  which?: 'first' | 'second',
): Outcome<number> {
  if (!isZone(zone)) return refuse('zone', 'unknown-zone', { value: zone });
  const day = Date.parse(`${date}T00:00:00Z`);
  const minute = minuteOfDay(time);
  // Date.parse takes the 31st of February for one of March: what it read must be what was written.
  const isDay =
    /^\d{4}-\d\d-\d\d$/.test(date) && !Number.isNaN(day) && new Date(day).toISOString().startsWith(date);
  if (!isDay) return refuse('date', 'impossible-time', { value: date });
  if (minute === null || minute === 1440) return refuse('time', 'impossible-time', { value: time });
  const shown = day + minute * MINUTE_MS;
  const offsets = new Set([shown - DAY_MS, shown + DAY_MS].map((near) => offsetMinutes(near, zone)));
  const moments = [...offsets]
    .map((offset) => shown - offset * MINUTE_MS)
    .filter((at) => at + offsetMinutes(at, zone) * MINUTE_MS === shown)
    .sort((a, b) => a - b);
  const [first, second] = moments;
  const value = `${date} ${time} ${zone}`;
  if (first === undefined) return refuse('time', 'impossible-time', { value });
  if (second === undefined) return ok(first);
  if (which === undefined) return refuse('time', 'ambiguous-time', { value });
  return ok(which === 'first' ? first : second);
}

const DAY_MS = 86_400_000;

/** "08:30" → 510; "24:00", the end of a day, is 1440. null for what is no time of day. */
export function minuteOfDay(time: string): number | null {
  const [, hours, minutes] = /^(\d\d):(\d\d)$/.exec(time) ?? [];
  if (hours === undefined || minutes === undefined || Number(minutes) > 59) return null;
  const total = Number(hours) * 60 + Number(minutes);
  return total <= 1440 ? total : null;
}
