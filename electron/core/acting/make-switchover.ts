import type { ReplicationCluster } from '@shared/replication/model';
import { planSwitchover } from '@shared/switchover/plan-switchover';
import { onlyReason } from '@shared/switchover/refuse-candidate';
import { failure } from '../net/failure';
import type { OpenEstate } from '../open-estate';
import type { Ports } from '../ports';
import { gatherSwitchover } from '../switchover/gather';
import type { Made, SwitchoverRequest } from './acting';

export interface MakeSwitchoverOptions {
  open: OpenEstate;
  ports: Ports;
  /** Who follows whom in the open estate, as known now. */
  clusters(): ReplicationCluster[];
}

/**
 * Looks at every server of the cluster once more, asks the acting accounts what only they may know, and plans. What
 * could not be looked at is silent in the cluster: the plan is refused for that, with the reason.
 */
export async function makeSwitchover(
  { open, ports, clusters }: MakeSwitchoverOptions,
  { cluster: id, to, overrides }: SwitchoverRequest,
  signal: AbortSignal,
): Promise<Made> {
  const named = () => {
    const found = clusters().find((one) => one.id === id);
    if (found?.members.some(({ server }) => server.node === to)) return found;
    throw failure('E_NO_CLUSTER', null, { name: id, what: to });
  };
  const hosts = new Set(named().members.flatMap(({ server }) => server.host ?? []));
  await Promise.all([...hosts].map((host) => open.watcher.lookNow(host, signal)));
  const cluster = named();
  // Before anybody else is asked: there is nothing to ask about.
  const only = onlyReason(cluster, to);
  if (only) return { ok: false, reasons: [only] };
  const nodes = cluster.members.map(({ server }) => server.node);
  // Whoever it is taken from; where nobody is writable, or several are, the planner names that as a reason.
  const from = cluster.primaries.find((node) => node !== to) ?? nodes.find((node) => node !== to) ?? to;
  const others = nodes.filter((node) => node !== from && node !== to);
  const { estate, estateDir, sessions, secrets, dialer } = open;
  const at = { estate, estateDir, sessions, secrets, dialer, ports };
  const readings = await gatherSwitchover({ ...at, cluster, from, to, others, signal });
  return planSwitchover({ estate, cluster, readings, overrides, madeAt: ports.clock.now() });
}
