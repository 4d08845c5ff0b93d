import type { Contract } from '@shared/contract';
import type { Input } from '@shared/contract-kit';
import type { RejoinLook } from '@shared/rejoin/model';
import { planRejoin } from '@shared/rejoin/plan-rejoin';
import type { Made } from '../acting/acting';
import type { MakeOptions } from '../acting/fresh-cluster';
import { lookRejoin } from './look-rejoin';

export type RejoinPlanRequest = Input<Contract, 'rejoin.plan'>;
export interface RejoinMade {
  look: RejoinLook;
  made: Made;
}

/**
 * Looks anew, and plans from that very look how the old primary comes back by this way; or names every reason against it.
 * Changes nothing anywhere. Rejects as `lookRejoin` does.
 */
export async function makeRejoin(
  options: MakeOptions,
  request: RejoinPlanRequest,
  signal: AbortSignal,
): Promise<RejoinMade> {
  const { look, ...seen } = await lookRejoin(options, request, signal);
  const made: Made =
    seen.ground === null
      ? { ok: false, reasons: seen.reasons }
      : planRejoin(seen.ground, request.way, request.overrides);
  return { look, made };
}
