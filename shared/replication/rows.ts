import type { Row } from '../kinds/kind';
import { isOn } from '../kinds/mysql-parse';
import { toNumber } from '../kinds/parse-kit';
import type { ServiceReading } from '../snapshot';

/** Careful hands for rows of servers of any version: what is not there, or makes no sense, is null. */

export interface Rows {
  /** Rows of a table; null when it was not read. */
  all(table: string): readonly Row[] | null;
  /** Value of a name/value table (variables, status, persisted), by the first of the names that is there. */
  named(table: 'variables' | 'status', ...names: readonly string[]): string | null;
  at(table: string): number | null;
  /** EvidenceHead.id of every table. */
  evidence: Record<string, string>;
}

export function rowsOf(reading: ServiceReading | undefined): Rows {
  const tables = reading?.tables ?? {};
  const indexes = new Map<string, ReadonlyMap<string, string>>();
  const indexOf = (table: string) => {
    const known = indexes.get(table);
    if (known) return known;
    const index = new Map<string, string>();
    for (const row of tables[table]?.rows ?? []) {
      // the headings of the two columns differ in case between the dialects
      const [name, value] = Object.values(row);
      if (typeof name === 'string' && typeof value === 'string') index.set(name.toLowerCase(), value);
    }
    indexes.set(table, index);
    return index;
  };
  return {
    all: (table) => tables[table]?.rows ?? null,
    named(table, ...names) {
      const index = indexOf(table);
      for (const name of names) {
        const value = index.get(name.toLowerCase());
        if (value !== undefined) return value;
      }
      return null;
    },
    at: (table) => tables[table]?.at ?? null,
    evidence: Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, table.evidence])),
  };
}

/** The first of the columns that is there and not NULL. */
export function cell(row: Row, ...columns: readonly string[]): string | null {
  for (const column of columns) {
    const value = Object.hasOwn(row, column) ? row[column] : undefined;
    if (value !== undefined && value !== null) return value;
  }
  return null;
}

/** An empty text says that there is none: as null. */
export const filled = (text: string | null): string | null => (text === null || text === '' ? null : text);

export const wholeOf = (text: string | null): number | null => {
  const value = toNumber(text);
  return value !== null && Number.isSafeInteger(value) ? value : null;
};
export const numberOf = (text: string | null): number | null => toNumber(text);
export const truthOf = (text: string | null): boolean | null => isOn(text);

/** Decimal digits of any length, kept as text; else null. */
export const digitsOf = (text: string | null): string | null =>
  text !== null && /^\d{1,40}$/.test(text) ? text : null;

/** The last second that a date can hold (ECMA-262, "Time Values"). */
const LAST_SECOND = 8.64e12;

/** Epoch seconds as the server prints them → milliseconds; 0 is its way of saying "never". */
export const timeOf = (text: string | null): number | null => {
  const seconds = toNumber(text);
  return seconds === null || seconds <= 0 || seconds > LAST_SECOND ? null : Math.round(seconds * 1000);
};
