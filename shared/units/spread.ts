import { ok } from '../errors';
import type { Quantity } from '../estate/schema-values';
import { amount, checkedThen, type Outcome, refuse } from './outcome';
import { type Dimension, unitOf } from './unit-names';

/** Three values of one quantity in base units; equal when no range is known. */
export interface Spread {
  low: number;
  likely: number;
  high: number;
}

/** Three results as a spread; the last digits of sums that should be equal may fall out of order. */
export const inOrder = (low: number, likely: number, high: number): Spread => ({
  low: Math.min(low, likely),
  likely,
  high: Math.max(high, likely),
});

/**
 * A quantity in the base unit of its dimension. Refused, by name, when it cannot be meant: a unit that nobody knows
 * or of another dimension, a negative number, a share over 1, a range that does not hold its value, more than there
 * is in the world. Nothing is moved to something near it.
 */
export function spreadOf(quantity: Quantity, dimension: Dimension): Outcome<Spread> {
  const unit = unitOf(quantity.unit);
  if (!unit) return refuse('unit', 'unknown-unit', { value: quantity.unit, against: dimension });
  if (unit.dimension !== dimension) {
    return refuse('unit', 'wrong-unit', { value: quantity.unit, against: dimension });
  }
  const { value, range = { low: value, high: value } } = quantity;
  const least = Math.min(range.low, range.high);
  const most = Math.max(range.low, range.high);
  const checks = [
    amount('value', value * unit.factor, dimension),
    amount('range', least * unit.factor, dimension),
    amount('range', most * unit.factor, dimension),
  ];
  return checkedThen(checks, () =>
    value < least || value > most
      ? refuse('range', 'range-without-value', { value: `${least}–${most}`, against: String(value) })
      : ok(inOrder(least * unit.factor, value * unit.factor, most * unit.factor)),
  );
}
