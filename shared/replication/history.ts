import type { Channel, ServerReading } from './model';

/** Where a server stood when it was read. */
export interface Standing {
  readonly at: number;
  readonly executed: string;
  /** MariaDB's gtid_binlog_state. */
  readonly state?: string;
  /** What each channel had heard, by its name: changes whenever anything comes, a heartbeat too. */
  readonly heard?: Readonly<Record<string, string>>;
}
/** Where each server stood at earlier looks, oldest first. The key is the node. */
export type History = Readonly<Record<string, readonly Standing[]>>;

/** Longer than anybody plots; a replica that is further behind is "at least" that far behind. */
export const KEPT_MS = 6 * 3_600_000;
/** Beyond this many a node's older half is thinned to every second: fine where it matters, bounded for ever. */
const KEPT = 4_000;

/** The history with one more look in it. A server that told nothing leaves a gap. */
export function withLook(history: History, servers: readonly ServerReading[]): History {
  const next: Record<string, readonly Standing[]> = { ...history };
  for (const server of servers) {
    const { node, state, at, gtid } = server;
    if (state !== 'answers' || at === null || gtid.executed === null) continue;
    const before = next[node] ?? [];
    if (before.at(-1)?.at === at) continue;
    const kept = before.filter((one) => one.at > at - KEPT_MS && one.at < at);
    const half = kept.length >> 1;
    const thinned = kept.length < KEPT ? kept : kept.filter((_, index) => index >= half || index % 2 === 0);
    const log = gtid.state === null ? {} : { state: gtid.state };
    next[node] = [...thinned, { at, executed: gtid.executed, ...log, ...heardBy(server) }];
  }
  return next;
}

const heardOn = ({ received, heartbeats, read }: Channel): string =>
  `${received} ${heartbeats} ${read?.file} ${read?.position}`;

function heardBy({ channels }: ServerReading): Pick<Standing, 'heard'> {
  if (!channels || channels.length === 0) return {};
  return { heard: Object.fromEntries(channels.map((channel) => [channel.name, heardOn(channel)])) };
}

/**
 * The reading with the time each channel last heard something, where the server itself tells none: the look at
 * which what it had heard last changed. Nothing changed since the first look there was: unknown.
 */
export function withLastHeard(server: ServerReading, history: History): ServerReading {
  if (!server.channels?.some((channel) => channel.lastHeard === null)) return server;
  const past = history[server.node] ?? [];
  const channels = server.channels.map((channel) => {
    if (channel.lastHeard !== null || channel.heartbeats === null) return channel;
    const now = heardOn(channel);
    const changed = past.findLastIndex((one) => one.heard !== undefined && one.heard[channel.name] !== now);
    if (changed < 0) return channel;
    return { ...channel, lastHeard: past[changed + 1]?.at ?? server.at };
  });
  return { ...server, channels };
}
