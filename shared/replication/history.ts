import type { ServerReading } from './model';

/** Where a server stood when it was read. */
export interface Standing {
  readonly at: number;
  readonly executed: string;
  /** MariaDB's gtid_binlog_state. */
  readonly state?: string;
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
  for (const { node, state, at, gtid } of servers) {
    if (state !== 'answers' || at === null || gtid.executed === null) continue;
    const before = next[node] ?? [];
    if (before.at(-1)?.at === at) continue;
    const kept = before.filter((one) => one.at > at - KEPT_MS && one.at < at);
    const half = kept.length >> 1;
    const thinned = kept.length < KEPT ? kept : kept.filter((_, index) => index >= half || index % 2 === 0);
    const log = gtid.state === null ? {} : { state: gtid.state };
    next[node] = [...thinned, { at, executed: gtid.executed, ...log }];
  }
  return next;
}
