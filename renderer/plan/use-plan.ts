import type { LedgerEntry } from '@shared/contract';
import { NO_FRAME } from '@shared/plan/approved';
import { influenceOf } from '@shared/plan/influence';
import { type PlanBasis, planBasisOf, planFrom, planOf } from '@shared/plan/plan-of';
import { planHash } from '@shared/plan/plan-record';
import { withSimulation } from '@shared/plan/with-simulation';
import type { Plan } from '@shared/views/plan';
import { useDeferredValue, useMemo } from 'react';
import { callOptions, queryClient, useCall } from '../api';
import { useSettings } from '../settings';
import { useWatched } from '../watched';
import { type Sums, useSums } from './use-sums';

/** The plan of what is known, and what it would be with another value: the same pure function either way. */
export interface PlanHere {
  /** With its hash, and with the simulation and the weights of its inputs as soon as the worker has them. */
  plan: Plan;
  /** What it was made of: opens every number. */
  basis: PlanBasis;
  ledger: readonly LedgerEntry[];
  planWith: (entry: LedgerEntry) => Plan;
  sums: Sums;
}

export function usePlan(): PlanHere {
  const { estate, snapshot } = useWatched();
  const { language } = useSettings();
  const { data: ledger = NO_ENTRIES } = useCall('ledger.get', undefined);
  const { data: frame = NO_FRAME } = useCall('plan.frame', undefined);
  const seen = snapshot.takenAt > 0 ? snapshot : null;
  const basis = useMemo(() => planBasisOf(estate, ledger, seen, language), [estate, ledger, seen, language]);
  const quick = useMemo(
    () => planFrom(basis, estate, seen, language, frame),
    [basis, estate, seen, language, frame],
  );
  const sums = useSums(basis);
  // Its hash may come a frame after the plan; meanwhile there is none, because the one before names another plan.
  const settled = useDeferredValue(quick);
  const settledHash = useMemo(() => planHash(settled), [settled]);
  const hash = settled === quick ? settledHash : null;
  const plan = useMemo(() => {
    const { simulated, weights } = sums;
    return {
      ...(simulated ? withSimulation(quick, simulated) : quick),
      hash,
      influence: weights && influenceOf(weights.bars, quick.assumptions),
    };
  }, [quick, sums, hash]);
  const planWith = (entry: LedgerEntry) =>
    planOf(estate, [...ledger.filter((each) => each.path !== entry.path), entry], seen, language, frame);
  return { plan, basis, ledger, planWith, sums };
}
export const NO_ENTRIES: readonly LedgerEntry[] = [];

/** What the core keeps now; actions on the ledger answer with the whole of it. */
export const keepLedger = (ledger: LedgerEntry[]): void => {
  queryClient.setQueryData(callOptions('ledger.get', undefined).queryKey, ledger);
};
