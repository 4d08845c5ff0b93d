import type { Cluster, Estate } from '../estate/schema';
import { kindOf } from '../kinds';
import { factOf, listOf, textOf, truthOf } from '../kinds/fact-of';
import type { HostAnswer, Snapshot } from '../snapshot';
import { say } from '../text/say';
import { topologyOf } from '../topology/topology-of';
import type { Replication, ReplicationMember } from '../views/replication';
import type { Finding, TopologyNode } from '../views/topology';

/** Findings of a cluster as a whole; every other one belongs to the member it names. */
const OF_CLUSTER = new Set(['NO_REPLICA']);
/** Findings that say nothing of replication and are shown elsewhere. */
const ELSEWHERE = new Set(['UNDECLARED_LINK', 'DECLARED_NOT_SEEN', 'NO_BACKUP_SEEN', 'UPDATES_BY_HAND']);

/**
 * Who follows whom, as the servers themselves say it. Only a fresh answer counts: of a server that cannot be
 * asked, role, writability and lag are unknown, whatever it was last.
 */
export function replicationOf(estate: Estate, snapshot: Snapshot): Replication {
  const { nodes, findings } = topologyOf(estate, snapshot);
  return {
    takenAt: snapshot.takenAt,
    clusters: clustersOf(estate).map((cluster) => {
      const services = new Set(cluster.members.map((member) => member.service));
      const members = nodes.filter((node) => services.has(node.service));
      const ids = new Set(members.map((node) => node.id));
      const own = findings.filter(
        (finding) => !ELSEWHERE.has(finding.code) && finding.nodes.some((node) => ids.has(node)),
      );
      return {
        id: cluster.id,
        title: say(cluster.title ?? cluster.id, 'en'),
        members: members.map((node) => memberOf(node, snapshot, own)),
        findings: own.filter((finding) => OF_CLUSTER.has(finding.code)),
      };
    }),
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

function memberOf(node: TopologyNode, snapshot: Snapshot, findings: readonly Finding[]): ReplicationMember {
  const reading = node.host === null ? undefined : snapshot.hosts[node.host];
  const answer = reading?.state === 'answered' && node.health !== 'unknown' ? reading.answer : null;
  // a server that is down or silent left facts behind; they say what was, not what is
  const speaks =
    answer !== null && answer.services[node.service]?.error === undefined && node.health !== 'down';
  const fact = (id: string) => factOf(speaks ? answer : null, node.service, id);
  return {
    node: node.id,
    host: node.host,
    product: node.product,
    version: node.version,
    role: roleOf(speaks ? answer : null, node.service),
    writable: truthOf(fact('mysql.writable')),
    lagSeconds: null,
    serverId: textOf(fact('mysql.serverId')),
    uuid: textOf(fact('mysql.uuid')),
    gtid: textOf(fact('mysql.gtid')),
    findings: findings.filter((one) => !OF_CLUSTER.has(one.code) && one.nodes.includes(node.id)),
  };
}

/** What the server says of itself: it follows somebody, somebody follows it, or neither. */
function roleOf(answer: HostAnswer | null, service: string): ReplicationMember['role'] {
  const sources = listOf(factOf(answer, service, 'mysql.sources'));
  const replicas = listOf(factOf(answer, service, 'mysql.replicas'));
  if (sources === null) return 'unknown';
  if (sources.length > 0) return 'replica';
  if (replicas === null) return 'unknown';
  return replicas.length > 0 ? 'primary' : 'standalone';
}
