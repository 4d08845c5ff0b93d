import type { TimeLine } from './time-line';

const DAY_MS = 86_400_000;

/**
 * The moment that a person names: a full date and time with its zone, or a time of day (UTC) within the
 * recording, the last one there is. Epoch milliseconds; null when it is neither.
 */
export function momentFrom(text: string, { from, to }: Pick<TimeLine, 'from' | 'to'>): number | null {
  const [, hours, minutes, seconds = '0'] = /^(\d{1,2}):(\d\d)(?::(\d\d(?:\.\d{1,3})?))?$/.exec(text) ?? [];
  if (hours === undefined || minutes === undefined) {
    if (!/^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/.test(text)) return null;
    const at = Date.parse(text);
    return Number.isNaN(at) ? null : at;
  }
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) >= 60) return null;
  const ofDay = (Number(hours) * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1000;
  const midnight = Math.floor(to / DAY_MS) * DAY_MS;
  const last = midnight + ofDay <= to ? midnight + ofDay : midnight + ofDay - DAY_MS;
  // A minute that the recording begins or ends within is still its first or last moment.
  return last < from && midnight + ofDay - to < 60_000 ? midnight + ofDay : last;
}

/** `90s`, `10m`, `2h` as milliseconds; null when it is none of these. */
export function durationFrom(text: string): number | null {
  const [, count, unit] = /^(\d{1,6})(s|m|h)$/.exec(text) ?? [];
  if (count === undefined) return null;
  return Number(count) * (unit === 's' ? 1000 : unit === 'm' ? 60_000 : 3_600_000);
}
