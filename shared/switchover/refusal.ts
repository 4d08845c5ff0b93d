import type { Estate } from '../estate/schema';
import type { ReplicationCluster } from '../replication/model';
import { said } from '../runbook/said';
import type { Refusal } from '../views/lever';
import type { SwitchoverReadings } from './readings';

/** Why a switchover may not be planned: every reason at once, each with what helps. */

export interface Ground {
  estate: Estate;
  replication: ReplicationCluster;
  readings: SwitchoverReadings;
  madeAt: number;
}
export type Refuse = (ground: Ground) => Refusal[];

/** The sentence REFUSED_<code>, with the remedy REMEDY_<code>. */
export const refusal = (
  code: string,
  params: Record<string, string> = {},
  override: string | null = null,
): Refusal => ({
  ...said(`REFUSED_${code}`, params),
  remedy: said(`REMEDY_${code}`, params),
  override,
});
