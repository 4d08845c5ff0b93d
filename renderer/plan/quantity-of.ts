import type { Quantity } from '@shared/estate/schema';
import { parseNumber } from './parse-number';

/** What stands in the fields of the form. */
export interface Draft {
  value: string;
  unit: string;
  /** Ends of the range in the same unit; both empty: none is given. */
  low: string;
  high: string;
}

export type ReadDraft =
  /** Nothing was entered yet. */
  | { state: 'empty' }
  /** The text that says what is needed. */
  | { state: 'wrong'; because: 'notANumber' | 'noUnit' | 'halfARange' }
  | { state: 'read'; quantity: Quantity };

/** The quantity that a person has typed: assumed, because nobody measured it and no document says so. */
export function quantityOf({ value: typed, unit, low, high }: Draft, by: string): ReadDraft {
  const isRange = low.trim() !== '' || high.trim() !== '';
  if (typed.trim() === '' && !isRange) return { state: 'empty' };
  const value = parseNumber(typed);
  if (value === null) return { state: 'wrong', because: 'notANumber' };
  if (unit.trim() === '') return { state: 'wrong', because: 'noUnit' };
  const quantity: Quantity = { value, unit: unit.trim(), source: 'assumed', by };
  if (!isRange) return { state: 'read', quantity };
  const [from, to] = [parseNumber(low), parseNumber(high)];
  if (from === null || to === null) return { state: 'wrong', because: 'halfARange' };
  return { state: 'read', quantity: { ...quantity, range: { low: from, high: to } } };
}
