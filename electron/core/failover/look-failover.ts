import { randomBytes } from 'node:crypto';
import { serviceControl } from '@shared/estate/service-control';
import { failoverLook, oldPrimaryOf } from '@shared/failover/failover-look';
import { DEFAULT_LOG_BASE } from '@shared/failover/log-rights';
import type { FailoverLook, OldPrimary } from '@shared/failover/model';
import { rank } from '@shared/failover/rank';
import type { ReplicationCluster } from '@shared/replication/model';
import { hookHosts } from '@shared/switchover/traffic';
import { failure } from '../net/failure';
import type { OpenEstate } from '../open-estate';
import type { Ports } from '../ports';
import { toldLast } from './last-told';
import { type OldHost, readOldHost } from './old-host';
import { SalvageFile } from './salvage-file';
import { steadyLook } from './steady-look';

export interface LookFailoverOptions {
  open: OpenEstate;
  ports: Ports;
  /** Who follows whom in the open estate, as known now. */
  clusters(): ReplicationCluster[];
}
export interface FailoverRequest {
  cluster: string;
  /** Node for whom the loss is to be told; null: for the one that the ranking chooses. */
  to: string | null;
}

/** As root: what follows `sudo` and its options. null: it is no such command. */
function behindSudo(argv: readonly string[]): readonly string[] | null {
  if (argv[0] !== 'sudo') return null;
  const start = argv.findIndex((word, index) => index > 0 && word !== '-n' && word !== '--');
  return start < 0 ? null : argv.slice(start);
}

/**
 * Everything that a person has to know before an emergency failover, read now: every member once more, the old primary's host
 * and its binary logs by the acting account. Changes nothing anywhere; keeps the transactions that would be lost in the
 * console's own folder. @throws Failure E_NO_CLUSTER, E_NO_OLD_PRIMARY
 */
export async function lookFailover(
  { open, ports, clusters }: LookFailoverOptions,
  { cluster: id, to }: FailoverRequest,
  signal: AbortSignal,
): Promise<FailoverLook> {
  const { estate, watcher, sessions, file } = open;
  const stated = estate.clusters.find((one) => one.id === id);
  const named = () => {
    const found = clusters().find((one) => one.id === id);
    if (found && (to === null || found.members.some(({ server }) => server.node === to))) return found;
    throw failure('E_NO_CLUSTER', null, { name: id, what: to ?? id });
  };
  const { fence = [], traffic = [] } = stated?.acting ?? {};
  const hosts = new Set([
    ...named().members.flatMap(({ server }) => server.host ?? []),
    ...fence.map(({ host }) => host),
    ...traffic.flatMap(hookHosts),
  ]);
  const lookAt = (those: readonly string[]) =>
    Promise.all(those.map((host) => watcher.lookNow(host, signal))).then(() => undefined);
  await lookAt([...hosts]);
  const first = named();
  const node = oldPrimaryOf(first);
  const server = first.members.find((one) => one.server.node === node)?.server;
  if (!stated || !server || node === null || node === to)
    throw failure('E_NO_OLD_PRIMARY', null, { name: id });
  const answers = server.state === 'answers';
  const others = first.members.flatMap((one) => (one.server.node === node ? [] : (one.server.host ?? [])));
  const look = () => lookAt([...new Set(others)].filter((host) => host !== server.host));
  const cluster = answers ? first : await steadyLook({ look, cluster: named, signal });
  const { snapshot } = watcher.snapshot();
  const { host, service } = server;
  const told = await toldLast({
    reading: host === null ? undefined : snapshot.hosts[host],
    ...{ host: host ?? '', service, dataDir: ports.paths.dataDir, estateFile: file },
  });
  const ranking = rank({ cluster, old: node, lastSeen: told.seen, asked: to });
  const lookId = `${new Date(ports.clock.now()).toISOString().replaceAll(/[-:]|\.\d+/g, '')}-${randomBytes(3).toString('hex')}`;
  const kind = estate.services.find((one) => one.id === service)?.kind === 'mysql' ? 'mysql' : 'mariadb';
  const there: OldHost =
    host === null
      ? UNPLACED
      : await readOldHost({
          ...{ sessions, host, signal },
          base: told.logBase ?? DEFAULT_LOG_BASE,
          held: answers ? null : (ranking.against?.held ?? null),
          salvage: new SalvageFile(ports.paths.dataDir, lookId, node),
          stop: behindSudo(serviceControl(stated, service, server.dialect ?? kind).stop),
        });
  const old: OldPrimary = {
    ...{ node, host, answers, lastSeen: told.seen },
    verdict: cluster.verdicts.find((one) => one.node === node) ?? null,
    sql: answers ? null : (server.errors[0] ?? null),
    ...{ ssh: there.ssh, process: answers ? 'runs' : there.process, log: there.log },
  };
  const reached = new Map(
    [...hosts].map((one) => [one, watcher.snapshot().snapshot.hosts[one]?.state === 'answered'] as const),
  );
  return failoverLook({
    ...{ id: lookId, takenAt: ports.clock.now(), cluster, old, ranking, log: there.read },
    downSince: answers ? null : (told.seen?.at ?? null),
    fence: { cluster: stated, service, mayStop: there.mayStop, reached },
  });
}

/** The estate does not say where it runs. */
const UNPLACED: OldHost = {
  ssh: failure('E_NO_ADDRESS', null).error,
  process: 'unknown',
  log: { state: 'not-asked' },
  read: null,
  mayStop: null,
};
