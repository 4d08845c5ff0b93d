import type { LedgerEntry } from '../contract';
import { parseEstate } from '../estate/parse';
import type { Estate } from '../estate/schema';

export const NAMES = ['patronus', 'parking', 'embassy', 'longjump', 'software-servers'];

/** One of the five estates, by a reader of the files of their folder. */
export const estatesBy =
  (read: (file: string) => string) =>
  (name: string): Estate => {
    const file = `${name}.yaml`;
    const parsed = parseEstate(read(file), file);
    if (!parsed.ok) throw new Error(parsed.error[0]?.message);
    return parsed.value;
  };

/** A value that a person entered. */
export const entered = (path: string, value: number, unit: string): LedgerEntry => ({
  path,
  quantity: { value, unit, source: 'assumed', by: 'operator' },
  at: 1000,
});
