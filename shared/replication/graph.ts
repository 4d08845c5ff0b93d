import type { DumpThread, Edge, ReplicationCluster, ReplicationMember, ServerReading } from './model';
import { isCalled, replicaName, replicaOf, sourceName, sourceOf } from './resolve';

/**
 * Who follows whom, from both ends: every channel of a server that answers, and every session that pulls a
 * server's log. What only one end tells is shown as told by that end; who is no member stays without a node.
 */
export function edgesOf(servers: readonly ServerReading[]): Edge[] {
  const edges = servers.flatMap((replica) =>
    (replica.channels ?? []).map((channel): Edge => {
      const source = sourceOf(channel, servers);
      return {
        from: source?.node ?? null,
        sourceName: sourceName(channel),
        to: replica.node,
        replicaName: replica.node,
        channel: channel.name,
        toldBy: 'replica',
        receiver: channel.receiver,
        applier: channel.applier,
      };
    }),
  );
  for (const source of servers) {
    for (const dump of source.dumps ?? []) {
      const replica = replicaOf(dump, servers);
      const told = edges.find((edge) => replica && edge.from === source.node && edge.to === replica.node);
      if (told) told.toldBy = 'both';
      if (told || (replica && isLeftOver(dump, replica, servers))) continue;
      edges.push({
        from: source.node,
        sourceName: source.node,
        to: replica?.node ?? null,
        replicaName: replica?.node ?? replicaName(dump),
        channel: '',
        toldBy: 'source',
        receiver: null,
        applier: null,
      });
    }
  }
  return edges;
}

/**
 * Is a session only left over? A source notices that a replica went when it next writes to it, an event or a
 * heartbeat: after a switchover without traffic that takes half a minute, and the two would seem to follow each
 * other. A replica that tells its channels knows better, when it is surely the one that the session is of, and
 * when none of its channels leads to somebody who could be this source under another name.
 */
function isLeftOver(dump: DumpThread, replica: ServerReading, servers: readonly ServerReading[]): boolean {
  if (replica.state !== 'answers' || replica.channels === null) return false;
  const surely =
    (dump.uuid !== null && dump.uuid === replica.identity.uuid) || isCalled(replica, dump.host, null);
  return surely && replica.channels.every((channel) => sourceOf(channel, servers) !== null);
}

/** Nodes that `node` follows, and nodes that follow it; only members that are known. */
export const sourcesOf = (node: string, edges: readonly Edge[]): string[] => [
  ...new Set(edges.flatMap((edge) => (edge.to === node && edge.from !== null ? [edge.from] : []))),
];
export const followersOf = (node: string, edges: readonly Edge[]): string[] => [
  ...new Set(edges.flatMap((edge) => (edge.from === node && edge.to !== null ? [edge.to] : []))),
];

/** Nodes that follow themselves by some way round. */
export function circleOf(nodes: readonly string[], edges: readonly Edge[]): string[] {
  return nodes.filter((node) => reachable(sourcesOf(node, edges), edges).has(node));
}

function reachable(from: readonly string[], edges: readonly Edge[]): Set<string> {
  const seen = new Set(from);
  for (const node of seen) for (const next of sourcesOf(node, edges)) seen.add(next);
  return seen;
}

/** Steps from a node that follows nobody, by the longest way; a circle counts its members once. */
export function tierOf(node: string, edges: readonly Edge[], passed: readonly string[] = []): number {
  const above = sourcesOf(node, edges).filter((source) => !passed.includes(source) && source !== node);
  return above.length === 0
    ? 0
    : 1 + Math.max(...above.map((source) => tierOf(source, edges, [...passed, node])));
}

/** What a server is among the others. Of one that does not tell its channels, nothing is claimed. */
export function roleOf(server: ServerReading, edges: readonly Edge[]): ReplicationMember['role'] {
  if (server.state !== 'answers') return 'unknown';
  if (server.group) return 'group-member';
  if (server.channels === null) return 'unknown';
  const follows = server.channels.length > 0;
  const followed = edges.some((edge) => edge.from === server.node);
  if (follows) return followed ? 'intermediate' : 'replica';
  if (followed) return 'primary';
  return server.dumps === null ? 'unknown' : 'standalone';
}

/** The form of the whole. `unknown` as soon as a member that does not answer could change it. */
export function shapeOf(
  servers: readonly ServerReading[],
  edges: readonly Edge[],
): ReplicationCluster['shape'] {
  const nodes = servers.map((server) => server.node);
  if (servers.some((server) => server.group)) return 'group';
  if (circleOf(nodes, edges).length > 0) return 'circular';
  if (nodes.some((node) => sourcesOf(node, edges).length > 1)) return 'multi-source';
  const untold = servers.some((server) => server.state !== 'answers' || server.channels === null);
  if (nodes.length === 1) return untold ? 'unknown' : edges.length === 0 ? 'alone' : 'star';
  const roots = nodes.filter((node) => sourcesOf(node, edges).length === 0);
  if (roots.length > 1) return untold ? 'unknown' : 'islands';
  const depth = Math.max(...nodes.map((node) => tierOf(node, edges)));
  if (depth <= 1) return 'star';
  return nodes.every((node) => followersOf(node, edges).length <= 1) ? 'chain' : 'tree';
}

/**
 * Where writes belong: members that are followed and follow nobody that is known, a silent one too when its
 * replicas name it; alone, the one there is. In a circle every member of it.
 */
export function primariesOf(servers: readonly ServerReading[], edges: readonly Edge[]): string[] {
  const nodes = servers.map((server) => server.node);
  const circle = circleOf(nodes, edges);
  if (circle.length > 0) return circle;
  const heads = servers.filter((server) => server.group?.primary === true).map((server) => server.node);
  if (heads.length > 0) return heads;
  const roots = nodes.filter((node) => edges.every((edge) => edge.to !== node));
  const followed = roots.filter((node) => edges.some((edge) => edge.from === node));
  return followed.length > 0 || nodes.length > 1 ? followed : roots;
}
