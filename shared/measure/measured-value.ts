import type { Spread } from '../units/spread';
import type { MeasuredValue } from './model';

const PREFIXES = [
  ['T', 1e12],
  ['G', 1e9],
  ['M', 1e6],
  ['k', 1e3],
] as const;
const DAY = 86_400;

/** Bytes in the decimal unit in which a person would write them. */
export function bytesValue(path: string, bytes: number): MeasuredValue {
  const [prefix, factor] = prefixOf(bytes);
  return { path, value: round(bytes / factor), unit: `${prefix}B` };
}

/** Bytes per second: per day for what changes, per second for what a copy gets. */
export function rateValue(path: string, rate: Spread, per: 'day' | 's'): MeasuredValue {
  const times = per === 'day' ? DAY : 1;
  const [prefix, factor] = prefixOf(rate.likely * times);
  return spreadValue(path, rate, `${prefix}B/${per}`, times / factor);
}

/** A spread in base units, in a unit that is `factor` of them. */
export function spreadValue(path: string, spread: Spread, unit: string, factor = 1): MeasuredValue {
  const value = round(spread.likely * factor);
  // Rounded, the ends may pass the value by a last digit; the ledger refuses a range that does not hold its value.
  const low = Math.min(value, round(spread.low * factor));
  const high = Math.max(value, round(spread.high * factor));
  return { path, value, unit, range: { low, high } };
}

const prefixOf = (value: number) => PREFIXES.find(([, factor]) => value >= factor) ?? (['', 1] as const);

/** Six digits: more than anything here is known to. */
const round = (value: number): number => Number(value.toPrecision(6));
