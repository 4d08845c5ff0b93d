import type { Plan } from '../views/plan';
import type { SimulatedOutage } from './schedule/simulation';

/**
 * The plan with the simulation's figures instead of those of PERT: the estimate of the outage, and what the wallet has left
 * after its P90. Times of single steps, the turn-back time and the way back stay those of PERT; so does the hash, which the
 * inputs decide.
 */
export function withSimulation(plan: Plan, { mean, p50, p90, p99 }: SimulatedOutage): Plan {
  const { wallet, totals, window } = plan;
  return {
    ...plan,
    totals: { ...totals, estimate: { method: 'simulation', mean, p50, p90, p99 } },
    wallet: wallet && { ...wallet, takesMinutes: p90, leftMinutes: wallet.allowedMinutes - p90 },
    clock: {
      ...plan.clock,
      fits: window.state === 'set' ? p90 * 60_000 <= window.end.at - window.start.at : null,
    },
  };
}
