import { setTimeout as sleep } from 'node:timers/promises';
import { positionText, receivedBy } from '@shared/failover/positions';
import type { ReplicationCluster } from '@shared/replication/model';

export interface SteadyOptions {
  /** Looks at every member but the old primary. */
  look(): Promise<void>;
  cluster(): ReplicationCluster;
  signal: AbortSignal;
}

/** What was on its way when a server died may still arrive: a receiver that is busy takes it out of its socket bit by bit. */
const STEADY_MS = 1_000;
/** Then it is not what is left of a dead server: somebody still sends. */
const TRIES = 6;

/**
 * Looks until nobody has received anything more for a second, so that nothing is called lost that is about to arrive. The look
 * before may have been one that was under way already; this one is not. Gives up after a while: the statement is then true of
 * the last look alone, and is made again before anybody acts.
 */
export async function steadyLook({ look, cluster, signal }: SteadyOptions): Promise<ReplicationCluster> {
  let before = await afterALook();
  for (let tries = 1; tries < TRIES; tries += 1) {
    await sleep(STEADY_MS, undefined, { signal });
    const now = await afterALook();
    if (now.received === before.received) return now.seen;
    before = now;
  }
  return before.seen;

  async function afterALook(): Promise<{ seen: ReplicationCluster; received: string }> {
    await look();
    const seen = cluster();
    const held = seen.members.map(({ server }) => receivedBy(server));
    return { seen, received: held.map((one) => (one ? positionText(one) : '?')).join(' ') };
  }
}
