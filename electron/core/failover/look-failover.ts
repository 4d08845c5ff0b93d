import { randomBytes } from 'node:crypto';
import type { Cluster, Estate } from '@shared/estate/schema';
import { serviceControl } from '@shared/estate/service-control';
import { failoverLook, oldPrimaryOf } from '@shared/failover/failover-look';
import type { LastTold } from '@shared/failover/last-seen';
import { DEFAULT_LOG_BASE } from '@shared/failover/log-rights';
import type { FailoverLook, OldPrimary } from '@shared/failover/model';
import { type Ranking, rank } from '@shared/failover/rank';
import type { PrimaryVerdict, ReplicationCluster, ServerReading } from '@shared/replication/model';
import { asRoot } from '@shared/switchover/sudo-commands';
import { hookHosts } from '@shared/switchover/traffic';
import { hostsOf, lookAgain, type MakeOptions, namedCluster } from '../acting/fresh-cluster';
import { failure } from '../net/failure';
import { toldLast } from './last-told';
import { type OldHost, readOldHost } from './old-host';
import { SalvageFile } from './salvage-file';
import { steadyLook } from './steady-look';

export interface FailoverRequest {
  cluster: string;
  /** Node for whom the loss is to be told; null: for the one that the ranking chooses. */
  to: string | null;
}

/** The look, with what it was taken from. */
export interface FailoverSight {
  look: FailoverLook;
  cluster: ReplicationCluster;
  told: LastTold;
}

export const lookFailover = async (
  options: MakeOptions,
  request: FailoverRequest,
  signal: AbortSignal,
): Promise<FailoverLook> => (await seeFailover(options, request, signal)).look;

/**
 * Everything that a person has to know before an emergency failover, read now: every member once more, the old primary's host
 * and its binary logs by the acting account. Changes nothing anywhere; keeps the transactions that would be lost in the
 * console's own folder. @throws Failure E_NO_CLUSTER, E_NO_OLD_PRIMARY
 */
export async function seeFailover(
  options: MakeOptions,
  { cluster: id, to }: FailoverRequest,
  signal: AbortSignal,
): Promise<FailoverSight> {
  const { open, ports } = options;
  const { clusters } = open.estate;
  const stated = clusters.find((one) => one.id === id);
  const hosts = [...hostsOf(namedCluster(options, id, to)), ...hostsOfActing(stated)];
  await lookAgain(options, hosts, signal);
  const first = namedCluster(options, id, to);
  const node = oldPrimaryOf(first);
  const server = first.members.find((one) => one.server.node === node)?.server;
  if (!stated || !server || node === null || node === to)
    throw failure('E_NO_OLD_PRIMARY', null, { name: id });
  const answers = server.state === 'answers';
  const lookOn = () =>
    lookAgain(
      options,
      hostsOf(first).filter((host) => host !== server.host),
      signal,
    );
  const cluster = answers
    ? first
    : await steadyLook({ look: lookOn, cluster: () => namedCluster(options, id, to), signal });
  const told = await lastToldOf(options, server);
  const ranking = rank({ cluster, old: node, lastSeen: told.seen, asked: to });
  const lookId = `${new Date(ports.clock.now()).toISOString().replaceAll(/[-:]|\.\d+/g, '')}-${randomBytes(3).toString('hex')}`;
  const there = await oldHost(options, { lookId, stated, server, told, ranking, signal });
  const old: OldPrimary = {
    ...{ node, host: server.host, answers, lastSeen: told.seen },
    verdict: verdictOn(node, answers ? [cluster] : [cluster, first]),
    sql: answers ? null : (server.errors[0] ?? null),
    ...{ ssh: there.ssh, process: answers ? 'runs' : there.process, log: there.log },
  };
  const { snapshot } = open.watcher.snapshot();
  const reached = new Map(hosts.map((one) => [one, snapshot.hosts[one]?.state === 'answered'] as const));
  const look = failoverLook({
    ...{ id: lookId, takenAt: ports.clock.now(), cluster, old, ranking, log: there.read },
    downSince: answers ? null : (told.seen?.at ?? null),
    fence: { cluster: stated, service: server.service, mayStop: there.mayStop, reached },
  });
  return { look, cluster, told };
}

/**
 * The newest verdict that goes by its silence. It is not asked again while its replicas are: a look at its host alone, in
 * between, is no answer of the server.
 */
function verdictOn(node: string, clusters: readonly ReplicationCluster[]): PrimaryVerdict | null {
  const found = clusters.map(({ members, verdicts }) => ({
    silent: members.some(({ server }) => server.node === node && server.state === 'silent'),
    verdict: verdicts.find((one) => one.node === node) ?? null,
  }));
  return (found.find(({ silent }) => silent) ?? found[0])?.verdict ?? null;
}

/** Where the estate's own ways to fence are run. */
const hostsOfActing = (stated: Cluster | undefined): string[] => {
  const { fence = [], traffic = [] } = stated?.acting ?? {};
  return [...fence.map(({ host }) => host), ...traffic.flatMap(hookHosts)];
};

function lastToldOf({ open, ports }: MakeOptions, { host, service }: ServerReading): Promise<LastTold> {
  const { snapshot } = open.watcher.snapshot();
  return toldLast({
    reading: host === null ? undefined : snapshot.hosts[host],
    ...{ host: host ?? '', service, dataDir: ports.paths.dataDir, estateFile: open.file },
  });
}

interface OldHostInput {
  lookId: string;
  stated: Cluster;
  /** The old primary, as it was when the look began. */
  server: ServerReading;
  told: LastTold;
  ranking: Ranking;
  signal: AbortSignal;
}

async function oldHost(
  { open, ports }: MakeOptions,
  { lookId, stated, server, told, ranking, signal }: OldHostInput,
): Promise<OldHost> {
  const { host, service, node, state } = server;
  if (host === null) return UNPLACED;
  const dialect = server.dialect ?? dialectStated(open.estate, service);
  const [stop = null] = asRoot(serviceControl(stated, service, dialect).stop);
  return readOldHost({
    ...{ sessions: open.sessions, host, signal, stop },
    base: told.logBase ?? DEFAULT_LOG_BASE,
    held: state === 'answers' ? null : (ranking.against?.held ?? null),
    salvage: new SalvageFile(ports.paths.dataDir, lookId, node),
  });
}

const dialectStated = ({ services }: Estate, service: string): 'mysql' | 'mariadb' =>
  services.find(({ id }) => id === service)?.kind === 'mysql' ? 'mysql' : 'mariadb';

/** The estate does not say where it runs. */
const UNPLACED: OldHost = {
  ssh: failure('E_NO_ADDRESS', null).error,
  process: 'unknown',
  log: { state: 'not-asked' },
  read: null,
  mayStop: null,
};
