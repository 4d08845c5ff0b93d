import { Failure } from '@shared/errors';
import type { FailoverReadings } from '@shared/failover/failover-scene';
import { DEFAULT_LOG_BASE } from '@shared/failover/log-rights';
import type { FailoverLook } from '@shared/failover/model';
import { planFailover } from '@shared/failover/plan-failover';
import { firstReasons } from '@shared/failover/refuse-failover';
import type { Overrides } from '@shared/switchover/overridden';
import { refusal } from '@shared/switchover/refusal';
import { hookHosts } from '@shared/switchover/traffic';
import type { PlanMade } from '@shared/views/lever';
import type { Made } from '../acting/acting';
import { askingWith, type MakeOptions } from '../acting/fresh-cluster';
import { gatherSwitchover } from '../switchover/gather';
import { type FailoverRequest, type FailoverSight, seeFailover } from './look-failover';

export interface FailoverPlanRequest extends FailoverRequest {
  overrides: Overrides;
}
/** A look, and what comes of that very look. */
export interface FailoverMade {
  look: FailoverLook;
  made: Made;
}
export interface FailoverPlanned {
  look: FailoverLook;
  made: PlanMade;
}

/**
 * Looks, asks the acting accounts of those who answer what only they may know, and plans how the old primary is fenced and
 * another takes over; or names every reason against it. Changes nothing on any server. Rejects as `lookFailover` does.
 */
export async function makeFailover(
  options: MakeOptions,
  { overrides, ...request }: FailoverPlanRequest,
  signal: AbortSignal,
): Promise<FailoverMade> {
  const sight = await seeFailover(options, request, signal);
  const { look, cluster } = sight;
  const first = firstReasons(look);
  if (first.length > 0 || look.choice.kind === 'unclear')
    return { look, made: { ok: false, reasons: first } };
  const readings = await gathered(options, sight, look.choice.node, signal);
  if (readings instanceof Failure) {
    const { message: text } = readings.error;
    const reasons = [refusal('UNREACHED', { node: look.choice.node, text })];
    return { look, made: { ok: false, reasons } };
  }
  const { estate } = options.open;
  const madeAt = options.ports.clock.now();
  return { look, made: planFailover({ estate, replication: cluster, look, readings, overrides, madeAt }) };
}

/** The Failure with which the candidate itself could not be asked. */
async function gathered(
  options: MakeOptions,
  { look, cluster, told }: FailoverSight,
  to: string,
  signal: AbortSignal,
): Promise<FailoverReadings | Failure> {
  const at = askingWith(options);
  const stated = at.estate.clusters.find(({ id }) => id === cluster.id);
  const { fence = [], traffic = [] } = stated?.acting ?? {};
  const { node: from, host, ssh } = look.old;
  const old = ssh === null && host !== null ? host : null;
  const others = cluster.members
    .filter(({ server }) => server.node !== from && server.node !== to && server.state === 'answers')
    .map(({ server }) => server.node);
  const hostsBesides = [...fence.map((one) => one.host), ...(old === null ? [] : [old])];
  try {
    const readings = await gatherSwitchover({
      ...{ ...at, cluster, from, to, others, gone: true, hostsBesides, signal },
    });
    const named = new Set([...fence.map((one) => one.host), ...traffic.flatMap(hookHosts)]);
    const hosts = Object.entries(readings.hosts).filter(([id]) => id !== old || named.has(id));
    return {
      ...{ ...readings, hosts: Object.fromEntries(hosts), awake: told.awake },
      oldHost: (old === null ? null : readings.hosts[old]) ?? null,
      logBase: told.logBase ?? DEFAULT_LOG_BASE,
    };
  } catch (thrown) {
    if (signal.aborted || !(thrown instanceof Failure)) throw thrown;
    return thrown;
  }
}
