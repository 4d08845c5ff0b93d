import { planRejoin } from '@shared/rejoin/plan-rejoin';
import { refusal } from '@shared/switchover/refusal';
import { serviceSudo } from '@shared/switchover/sudo-commands';
import type { Made } from '../acting/acting';
import { askingWith, freshCluster, type MakeOptions } from '../acting/fresh-cluster';
import { gatherSwitchover } from '../switchover/gather';

/** `server`: the node that was the primary and comes back. */
export interface RejoinRequest {
  cluster: string;
  server: string;
}

/**
 * Looks at every server of the cluster once more, asks the acting accounts what only they may know, and plans how the
 * old primary follows the new one; or names every reason against it. Changes nothing. Rejects with Failure E_NO_CLUSTER,
 * and with what stands in the way of asking.
 */
export async function makeRejoin(
  options: MakeOptions,
  { cluster: id, server }: RejoinRequest,
  signal: AbortSignal,
): Promise<Made> {
  const at = askingWith(options);
  const cluster = await freshCluster(options, id, server, signal);
  const [to, ...more] = cluster.primaries.filter((node) => node !== server);
  if (cluster.primaries.includes(server))
    return { ok: false, reasons: [refusal('REJOIN_IS_PRIMARY', { node: server })] };
  if (to === undefined) return { ok: false, reasons: [refusal('REJOIN_NO_PRIMARY', { node: server })] };
  if (more.length > 0)
    return { ok: false, reasons: [refusal('TWO_PRIMARIES', { nodes: [to, ...more].join(', ') })] };
  const nodes = cluster.members.map((member) => member.server.node);
  const others = nodes.filter((node) => node !== server && node !== to);
  const readings = await gatherSwitchover({
    ...at,
    ...{ cluster, from: server, to, others, signal },
    // It is restarted, and nobody else is.
    sudoBesides: (stated, node, service) =>
      node === server ? serviceSudo(stated, service.id, service.kind === 'mysql' ? 'mysql' : 'mariadb') : [],
  });
  return planRejoin({ estate: at.estate, cluster, readings, madeAt: at.ports.clock.now() });
}
