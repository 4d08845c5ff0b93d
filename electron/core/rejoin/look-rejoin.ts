import { randomBytes } from 'node:crypto';
import { type AppError, Failure, toAppError } from '@shared/errors';
import type { Cluster } from '@shared/estate/schema';
import { serviceControl } from '@shared/estate/service-control';
import { DEFAULT_LOG_BASE } from '@shared/failover/log-rights';
import { type Held, seenAs } from '@shared/failover/positions';
import type { RejoinLook } from '@shared/rejoin/model';
import { ownTransactions } from '@shared/rejoin/own-transactions';
import type { OwnReading, RejoinGround } from '@shared/rejoin/rejoin-ground';
import { blockedLook, rejoinLook } from '@shared/rejoin/rejoin-look';
import type { ReplicationCluster } from '@shared/replication/model';
import type { MemberReading, SwitchoverReadings } from '@shared/switchover/readings';
import { refusal } from '@shared/switchover/refusal';
import { serviceSudo } from '@shared/switchover/sudo-commands';
import type { Refusal } from '@shared/views/lever';
import { askingWith, freshCluster, type MakeOptions } from '../acting/fresh-cluster';
import { toldLast } from '../failover/last-told';
import { failure } from '../net/failure';
import { runSsh } from '../ssh/run-ssh';
import { gatherSwitchover } from '../switchover/gather';
import { readOwnLogs } from './own-logs';
import { readTouched } from './read-touched';
import { readRebuild } from './rebuild-gather';

/** `server`: the node that was the primary and comes back. */
export interface RejoinRequest {
  cluster: string;
  server: string;
}

/** What was seen, and what a plan is made from; where there is nobody to follow, why. */
export type RejoinSeen =
  | { look: RejoinLook; ground: RejoinGround }
  | { look: RejoinLook; ground: null; reasons: Refusal[] };

const SERVICE_MS = 15_000;

/**
 * Looks at every server of the cluster once more, asks the acting accounts of both what only they may know, and reads what the
 * old primary holds alone from its binary logs. Changes nothing anywhere; keeps those transactions at this desk. Rejects with
 * Failure E_NO_CLUSTER.
 */
export async function lookRejoin(
  options: MakeOptions,
  { cluster: id, server }: RejoinRequest,
  signal: AbortSignal,
): Promise<RejoinSeen> {
  const at = askingWith(options);
  const { clock } = at.ports;
  const cluster = await freshCluster(options, id, server, signal);
  const lookId = `${new Date(clock.now()).toISOString().replaceAll(/[-:]|\.\d+/g, '')}-${randomBytes(3).toString('hex')}`;
  const common = { id: lookId, cluster: id, title: cluster.title, server };
  const blocked = (
    reasons: Refusal[],
    primary: string | null,
    error: AppError | null = null,
  ): RejoinSeen => ({
    look: blockedLook({ ...common, takenAt: clock.now(), primary, error, reasons }),
    ground: null,
    reasons,
  });
  const against = noPrimary(cluster, server);
  if (against) return blocked([against], null);
  const [to = ''] = cluster.primaries;
  const stated = at.estate.clusters.find((one) => one.id === id);
  if (!stated) throw failure('E_NO_CLUSTER', null, { name: id, what: id });
  let readings: SwitchoverReadings;
  try {
    readings = await gather(options, cluster, { server, to }, signal);
  } catch (thrown) {
    if (signal.aborted || !(thrown instanceof Failure)) throw thrown;
    const { error } = thrown;
    return blocked([refusal('UNREACHED', { node: server, text: error.message })], to, error);
  }
  const [old, next] = [readings.members[server], readings.members[to]];
  const ground: RejoinGround = {
    ...{ estate: at.estate, replication: cluster, readings, madeAt: clock.now(), lookId },
    own: old && next ? await ownOf(options, { lookId, old, next }, signal) : null,
    startsBy: old ? await startsBy(options, stated, old, signal) : null,
    rebuild: await readRebuild(options, readings, signal),
  };
  return { look: rejoinLook({ ...common, takenAt: clock.now(), ground }), ground };
}

/** Whom would it follow? There must be one, and another. */
function noPrimary({ primaries }: ReplicationCluster, server: string): Refusal | null {
  const [to, ...more] = primaries.filter((node) => node !== server);
  if (primaries.includes(server)) return refusal('REJOIN_IS_PRIMARY', { node: server });
  if (to === undefined) return refusal('REJOIN_NO_PRIMARY', { node: server });
  return more.length > 0 ? refusal('TWO_PRIMARIES', { nodes: [to, ...more].join(', ') }) : null;
}

function gather(
  options: MakeOptions,
  cluster: ReplicationCluster,
  { server, to }: { server: string; to: string },
  signal: AbortSignal,
): Promise<SwitchoverReadings> {
  const nodes = cluster.members.map((member) => member.server.node);
  return gatherSwitchover({
    ...askingWith(options),
    ...{ cluster, from: server, to, others: nodes.filter((node) => node !== server && node !== to), signal },
    // It is restarted or stopped, and nobody else is.
    sudoBesides: (stated, node, service) =>
      node === server ? serviceSudo(stated, service.id, service.kind === 'mysql' ? 'mysql' : 'mariadb') : [],
  });
}

interface Two {
  lookId: string;
  old: MemberReading;
  next: MemberReading;
}

/** null: it has nothing of its own, or nobody can tell whether it has. */
async function ownOf(
  options: MakeOptions,
  { lookId, old, next }: Two,
  signal: AbortSignal,
): Promise<OwnReading | null> {
  const own = ownTransactions(old, next);
  const held = heldBy(next);
  if (own === null || own === 'unknown' || !held) return null;
  const { open, ports } = options;
  const { dataDir } = ports.paths;
  const told = await toldLast({
    reading: open.watcher.snapshot().snapshot.hosts[old.host],
    ...{ host: old.host, service: old.service, dataDir, estateFile: open.file },
  });
  const logs = await readOwnLogs({
    ...{ sessions: open.sessions, dataDir, lookId, node: old.node, host: old.host, held, signal },
    base: told.logBase ?? DEFAULT_LOG_BASE,
  });
  const tables = logs.read?.told.tables ?? [];
  const asks = old.dialect === 'mariadb' && tables.length > 0;
  return { ...logs, touched: asks ? await touchedOf(options, old, tables, signal) : null };
}

/**
 * What the present primary has, by server: a position of MariaDB says only the newest of a domain, below which the old one's
 * own transactions would be hidden.
 */
function heldBy({ dialect, position, binlogState }: MemberReading): Held | null {
  return dialect === 'mysql'
    ? position === null
      ? null
      : seenAs(dialect, position, null)
    : binlogState === null
      ? null
      : seenAs(dialect, '', binlogState);
}

async function touchedOf(
  options: MakeOptions,
  { host, service }: MemberReading,
  tables: readonly { schema: string; table: string }[],
  signal: AbortSignal,
): Promise<OwnReading['touched']> {
  const at = askingWith(options);
  try {
    const lease = await at.sessions.acquire(host, { account: 'act', background: false, signal });
    try {
      return await readTouched({ ...at, hostId: host, serviceId: service }, lease, tables, signal);
    } finally {
      lease.release();
    }
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    const errors = [toAppError(thrown)];
    return { tables: null, cascades: null, runsTriggers: null, missingTools: null, errors };
  }
}

/** How the service is started with its host; null: the command that tells it failed. */
async function startsBy(
  { open }: MakeOptions,
  stated: Cluster,
  { host, service, dialect }: MemberReading,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    const lease = await open.sessions.acquire(host, { account: 'act', background: false, signal });
    try {
      const { boot } = serviceControl(stated, service, dialect);
      const how = { name: 'rejoin.boot', timeoutMs: SERVICE_MS, signal };
      const { stdout, exit } = await runSsh(lease, [...boot], how);
      return exit === 0 ? stdout.trim() : null;
    } finally {
      lease.release();
    }
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    return null;
  }
}
