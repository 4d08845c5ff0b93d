import type { LedgerEntry } from '@shared/contract';
import { planOf } from '@shared/plan/plan-of';
import type { Plan } from '@shared/views/plan';
import { useMemo } from 'react';
import { callOptions, queryClient, useCall } from '../api';
import { useSettings } from '../settings';
import { useWatched } from '../watched';

/** The plan of what is known, and what it would be with another value: the same pure function either way. */
export function usePlan(): {
  plan: Plan;
  ledger: readonly LedgerEntry[];
  planWith: (entry: LedgerEntry) => Plan;
} {
  const { estate, snapshot } = useWatched();
  const { language } = useSettings();
  const { data: ledger = NOTHING } = useCall('ledger.get', undefined);
  const seen = snapshot.takenAt > 0 ? snapshot : null;
  const plan = useMemo(() => planOf(estate, ledger, seen, language), [estate, ledger, seen, language]);
  const planWith = (entry: LedgerEntry) =>
    planOf(estate, [...ledger.filter((each) => each.path !== entry.path), entry], seen, language);
  return { plan, ledger, planWith };
}
const NOTHING: readonly LedgerEntry[] = [];

/** What the core keeps now; actions on the ledger answer with the whole of it. */
export const keepLedger = (ledger: LedgerEntry[]): void => {
  queryClient.setQueryData(callOptions('ledger.get', undefined).queryKey, ledger);
};
