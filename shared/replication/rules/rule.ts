import type { Cluster } from '../../estate/schema';
import type { FindingCode } from '../../text/finding-text';
import type { Finding, Severity } from '../../views/topology';
import type { Errant } from '../errants';
import type { History } from '../history';
import type { Channel, Edge, PrimaryVerdict, ReplicationMember, ServerReading } from '../model';
import { sourceOf } from '../resolve';

/** Everything a finding about replication is decided from. Pure: the same view, the same findings. */
export interface ReplicationView {
  /** As the estate declares it; its members' roles are what somebody meant, not what is. */
  cluster: Pick<Cluster, 'id' | 'members'>;
  members: readonly ReplicationMember[];
  servers: readonly ServerReading[];
  edges: readonly Edge[];
  primaries: readonly string[];
  verdicts: readonly PrimaryVerdict[];
  /** By node; null where it could not be known. */
  errants: ReadonlyMap<string, readonly Errant[] | null>;
  history: History;
  now: number;
}

export interface ReplicationHit {
  nodes: readonly string[];
  params: Readonly<Record<string, string>>;
  evidence: Finding['evidence'];
  severity?: Severity;
}

/**
 * A row of the table. `when` gives its cases, and UNKNOWN where a value it needs was not read: what could not be
 * checked is counted and named, never passed over as fine. `masks`: findings that only follow from this one.
 */
export interface ReplicationRule {
  code: FindingCode;
  severity: Severity;
  /** The trap, fault or analysis it comes from. */
  from: string;
  masks: readonly FindingCode[];
  when(view: ReplicationView): readonly Case[];
}

/** Somewhere a value was missing. */
export const UNKNOWN = 'unknown';
export type Case = ReplicationHit | typeof UNKNOWN;

/** Evidence of a server by the tables that showed it; only what was really read. */
export function shows(server: ServerReading, ...tables: readonly string[]): Finding['evidence'] {
  const { host } = server;
  if (host === null) return [];
  const ids = new Set(tables.flatMap((table) => server.evidence[table] ?? []));
  return [...ids].map((id) => ({ host, id }));
}

export const hit = (
  server: ServerReading,
  params: ReplicationHit['params'],
  ...tables: readonly string[]
): ReplicationHit => ({
  nodes: [server.node],
  params: { service: server.node, host: server.host ?? '?', ...params },
  evidence: shows(server, ...tables),
});

/** Servers that speak now and are in no group that orders its writes itself. */
export const speaking = (view: ReplicationView): ServerReading[] =>
  view.servers.filter((server) => server.state === 'answers' && server.group === null);

/** Servers that follow somebody, each channel with the member it follows. */
export function following(
  view: ReplicationView,
): { server: ServerReading; channel: Channel; source: ServerReading | null }[] {
  return speaking(view).flatMap((server) =>
    (server.channels ?? []).map((channel) => ({ server, channel, source: sourceOf(channel, view.servers) })),
  );
}

/** Of a server that does not tell its channels, no rule about channels or replicas could be checked. */
export const untold = (view: ReplicationView): Case[] =>
  speaking(view).flatMap((server) => (server.channels === null ? [UNKNOWN] : []));

/** Servers that speak and follow somebody. */
export const replicasIn = (view: ReplicationView): ServerReading[] =>
  speaking(view).filter((server) => (server.channels ?? []).length > 0);

/** Servers that speak and are followed, or follow nobody: whom commits are sent to. */
export const headsIn = (view: ReplicationView): ServerReading[] =>
  speaking(view).filter(
    (server) => server.channels?.length === 0 || view.edges.some((edge) => edge.from === server.node),
  );

/** What a source is called on the screen: its node, else what its replica calls it. */
export const nameOf = (channel: Channel, source: ServerReading | null): string =>
  source?.node ?? `${channel.source.host ?? '?'}:${channel.source.port ?? '?'}`;

/** One check a server: true is a hit, null is unknown. */
export function each<T>(
  all: readonly T[],
  check: (one: T) => boolean | null,
  make: (one: T) => ReplicationHit,
): Case[] {
  return all.flatMap<Case>((one) => {
    const found = check(one);
    return found === null ? [UNKNOWN] : found ? [make(one)] : [];
  });
}

export type Followed = ReturnType<typeof following>[number];
/** The cases of every channel, and UNKNOWN for each server that does not tell its channels. */
export const everyChannel = (view: ReplicationView, of: (one: Followed) => readonly Case[]): Case[] => [
  ...untold(view),
  ...following(view).flatMap(of),
];
/** One check a channel: true is a hit, null is unknown. */
export const eachChannel = (
  view: ReplicationView,
  check: (one: Followed) => boolean | null,
  make: (one: Followed) => ReplicationHit,
): Case[] => [...untold(view), ...each(following(view), check, make)];
