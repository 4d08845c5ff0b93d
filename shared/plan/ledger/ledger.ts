import type { Quantity } from '../../estate/schema-values';
import type { BadInput } from '../../units/outcome';
import { type Spread, spreadOf } from '../../units/spread';
import type { Dimension } from '../../units/unit-names';

/** A number that a plan asks for. */
export interface Asked {
  /** Where it is stated or entered: `dataSets/files/size`. */
  path: string;
  dimension: Dimension;
}

/** Who says so. Nothing else is ever used: no number without one of these. */
export type Provenance =
  | { kind: 'stated'; where?: string }
  /** `at` in epoch milliseconds; the spread of what was measured is the quantity's range. */
  | { kind: 'measured'; where?: string; at?: number }
  | { kind: 'assumed'; by?: string; at?: number }
  /** Built in, and never a price. */
  | { kind: 'reference'; cite: string };

/** One line of the assumption ledger. */
export type LedgerRow =
  | (Asked & { state: 'known'; quantity: Quantity; provenance: Provenance; spread: Spread })
  /** Nobody has said. What follows from it is unknown, too, and names it. */
  | (Asked & { state: 'unknown' })
  /** Somebody said something that cannot be meant: shown where it was entered, and used for nothing. */
  | (Asked & { state: 'refused'; quantity: Quantity; provenance: Provenance; bad: readonly BadInput[] });

/** Every input of a plan, by path, in the order in which a person would look for them. */
export type Ledger = ReadonlyMap<string, LedgerRow>;

/** What was found for an input. */
export interface Found {
  quantity: Quantity;
  provenance: Provenance;
}

/**
 * The line of an input: checked here, once, so that every formula behind it reads numbers in base units that can be
 * meant. A reference without a citation and a price that is built in are refused by name.
 */
export function rowOf({ path, dimension }: Asked, found: Found | null): LedgerRow {
  if (!found) return { path, dimension, state: 'unknown' };
  const { quantity, provenance } = found;
  const read = spreadOf(quantity, dimension);
  const bad = [...(read.ok ? [] : read.error), ...wrongSource(dimension, provenance)];
  return read.ok && bad.length === 0
    ? { path, dimension, state: 'known', quantity, provenance, spread: read.value }
    : { path, dimension, state: 'refused', quantity, provenance, bad };
}

function wrongSource(dimension: Dimension, provenance: Provenance): BadInput[] {
  if (provenance.kind !== 'reference') return [];
  if (dimension === 'money') return [{ input: 'source', problem: 'price-by-reference' }];
  return provenance.cite.trim() === '' ? [{ input: 'source', problem: 'uncited' }] : [];
}

export const ledgerOf = (rows: readonly LedgerRow[]): Ledger => new Map(rows.map((row) => [row.path, row]));

/** The same ledger with one known value replaced, in base units, without a range: "what if it were". */
export function withValue(ledger: Ledger, path: string, value: number): Ledger {
  const row = ledger.get(path);
  if (row?.state !== 'known') return ledger;
  return new Map(ledger).set(path, { ...row, spread: { low: value, likely: value, high: value } });
}
