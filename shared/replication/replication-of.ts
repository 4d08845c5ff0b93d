import type { Cluster, Estate } from '../estate/schema';
import { kindOf } from '../kinds';
import { factOf, numberOf } from '../kinds/fact-of';
import type { Snapshot } from '../snapshot';
import { say } from '../text/say';
import { healthOf } from '../topology/health';
import { topologyOf } from '../topology/topology-of';
import type { Replication } from '../views/replication';
import type { Finding, TopologyNode } from '../views/topology';
import { candidatesOf } from './candidates';
import { diagnoseReplication } from './diagnose';
import { errantsOf } from './errants';
import { edgesOf, primariesOf, roleOf, shapeOf, sourcesOf, tierOf } from './graph';
import { writableOf } from './group';
import { type History, withLastHeard } from './history';
import { lagOf } from './lag';
import type {
  Edge,
  Lag,
  PrimaryVerdict,
  ReplicationCluster,
  ReplicationMember,
  ServerReading,
} from './model';
import { serverOf } from './read-server';
import { originOf, sourceOf } from './resolve';
import { verdictOf } from './verdict';

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
      const servers = own.map((node) => withLastHeard(readingOf(node, estate, snapshot), history));
      const findingsOf = (node: string | null) =>
        findings.filter(
          ({ code, nodes: touched }) =>
            !ELSEWHERE.has(code) &&
            (node === null
              ? OF_CLUSTER.has(code) && touched.some((one) => ids.has(one))
              : !OF_CLUSTER.has(code) && touched.includes(node)),
        );
      return clusterOf({ cluster, servers, history, estate, snapshot, findingsOf });
    }),
  };
}

interface ClusterInput {
  cluster: Pick<Cluster, 'id' | 'title' | 'members'>;
  servers: readonly ServerReading[];
  history: History;
  estate: Estate;
  snapshot: Snapshot;
  /** Findings of the estate's own rules on a node, or of the cluster as a whole (null). */
  findingsOf(node: string | null): Finding[];
}

function clusterOf(input: ClusterInput): ReplicationCluster {
  const { cluster, servers, history, estate, snapshot, findingsOf } = input;
  const edges = edgesOf(servers);
  const primaries = primariesOf(servers, edges);
  const members = servers.map((server) => memberOf(server, servers, edges, history));
  const verdicts = primaries.flatMap((node) => verdictOn(node, servers, edges, estate, snapshot));
  const view = {
    cluster,
    members,
    servers,
    edges,
    primaries,
    verdicts,
    errants: new Map(servers.map((server) => [server.node, errantsOf(server, servers, edges, history)])),
    history,
    now: snapshot.takenAt,
  };
  const { findings, rules } = diagnoseReplication(view);
  const withFindings = (of: (node: string) => Finding[]) =>
    members.map((member) => ({ ...member, findings: of(member.server.node) }));
  // Each finding stands once, with the first server it touches; a candidate answers for all that touch it.
  const standing = (node: string) => findings.filter((finding) => finding.nodes[0] === node);
  const touching = (node: string) => findings.filter((finding) => finding.nodes.includes(node));
  return {
    id: cluster.id,
    title: say(cluster.title ?? cluster.id, 'en'),
    shape: shapeOf(servers, edges),
    primaries,
    members: withFindings((node) => [...standing(node), ...findingsOf(node)]),
    edges,
    verdicts,
    candidates: candidatesOf({ ...view, members: withFindings(touching) }),
    findings: findingsOf(null),
    rules,
  };
}

/** Servers that replicate with nobody have no verdict: there is nobody else to ask. */
function verdictOn(
  node: string,
  servers: readonly ServerReading[],
  edges: readonly Edge[],
  estate: Estate,
  snapshot: Snapshot,
): PrimaryVerdict[] {
  const server = servers.find((one) => one.node === node);
  const service = estate.services.find((one) => one.id === server?.service);
  if (!server || !service || edges.length === 0) return [];
  const reading = server.host === null ? undefined : snapshot.hosts[server.host];
  const { takenAt, periodMs } = snapshot;
  const blocked = numberOf(
    factOf(reading?.state === 'answered' ? reading.answer : null, null, 'host.blocked'),
  );
  const health = healthOf({ service, host: server.host, reading, takenAt, periodMs });
  const members = new Set(servers.map((one) => one.host));
  const neighbours = neighboursOf(node, estate, snapshot).filter(({ host }) => !members.has(host));
  return [verdictOf({ server, health, servers, edges, neighbours, blocked, now: takenAt })];
}

/** Hosts whose services open connections to this one, and whether their way to it is broken. */
function neighboursOf(node: string, estate: Estate, snapshot: Snapshot) {
  const { nodes, links } = topologyOf(estate, snapshot);
  return links
    .filter((link) => link.to === node && link.protocol === 'mysql')
    .flatMap((link) => {
      const host = nodes.find((one) => one.id === link.from)?.host;
      const reading = host === undefined || host === null ? undefined : snapshot.hosts[host];
      if (host === undefined || host === null || reading?.state !== 'answered') return [];
      return [{ host, broken: link.broken ? true : null, at: reading.answer.at }];
    });
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
): ReplicationMember {
  return {
    server,
    role: roleOf(server, edges),
    writable: writableOf(server),
    lag: worstLag(server, servers, edges, history),
    tier: tierOf(server.node, edges),
    findings: [],
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
  const lags = (replica.channels ?? []).map((channel) => {
    const source = sourceOf(channel, servers);
    return lagOf({ replica, channel, source, origin: originOf(source, servers), history });
  });
  const unknown = lags.find((lag) => lag.seconds === null);
  return unknown ?? lags.sort((a, b) => (b.seconds ?? 0) - (a.seconds ?? 0))[0] ?? null;
}
