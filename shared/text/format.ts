import type { Language } from '../contract';

/**
 * How numbers, units, ages and times are written, in both languages. Pure: the clock and the time zone are
 * parameters. Three significant figures for measurements; counts of things are written whole.
 */

/** Thousands mark in both languages, so that logs and screens agree. */
const THIN = '\u202f';
/** Between a number and its unit. */
const NBSP = '\u00a0';
/** What stands for a value that is not known. */
export const DASH = '—';

/** "48 113 902": a whole count, every digit. */
export function formatCount(value: number): string {
  const digits = Math.abs(Math.round(value)).toFixed(0);
  const sign = value < 0 && Math.round(value) !== 0 ? '−' : '';
  return sign + digits.replace(/\B(?=(\d{3})+$)/g, THIN);
}

/** "0.8", "12.3", "412", "48 100": three significant figures, without zeros that say nothing. */
export function formatNumber(value: number, language: Language): string {
  if (!Number.isFinite(value)) return DASH;
  if (value === 0) return '0';
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  const step = 10 ** (magnitude - 2);
  // divides by a whole number where it can: 0.1 + 0.2 must not show
  const rounded = step < 1 ? Math.round(value * (1 / step)) / (1 / step) : Math.round(value / step) * step;
  const decimals = Math.min(20, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(rounded)))));
  const [whole = '0', fraction = ''] = Math.abs(rounded).toFixed(decimals).split('.');
  const rest = fraction.replace(/0+$/, '');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, THIN);
  return `${value < 0 ? '−' : ''}${grouped}${rest === '' ? '' : `${language === 'fr' ? ',' : '.'}${rest}`}`;
}

/** A number and its unit, kept on one line. */
export function withUnit(number: string, unit: string): string {
  return unit === '' ? number : `${number}${NBSP}${unit}`;
}

const BYTE_UNITS = {
  en: ['B', 'kB', 'MB', 'GB', 'TB', 'PB'],
  fr: ['o', 'Ko', 'Mo', 'Go', 'To', 'Po'],
} as const satisfies Record<Language, readonly string[]>;

/** Bytes in decimal units: 5 000 000 000 is "5 GB", in French "5 Go". */
export function formatBytes(bytes: number, language: Language, per = ''): string {
  const units = BYTE_UNITS[language];
  let scaled = bytes;
  let index = 0;
  // 999.5 kB would round to "1 000 kB"
  while (Math.abs(scaled) >= 999.5 && index < units.length - 1) {
    scaled /= 1000;
    index += 1;
  }
  return withUnit(formatNumber(scaled, language), `${units[index] ?? ''}${per}`);
}

/** "91 %": no-break space before the sign in both languages. */
export function formatPercent(percent: number, language: Language): string {
  return withUnit(formatNumber(percent, language), '%');
}

const DURATION_UNITS = {
  en: { day: 'd', hour: 'h', minute: 'min', second: 's', milli: 'ms' },
  fr: { day: 'j', hour: 'h', minute: 'min', second: 's', milli: 'ms' },
} as const satisfies Record<Language, Record<string, string>>;

/**
 * A duration in milliseconds, in its two largest units: "4 min 12 s", "3 h 5 min", "2 d 4 h"; under a minute
 * "12 s" or "0.8 s"; under 100 ms "16 ms".
 */
export function formatDuration(ms: number, language: Language): string {
  if (!Number.isFinite(ms)) return DASH;
  const unit = DURATION_UNITS[language];
  if (ms < 0) return `−${formatDuration(-ms, language)}`;
  if (ms < 100) return withUnit(formatNumber(ms, language), unit.milli);
  if (ms < 9_950) return withUnit(formatNumber(Math.round(ms / 100) / 10, language), unit.second);
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return withUnit(String(seconds), unit.second);
  if (seconds < 3600) return pair(Math.floor(seconds / 60), unit.minute, seconds % 60, unit.second);
  const minutes = Math.round(seconds / 60);
  if (minutes < 1440) return pair(Math.floor(minutes / 60), unit.hour, minutes % 60, unit.minute);
  const hours = Math.round(minutes / 60);
  return pair(Math.floor(hours / 24), unit.day, hours % 24, unit.hour);
}

const pair = (big: number, bigUnit: string, small: number, smallUnit: string) =>
  withUnit(formatCount(big), bigUnit) + (small === 0 ? '' : ` ${withUnit(String(small), smallUnit)}`);

/** "4 min 12 s ago", "il y a 4 min 12 s". Under a second it is now. Ages come from takenAt, never from a counter. */
export function formatAge(ms: number, language: Language): string {
  if (ms < 1000) return language === 'fr' ? 'à l’instant' : 'now';
  const text = formatDuration(Math.floor(ms / 1000) * 1000, language);
  return language === 'fr' ? `il y a ${text}` : `${text} ago`;
}

/** "56:48", "1:05:09": a clock that counts, from milliseconds. */
export function formatClock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
  return hours === 0 ? rest : `${hours}:${rest}`;
}

/** Making a format takes a hundred times as long as using it. */
const timesOfDay = new Map<string, Intl.DateTimeFormat>();

function timeOfDay(zone: string): Intl.DateTimeFormat {
  const known = timesOfDay.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  timesOfDay.set(zone, made);
  return made;
}

/** "02:26:56", 24 hours, in the IANA zone given. */
export const formatTime = (at: number, zone: string): string =>
  Number.isFinite(at) ? timeOfDay(zone).format(at) : DASH;

const WEEKDAYS = {
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
  fr: ['dim.', 'lun.', 'mar.', 'mer.', 'jeu.', 'ven.', 'sam.'],
} as const;
const MONTHS = {
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  fr: ['janv.', 'févr.', 'mars', 'avr.', 'mai', 'juin', 'juil.', 'août', 'sept.', 'oct.', 'nov.', 'déc.'],
} as const;

/** "Sat 5 Dec 2026", "sam. 5 déc. 2026" in the IANA zone given. */
export function formatDate(at: number, zone: string, language: Language): string {
  if (!Number.isFinite(at)) return DASH;
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const [year = 0, month = 1, day = 1] = parts.format(at).split('-').map(Number);
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  return `${WEEKDAYS[language][weekday]} ${day} ${MONTHS[language][month - 1]} ${year}`;
}

/** A unit as the reader writes it: "GB/day" is "Go/jour" in French. Units of the estate file stay as they are there. */
export function unitIn(unit: string, language: Language): string {
  if (language === 'en') return unit;
  return unit
    .replace(/^([kKMGTP]i?)?B(?=$|\/)/, (_, prefix = '') => `${prefix === 'k' ? 'K' : prefix}o`)
    .replace(/\/(day|d)$/, '/jour')
    .replace(/^files/, 'fichiers');
}
