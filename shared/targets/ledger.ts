import type { Language, LedgerEntry } from '../contract';
import { assertNever } from '../errors';
import type { Estate, Quantity } from '../estate/schema';
import { type Found, type Ledger, ledgerOf, type Provenance, rowOf } from '../plan/ledger/ledger';
import { resolveInputs } from '../plan/resolve-inputs';
import type { Snapshot } from '../snapshot';
import { targetInputsOf } from './inputs';
import { TARGET_REFERENCES } from './references';
import { statedForTargets } from './stated';

/**
 * The ledger of the comparison: what a person entered or the console measured, then what the estate states, then the
 * one cited reference (the rate at which money to come is discounted). Prices are entered or unknown.
 */
export function targetLedger(
  estate: Estate,
  entries: readonly LedgerEntry[],
  snapshot: Snapshot | null,
  language: Language,
): Ledger {
  const inputs = targetInputsOf(estate, language);
  const resolved = resolveInputs(inputs, estate, entries, snapshot);
  return ledgerOf(
    inputs.map((input) => {
      const row = resolved.get(input.path);
      return row && row.state !== 'unknown' ? row : rowOf(input, foundInFile(input.path, estate));
    }),
  );
}

function foundInFile(path: string, estate: Estate): Found | null {
  const stated = statedForTargets(path, estate);
  const quantity = stated === undefined || stated === 'unknown' ? TARGET_REFERENCES.get(path) : stated;
  return quantity ? { quantity, provenance: provenanceOf(quantity) } : null;
}

function provenanceOf({ source, where, by, cite }: Quantity): Provenance {
  switch (source) {
    case 'stated':
    case 'measured':
      return { kind: source, ...(where === undefined ? {} : { where }) };
    case 'assumed':
      return { kind: source, ...(by === undefined ? {} : { by }) };
    case 'reference':
      return { kind: source, cite: cite ?? '' };
    default:
      return assertNever(source);
  }
}
