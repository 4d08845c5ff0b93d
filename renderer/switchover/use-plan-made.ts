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
  // The turn is part of the wish: another one asks the same again.
  const key = wanted && JSON.stringify({ wanted, turn });
  useEffect(() => {
    if (key === null) return;
    const asked = new AbortController();
    setPlanning({ state: 'asking' });
    const { wanted: wish } = JSON.parse(key) as { wanted: Wanted };
    client.call('switchover.plan', wish, asked.signal).then(
      (made) => {
        if (!asked.signal.aborted) setPlanning({ state: 'made', made });
      },
      (thrown: unknown) => {
        const error = thrown instanceof Error ? thrown : new Error(String(thrown));
        if (!asked.signal.aborted) setPlanning({ state: 'failed', error });
      },
    );
    return () => asked.abort();
  }, [key]);
  return planning;
}
