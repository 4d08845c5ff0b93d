import type { Cluster, Estate } from '../estate/schema';
import { kindOf } from '../kinds';
import type { Snapshot } from '../snapshot';
import { say } from '../text/say';
import { topologyOf } from '../topology/topology-of';
import type { Replication } from '../views/replication';
import type { Finding, TopologyNode } from '../views/topology';
import { edgesOf, primariesOf, roleOf, shapeOf, sourcesOf, tierOf } from './graph';
import type { History } from './history';
import { lagOf } from './lag';
import type { Edge, Lag, ReplicationCluster, ReplicationMember, ServerReading } from './model';
import { serverOf } from './read-server';
import { sourceOf } from './resolve';

/** Findings of a cluster as a whole; every other one belongs to the member it names. */
const OF_CLUSTER = new Set(['NO_REPLICA']);
/** Findings that say nothing of replication and are shown elsewhere. */
const ELSEWHERE = new Set(['UNDECLARED_LINK', 'DECLARED_NOT_SEEN', 'NO_BACKUP_SEEN', 'UPDATES_BY_HAND']);

/**
 * Who follows whom, as the servers themselves say it. Only a fresh answer counts: of a server that cannot be
 * asked, role, writability and lag are unknown, whatever it was last. `history` is where servers stood at
 * earlier looks; without it a lag that needs it is unknown.
 */
export function replicationOf(estate: Estate, snapshot: Snapshot, history: History = {}): Replication {
  const { nodes, findings } = topologyOf(estate, snapshot);
  return {
    takenAt: snapshot.takenAt,
    clusters: clustersOf(estate).map((cluster) => {
      const services = new Set(cluster.members.map((member) => member.service));
      const own = nodes.filter((node) => services.has(node.service));
      const ids = new Set(own.map((node) => node.id));
      const servers = own.map((node) => readingOf(node, estate, snapshot));
      return clusterOf(cluster, servers, history, (node) =>
        findings.filter(
          ({ code, nodes: touched }) =>
            !ELSEWHERE.has(code) &&
            (node === null
              ? OF_CLUSTER.has(code) && touched.some((one) => ids.has(one))
              : !OF_CLUSTER.has(code) && touched.includes(node)),
        ),
      );
    }),
  };
}

/** `findingsOf(null)`: those of the cluster as a whole. */
function clusterOf(
  cluster: Pick<Cluster, 'id' | 'title'>,
  servers: readonly ServerReading[],
  history: History,
  findingsOf: (node: string | null) => Finding[],
): ReplicationCluster {
  const edges = edgesOf(servers);
  return {
    id: cluster.id,
    title: say(cluster.title ?? cluster.id, 'en'),
    shape: shapeOf(servers, edges),
    primaries: primariesOf(servers, edges),
    members: servers.map((server) => memberOf(server, servers, edges, history, findingsOf(server.node))),
    edges,
    verdicts: [],
    candidates: [],
    findings: findingsOf(null),
    rules: { checked: 0, unknown: [] },
  };
}

/** Declared clusters, and one for each database that is in none: alone is a state of replication too. */
function clustersOf(estate: Estate): Pick<Cluster, 'id' | 'title' | 'members'>[] {
  const clustered = new Set(estate.clusters.flatMap((cluster) => cluster.members.map((one) => one.service)));
  const alone = estate.services.filter(
    (service) => kindOf(service.kind)?.icon === 'database' && !clustered.has(service.id),
  );
  return [
    ...estate.clusters,
    ...alone.map((service) => ({
      id: service.id,
      ...(service.title === undefined ? {} : { title: service.title }),
      members: [{ service: service.id, role: 'unknown' as const }],
    })),
  ];
}

function readingOf(node: TopologyNode, estate: Estate, snapshot: Snapshot): ServerReading {
  return serverOf({
    node: node.id,
    host: node.host,
    service: node.service,
    address: estate.hosts.find((host) => host.id === node.host)?.address ?? null,
    reading: node.host === null ? undefined : snapshot.hosts[node.host],
    health: node.health,
  });
}

function memberOf(
  server: ServerReading,
  servers: readonly ServerReading[],
  edges: readonly Edge[],
  history: History,
  findings: Finding[],
): ReplicationMember {
  return {
    server,
    role: roleOf(server, edges),
    writable: server.readOnly === null ? null : !server.readOnly,
    lag: worstLag(server, servers, edges, history),
    tier: tierOf(server.node, edges),
    findings,
  };
}

/** A server that follows several sources is as old as the oldest of what it follows. */
function worstLag(
  replica: ServerReading,
  servers: readonly ServerReading[],
  edges: readonly Edge[],
  history: History,
): Lag | null {
  if (sourcesOf(replica.node, edges).length === 0 && (replica.channels ?? []).length === 0) return null;
  const lags = (replica.channels ?? []).map((channel) =>
    lagOf({ replica, channel, source: sourceOf(channel, servers), history }),
  );
  const unknown = lags.find((lag) => lag.seconds === null);
  return unknown ?? lags.sort((a, b) => (b.seconds ?? 0) - (a.seconds ?? 0))[0] ?? null;
}
