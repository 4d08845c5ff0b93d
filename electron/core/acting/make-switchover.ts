import { planSwitchover } from '@shared/switchover/plan-switchover';
import { onlyReason } from '@shared/switchover/refuse-candidate';
import { gatherSwitchover } from '../switchover/gather';
import type { Made, SwitchoverRequest } from './acting';
import { askingWith, freshCluster, type MakeOptions } from './fresh-cluster';

/**
 * Looks at every server of the cluster once more, asks the acting accounts what only they may know, and plans. What
 * could not be looked at is silent in the cluster: the plan is refused for that, with the reason.
 */
export async function makeSwitchover(
  options: MakeOptions,
  { cluster: id, to, overrides }: SwitchoverRequest,
  signal: AbortSignal,
): Promise<Made> {
  const at = askingWith(options);
  const cluster = await freshCluster(options, id, to, signal);
  // Before anybody else is asked: there is nothing to ask about.
  const only = onlyReason(cluster, to);
  if (only) return { ok: false, reasons: [only] };
  const nodes = cluster.members.map(({ server }) => server.node);
  // Whoever it is taken from; where nobody is writable, or several are, the planner names that as a reason.
  const from = cluster.primaries.find((node) => node !== to) ?? nodes.find((node) => node !== to) ?? to;
  const others = nodes.filter((node) => node !== from && node !== to);
  const readings = await gatherSwitchover({ ...at, cluster, from, to, others, signal });
  return planSwitchover({
    estate: at.estate,
    ...{ cluster, readings, overrides, madeAt: at.ports.clock.now() },
  });
}
