import type { LedgerEntry } from '@shared/contract';
import { Failure } from '@shared/errors';
import { ledgerFileOf, parseLedger, printLedger } from '@shared/estate/ledger';
import { readIfThere, writeAtomic } from './atomic-file';

/**
 * Values that a person entered or the console measured, in a YAML file beside the estate file that people
 * can read in review too. The estate file itself is the person's and is never written.
 */
export interface LedgerStore {
  file: string;
  read(): Promise<LedgerEntry[]>;
  write(entries: readonly LedgerEntry[]): Promise<void>;
}

/** `patronus.yaml` → `patronus.ledger.yaml`. A ledger that does not parse is an error: it is never overwritten. */
export function ledgerStore(estateFile: string): LedgerStore {
  const file = ledgerFileOf(estateFile);
  return {
    file,
    async read() {
      const text = await readIfThere(file);
      if (text === null) return [];
      const parsed = parseLedger(text, file);
      if (!parsed.ok) throw new Failure(parsed.error);
      return parsed.value;
    },
    write: (entries) => writeAtomic(file, printLedger(entries)),
  };
}
