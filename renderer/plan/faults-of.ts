import type { Quantity } from '@shared/estate/schema';
import { type LedgerRow, rowOf } from '@shared/plan/ledger/ledger';
import type { InputProblem } from '@shared/units/outcome';

type Sentences = Readonly<Record<InputProblem, (value: string) => string>>;

/** Why a quantity cannot be meant at this line of the ledger, in sentences; empty: it can. The ledger's own rule decides. */
export function faultsOf(quantity: Quantity, { path, dimension }: LedgerRow, sentences: Sentences): string[] {
  const entered = rowOf({ path, dimension }, { quantity, provenance: { kind: 'assumed' } });
  if (entered.state !== 'refused') return [];
  return entered.bad.map(({ problem, value }) => sentences[problem](value ?? String(quantity.value)));
}
