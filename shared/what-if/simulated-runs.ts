import type { LedgerEntry } from '../contract';
import type { Estate } from '../estate/schema';
import { outageSteps, planBasisOf } from '../plan/plan-of';
import { SIMULATION_RUNS, simulate, simulatedOutage, startSimulation } from '../plan/schedule/simulation';
import type { Snapshot } from '../snapshot';
import type { SimulatedRuns } from '../views/what-if';
import { entriesWith } from './apply-changes';
import type { Change } from './change';

/**
 * The outage of the migration by Monte Carlo, with what a what-if sets: the same estate, ledger, seed and number of runs give
 * the same minutes on every machine. `seed` is a whole number, `runs` at least 100.
 */
export function simulatedRuns(
  estate: Estate,
  entries: readonly LedgerEntry[],
  snapshot: Snapshot | null,
  changes: readonly Change[],
  seed: number,
  runs: number = SIMULATION_RUNS,
): SimulatedRuns {
  const basis = planBasisOf(estate, entriesWith(entries, changes), snapshot);
  const { outage } = basis.figures;
  const unknown = (missing: readonly string[]): SimulatedRuns => ({
    state: 'unknown',
    seed,
    missing: [...new Set(missing)],
  });
  const steps = outageSteps(basis);
  if (!steps || !outage.known) return unknown(outage.known ? [] : outage.lacks.map(({ path }) => path));
  const started = startSimulation(steps, seed);
  const done = started.ok ? simulate(started.value, runs) : started;
  const found = done.ok ? simulatedOutage(done.value) : done;
  return found.ok ? { state: 'done', seed, ...found.value } : unknown(found.error.map(({ input }) => input));
}
