import type { Estate, Host, Link, Service } from '../estate/schema';
import { kindOf } from '../kinds';
import { isLoopback, matchesNetwork } from '../kinds/net-address';
import { answerOf, type ObservedEdge, type Snapshot } from '../snapshot';
import type { AddressBook } from './address-book';
import { placesOf } from './nodes';

/** One link as the sockets of its ends show it. */
export interface Observation {
  from: string;
  to: string;
  port: number;
  protocol: string;
  firstSeen: number;
  lastSeen: number;
  /** Conversations at the last sample; both ends see the same ones, so this is the larger of the two. */
  count: number;
}

const SSH_PORT = 22;

export const portOf = (service: Service): number | null => service.port ?? kindOf(service.kind)?.port ?? null;

/** Finds the node that serves a port on a host, or that speaks from it. */
export class NodeFinder {
  private readonly estate: Estate;
  private readonly byHost = new Map<string, { id: string; service: Service }[]>();

  constructor(estate: Estate) {
    this.estate = estate;
    for (const service of estate.services) {
      for (const { id, host } of placesOf(service)) {
        if (host === null) continue;
        const list = this.byHost.get(host) ?? [];
        list.push({ id, service });
        this.byHost.set(host, list);
      }
    }
  }

  /** The node that listens on this port of the host. Port 0 (not stated): the only service there is. */
  server(host: string, port: number): { id: string; service: Service } | null {
    const nodes = this.byHost.get(host) ?? [];
    if (port === 0) return nodes.length === 1 ? (nodes[0] ?? null) : null;
    return nodes.find(({ service }) => portOf(service) === port) ?? null;
  }

  /**
   * Which of a host's services opened a connection: the one whose process did, else the one that declares a
   * link to that end, else the only one there is. null: it cannot be told.
   */
  client(host: string, process: string | undefined, target: Service | null): string | null {
    const nodes = this.byHost.get(host) ?? [];
    const byProcess = nodes.find(({ service }) => kindOf(service.kind)?.processes.includes(process ?? ''));
    const declares = nodes.find(({ service }) =>
      this.estate.links.some((link) => connects(link, service.id, target?.id)),
    );
    const only = nodes.length === 1 ? nodes[0] : undefined;
    return (byProcess ?? declares ?? only)?.id ?? null;
  }
}

/** Replication is declared in the direction of the data; the replica opens the connection to its source. */
const connects = (link: Link, client: string, server: string | undefined) =>
  link.purpose === 'replicate'
    ? link.to === client && link.from === server
    : link.from === client && link.to === server;

/**
 * Everything that talked, as links between nodes, actors and bare addresses.
 *
 * Left out, because it is the console looking and not the estate working: loopback and a host's talk with
 * itself (the console's SQL and status requests leave its SSH session on the host they ask), SSH from
 * addresses outside the estate, and SSH from a host through which the console jumps.
 */
export function observationsOf(estate: Estate, snapshot: Snapshot, book: AddressBook): Observation[] {
  const finder = new NodeFinder(estate);
  const ends = new Map<string, { in: Sum; out: Sum; observation: Omit<Observation, keyof Sum> }>();
  for (const host of estate.hosts) {
    for (const edge of answerOf(snapshot.hosts[host.id])?.edges ?? []) {
      const found = place(edge, clientProcessOf(edge, host, snapshot, book), host, estate, book, finder);
      if (!found) continue;
      const key = `${found.from} ${found.to} ${found.port}`;
      const entry = ends.get(key) ?? { in: EMPTY, out: EMPTY, observation: found };
      ends.set(key, { ...entry, [edge.direction]: add(entry[edge.direction], edge) });
    }
  }
  return [...ends.values()].map(({ in: arriving, out: leaving, observation }) => ({
    ...observation,
    firstSeen: Math.min(arriving.firstSeen, leaving.firstSeen),
    lastSeen: Math.max(arriving.lastSeen, leaving.lastSeen),
    count: Math.max(arriving.count, leaving.count),
  }));
}

type Sum = Pick<Observation, 'firstSeen' | 'lastSeen' | 'count'>;
const EMPTY: Sum = { firstSeen: Number.POSITIVE_INFINITY, lastSeen: Number.NEGATIVE_INFINITY, count: 0 };

/** Conversations of one sample add up; those of an older sample are over. */
function add(sum: Sum, edge: ObservedEdge): Sum {
  const newer = edge.lastSeen > sum.lastSeen;
  const same = edge.lastSeen === sum.lastSeen;
  return {
    firstSeen: Math.min(sum.firstSeen, edge.firstSeen),
    lastSeen: Math.max(sum.lastSeen, edge.lastSeen),
    count: newer ? edge.count : same ? sum.count + edge.count : sum.count,
  };
}

/** The process that opened it: seen by the client's own host, which also tells it of what arrives elsewhere. */
function clientProcessOf(
  edge: ObservedEdge,
  host: Host,
  snapshot: Snapshot,
  book: AddressBook,
): string | undefined {
  if (edge.direction === 'out') return edge.process;
  const client = book(edge.peer);
  const edges = client === null ? [] : (answerOf(snapshot.hosts[client])?.edges ?? []);
  return edges.find((one) => one.direction === 'out' && one.port === edge.port && book(one.peer) === host.id)
    ?.process;
}

function place(
  edge: ObservedEdge,
  clientProcess: string | undefined,
  host: Host,
  estate: Estate,
  book: AddressBook,
  finder: NodeFinder,
): Omit<Observation, keyof Sum> | null {
  if (isLoopback(edge.peer) || book(edge.peer) === host.id) return null;
  // what a server that ended left behind: it came in on a port that is no longer told
  if (edge.port === 0) return null;
  const peer = book(edge.peer);
  const [clientHost, serverHost] = edge.direction === 'in' ? [peer, host.id] : [host.id, peer];
  if (isConsoleSsh(edge, estate, clientHost, serverHost)) return null;
  const server = serverHost === null ? null : finder.server(serverHost, edge.port);
  const addressOf = (id: string | null) => {
    const address = estate.hosts.find((one) => one.id === id)?.address ?? edge.peer;
    return address === 'unknown' ? (id ?? edge.peer) : address;
  };
  const client =
    clientHost === null
      ? (actorFor(estate, server?.service ?? null, edge.peer) ?? edge.peer)
      : (finder.client(clientHost, clientProcess, server?.service ?? null) ?? addressOf(clientHost));
  return {
    from: client,
    to: server?.id ?? addressOf(serverHost),
    port: edge.port,
    protocol: server ? protocolOf(server.service) : 'tcp',
  };
}

export const protocolOf = (service: Service): string =>
  service.protocol ?? kindOf(service.kind)?.protocol ?? 'tcp';

function isConsoleSsh(
  edge: ObservedEdge,
  estate: Estate,
  clientHost: string | null,
  serverHost: string | null,
): boolean {
  const server = estate.hosts.find((host) => host.id === serverHost);
  const ssh = edge.port === SSH_PORT || (edge.direction === 'in' && edge.process === 'sshd');
  if (!ssh && edge.port !== server?.ssh?.port) return false;
  return clientHost === null || server?.ssh?.jump === clientHost;
}

/**
 * Connections from outside arrive at an entry service: they are its actor's when the actor's own addresses
 * say so, or when it names none and is the only actor that may be meant.
 */
function actorFor(estate: Estate, server: Service | null, peer: string): string | null {
  const actors = estate.actors.filter((actor) =>
    estate.links.some((link) => link.from === actor.id && link.to === server?.id),
  );
  const named = actors.find((actor) => actor.from?.some((network) => matchesNetwork(peer, network)));
  if (named) return named.id;
  const open = actors.filter((actor) => actor.from === undefined || actor.from.length === 0);
  return open.length === 1 ? (open[0]?.id ?? null) : null;
}
