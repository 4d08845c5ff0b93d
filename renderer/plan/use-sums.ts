import type { Tornado } from '@shared/plan/ledger/tornado';
import type { PlanBasis } from '@shared/plan/plan-of';
import { SIMULATION_RUNS, SIMULATION_SEED, type SimulatedOutage } from '@shared/plan/schedule/simulation';
import { useEffect, useMemo, useState } from 'react';
import { keyOf, type SumsAnswer, type SumsTask } from './plan-sums';
import { startPlanWorker } from './start-worker';

/** What the worker has said about the plan that is shown; null: not yet, or the outage is unknown. */
export interface Sums {
  simulated: (SimulatedOutage & { seed: number }) | null;
  weights: Tornado | null;
}
const NOTHING: Sums = { simulated: null, weights: null };

/** Has the plan's sums counted beside the page. Another plan ends the counting for the one before. */
export function useSums({ steps, ledger, figures }: PlanBasis): Sums {
  const known = figures.outage.known;
  const key = useMemo(() => keyOf(steps, ledger), [steps, ledger]);
  // One task for each key, whatever was read again meanwhile.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the task is made of is the same as long as its key is
  const task = useMemo<SumsTask | null>(
    () => (known ? { key, steps, ledger, seed: SIMULATION_SEED, runs: SIMULATION_RUNS } : null),
    [key, known],
  );
  const [sums, setSums] = useState<{ key: string } & Sums>({ key: '', ...NOTHING });
  useEffect(() => {
    if (!task) return;
    const worker = startPlanWorker();
    worker.addEventListener('message', ({ data }: MessageEvent<SumsAnswer>) => {
      setSums((before) => {
        const same = before.key === data.key ? before : { key: data.key, ...NOTHING };
        return data.kind === 'weighed'
          ? { ...same, weights: data.weights }
          : { ...same, simulated: { ...data.outage, seed: data.seed } };
      });
    });
    worker.postMessage(task);
    return () => worker.terminate();
  }, [task]);
  return sums.key === key && known ? sums : NOTHING;
}
