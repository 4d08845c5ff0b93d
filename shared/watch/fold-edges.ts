import type { Listener, ObservedEdge } from '../snapshot';

/** One established conversation at one instant, as a probe parsed it. */
export interface Conversation {
  local: string;
  localPort: number;
  peer: string;
  peerPort: number;
  process?: string;
  /** The probe may have counted equal ones on the host already. */
  count?: number;
}

/** Edges not seen for this long are dropped from the live reading; recordings keep them. */
export const EDGE_MEMORY_MS = 24 * 3600_000;
/** A host that talks to more peers than this keeps the newest ones: memory must stay bounded. */
export const MAX_EDGES = 2_000;

const keyOf = (edge: Pick<ObservedEdge, 'direction' | 'peer' | 'port' | 'process'>) =>
  `${edge.direction} ${edge.peer} ${edge.port} ${edge.process ?? ''}`;

/**
 * Folds one sample of conversations into what was seen before. A conversation whose local port listens came
 * in; every other one went out. Ephemeral ports are dropped, so that a reconnect is the same edge.
 */
export function foldEdges(
  before: readonly ObservedEdge[],
  sample: readonly Conversation[],
  listeners: readonly Listener[],
  at: number,
): ObservedEdge[] {
  const listening = new Set(listeners.map((listener) => listener.port));
  const counts = new Map<string, Omit<ObservedEdge, 'firstSeen' | 'lastSeen' | 'samples' | 'of'>>();
  for (const one of sample) {
    // Counted on the host by its own port, whose listener may have ended since: still a conversation that came in.
    const inward = one.peerPort === 0 || listening.has(one.localPort);
    const edge = {
      direction: inward ? ('in' as const) : ('out' as const),
      peer: one.peer,
      port: inward ? one.localPort : one.peerPort,
      ...(one.process === undefined ? {} : { process: one.process }),
    };
    const known = counts.get(keyOf(edge));
    counts.set(keyOf(edge), { ...edge, count: (known?.count ?? 0) + (one.count ?? 1) });
  }
  const folded: ObservedEdge[] = [];
  for (const old of before) {
    const now = counts.get(keyOf(old));
    counts.delete(keyOf(old));
    if (now)
      folded.push({ ...old, count: now.count, lastSeen: at, samples: old.samples + 1, of: old.of + 1 });
    else if (at - old.lastSeen < EDGE_MEMORY_MS) folded.push({ ...old, of: old.of + 1 });
  }
  for (const fresh of counts.values()) {
    folded.push({ ...fresh, firstSeen: at, lastSeen: at, samples: 1, of: 1 });
  }
  return folded.sort((a, b) => b.lastSeen - a.lastSeen).slice(0, MAX_EDGES);
}
