import type { PlanMade } from '@shared/views/lever';
import { useEffect, useState } from 'react';
import { client } from '../api';

export interface Wanted {
  cluster: string;
  to: string;
  overrides: { code: string; typed: string }[];
}
export type Planning =
  | { state: 'asking' }
  | { state: 'made'; made: PlanMade }
  | { state: 'failed'; error: Error };

/**
 * Asks for a plan once for each wish, and takes the question back when the page is left; null: nothing may be asked
 * yet. A plan is as old as its making: `turn` asks for a new one.
 */
export function usePlanMade(wanted: Wanted | null, turn: number): Planning {
  const [planning, setPlanning] = useState<Planning>({ state: 'asking' });
  const key = wanted && JSON.stringify(wanted);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn asks the same again
  useEffect(() => {
    if (key === null) return;
    const asked = new AbortController();
    setPlanning({ state: 'asking' });
    client.call('switchover.plan', JSON.parse(key) as Wanted, asked.signal).then(
      (made) => {
        if (!asked.signal.aborted) setPlanning({ state: 'made', made });
      },
      (thrown: unknown) => {
        const error = thrown instanceof Error ? thrown : new Error(String(thrown));
        if (!asked.signal.aborted) setPlanning({ state: 'failed', error });
      },
    );
    return () => asked.abort();
  }, [key, turn]);
  return planning;
}
