import type { Language } from '../contract';
import type { Derived } from '../plan/ledger/derived';
import { texts } from '../text';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatNumber,
  formatPercent,
  withUnit,
} from '../text/format';
import type { Spread } from '../units/spread';
import { isCurrency } from '../units/unit-names';
import type { TargetFigure } from '../views/targets';

/**
 * "99.892 %": a share with as many digits as its distance to the whole needs, because an availability is read by what
 * is missing from it. Three figures of that distance.
 */
export function formatShare(share: number, language: Language): string {
  const missing = Math.abs(1 - share) * 100;
  if (share < 0.9 || missing === 0 || share > 1) return formatPercent(share * 100, language);
  const decimals = Math.min(12, Math.max(0, 2 - Math.floor(Math.log10(missing))));
  // Exactly three figures of the distance; zeros at the end say nothing.
  const digits = (share * 100).toFixed(decimals).replace(/0+$/, '').replace(/\.$/, '');
  return withUnit(language === 'fr' ? digits.replace('.', ',') : digits, '%');
}

/** "2 400 EUR": whole, because a price of three figures is no price. */
export function formatMoney(amount: number, currency: string): string {
  const isSmall = Math.abs(amount) < 100 && !Number.isInteger(amount);
  return withUnit(isSmall ? amount.toFixed(2) : formatCount(amount), currency);
}

/** A number of the comparison with its unit, in the reader's language. */
export function figureText(value: number, unit: string, language: Language): string {
  if (isCurrency(unit)) return formatMoney(value, unit);
  switch (unit) {
    case 'fraction':
      return formatShare(value, language);
    case 'seconds':
      return formatDuration(value * 1000, language);
    case 'B/s':
      return formatBytes(value, language, '/s');
    case 'months':
      return withUnit(formatNumber(value, language), texts(language).targets.months);
    case 'count':
      return formatNumber(value, language);
    default:
      return withUnit(formatNumber(value, language), unit);
  }
}

/** How a derived number is shown, and by which id it opens. */
export function figureOf(
  id: string,
  derived: Derived<Spread>,
  unit: string,
  language: Language,
): TargetFigure {
  if (!derived.known) {
    const missing = derived.lacks.map(({ path }) => path);
    return { id, value: null, low: null, high: null, unit, text: texts(language).targets.unknown, missing };
  }
  const { low, likely, high } = derived.value;
  return { id, value: likely, low, high, unit, text: figureText(likely, unit, language), missing: [] };
}
