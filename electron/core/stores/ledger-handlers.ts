import type { Contract, LedgerEntry } from '@shared/contract';
import type { Handlers } from '@shared/contract-kit';
import type { Ports } from '../ports';
import type { LedgerStore } from './ledger-store';

export interface LedgerHandlersOptions {
  /** As known at the moment that is shown. */
  read(): Promise<LedgerEntry[]>;
  /** Of the estate that is open and shown as it is now. @throws Failure E_NO_ESTATE, E_NOT_LIVE */
  store(): LedgerStore;
  ports: Pick<Ports, 'clock' | 'journal'>;
}

/** What the contract promises of the ledger: every change of it is journaled. */
export function ledgerHandlers({
  read,
  store,
  ports: { clock, journal },
}: LedgerHandlersOptions): Pick<Handlers<Contract>, 'ledger.get' | 'ledger.set' | 'ledger.clear'> {
  const without = async (path: string) => (await store().read()).filter((entry) => entry.path !== path);
  const write = async (entries: LedgerEntry[]) => {
    await store().write(entries);
    return entries;
  };
  return {
    'ledger.get': read,
    'ledger.set': async ({ path, quantity }) => {
      const entries = await write([...(await without(path)), { path, quantity, at: clock.now() }]);
      const value = `${quantity.value} ${quantity.unit}`;
      journal.note({ kind: 'ledger-changed', path, change: 'set', value });
      return entries;
    },
    'ledger.clear': async ({ path }) => {
      const entries = await write(await without(path));
      journal.note({ kind: 'ledger-changed', path, change: 'cleared' });
      return entries;
    },
  };
}
