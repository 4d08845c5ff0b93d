import type { Edge, ReplicationCluster, ReplicationMember } from './model';

/**
 * The cluster as lines of a tree, for the window and for paper alike: a server below the one it follows.
 * What a tree cannot hold (a second source, the way round a circle) stays as an arrow of its own.
 */
export interface TreeRow {
  /** Unique in the tree: the node, or the name under which somebody unknown is spoken of. */
  id: string;
  /** null: spoken of by a member, and no member itself. */
  member: ReplicationMember | null;
  depth: number;
  /** By which it hangs below the row of `parent`; null on the roots. */
  edge: Edge | null;
  parent: string | null;
}
export interface Arrow {
  /** Ids of rows. */
  from: string;
  to: string;
  edge: Edge;
}
export interface ReplicationTree {
  rows: TreeRow[];
  /** Every edge that is not a branch of the tree. */
  arrows: Arrow[];
}

/** Rows of servers that are no members: their names cannot meet those of nodes, which hold no colon. */
const OUTSIDE = 'outside:';
const fromOf = (edge: Edge): string => edge.from ?? `${OUTSIDE}${edge.sourceName}`;
const toOf = (edge: Edge): string => edge.to ?? `${OUTSIDE}${edge.replicaName}`;

/**
 * Roots are primaries (of a circle, the first one), then whoever else follows nobody. A server with several
 * sources hangs below the first one that is drawn. The same cluster always gives the same tree.
 */
export function treeOf({ members, edges, primaries }: ReplicationCluster): ReplicationTree {
  const byNode = new Map(members.map((member) => [member.server.node, member]));
  const ids = [...new Set([...byNode.keys(), ...edges.flatMap((edge) => [fromOf(edge), toOf(edge)])])];
  const rows: TreeRow[] = [];
  const drawn = new Set<string>();
  const branches = new Set<Edge>();
  const draw = (id: string, depth: number, edge: Edge | null, parent: string | null) => {
    drawn.add(id);
    if (edge) branches.add(edge);
    rows.push({ id, member: byNode.get(id) ?? null, depth, edge, parent });
    for (const below of edges)
      if (fromOf(below) === id && !drawn.has(toOf(below))) draw(toOf(below), depth + 1, below, id);
  };
  const isRoot = (id: string) => edges.every((edge) => toOf(edge) !== id);
  for (const id of [...primaries, ...ids.filter(isRoot), ...ids]) if (!drawn.has(id)) draw(id, 0, null, null);
  const arrows = edges
    .filter((edge) => !branches.has(edge))
    .map((edge) => ({ from: fromOf(edge), to: toOf(edge), edge }));
  return { rows, arrows };
}

/** The name of a row for people. */
export const rowName = ({ id }: Pick<TreeRow, 'id'>): string =>
  id.startsWith(OUTSIDE) ? id.slice(OUTSIDE.length) : id;

/**
 * How a link is drawn. `broken`: an end that answers reports an error; `stopped`: somebody turned a thread off;
 * `half-open`: it says it receives, and nothing comes; `unknown`: no end can be seen, never drawn as broken.
 */
export type LinkState = 'flows' | 'half-open' | 'connecting' | 'stopped' | 'broken' | 'unknown';

/** Codes of the replica's findings by which an edge counts as broken or half open. */
const BROKEN = new Set(['RECEIVER_ERROR', 'APPLIER_ERROR', 'BINLOG_PURGED', 'HISTORIES_DIVERGED']);

export function linkStateOf(edge: Edge, replica: ReplicationMember | null): LinkState {
  if (replica?.server.state !== 'answers') return 'unknown';
  const channel = replica.server.channels?.find((one) => one.name === edge.channel);
  if (edge.receiver === null || edge.applier === null || !channel) return 'unknown';
  const many = (replica.server.channels?.length ?? 0) > 1;
  const found = (code: string) => !many && replica.findings.some((finding) => finding.code === code);
  if (channel.receiverError || channel.applierError || [...BROKEN].some(found)) {
    if (edge.receiver !== 'on' || edge.applier !== 'on') return 'broken';
  }
  if (edge.receiver === 'off' || edge.applier === 'off') return 'stopped';
  if (edge.receiver === 'connecting') return 'connecting';
  return found('HALF_OPEN_LINK') ? 'half-open' : 'flows';
}

/**
 * The newest part of a GTID set, for where the whole of it has no room: "…:1-48113902" of a MySQL set,
 * "…,0-1-344" of a MariaDB list. A set of one part that is short stands whole.
 */
export function shortGtid(text: string): string {
  const last = text.split(',').at(-1)?.trim() ?? text;
  if (!last.includes(':')) return text.includes(',') ? `…,${last}` : last;
  return `…:${last.slice(last.lastIndexOf(':') + 1)}`;
}
