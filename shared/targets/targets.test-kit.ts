import type { LedgerEntry } from '../contract';
import { parseEstate } from '../estate/parse';
import type { Estate, Quantity } from '../estate/schema';

export const ESTATES = ['patronus', 'parking', 'embassy', 'longjump', 'software-servers'];

/** The five estates as their files say; `read` gives the text of `patronus.yaml`. */
export const estatesFrom =
  (read: (file: string) => string) =>
  (name: string): Estate => {
    const parsed = parseEstate(read(`${name}.yaml`), name);
    if (!parsed.ok) throw new Error(parsed.error.map(({ message }) => message).join('\n'));
    return parsed.value;
  };

/** A value that a person typed. */
export const entry = (
  at: string,
  value: number,
  unit: string,
  more: Partial<Quantity> = {},
): LedgerEntry => ({
  path: at,
  quantity: { value, unit, source: 'assumed', by: 'operator', ...more },
  at: 1000,
});
