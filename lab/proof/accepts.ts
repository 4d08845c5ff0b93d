import type { Journal, Prober } from './attempts';

/** A write that a server took: at some moment between `sentAt` and `endedAt`. */
interface Accept {
  sentAt: number;
  endedAt: number;
}

/** A time in which one server took the writes of one sort of account, and answered none of them with a refusal. */
export interface Stretch {
  node: string;
  by: Prober;
  /** The first write was sent, the first was certainly done. */
  from: number;
  firstDone: number;
  /** The last write was sent (so it was taken after that), the last answer was there. */
  lastSent: number;
  to: number;
}

/** Two servers that took writes in the same time, proven by writes that certainly came one after the other. */
export interface Overlap {
  nodes: readonly [string, string];
  /** Whose writes prove it, on the one and on the other. */
  by: readonly [Prober, Prober];
  from: number;
  ms: number;
}

interface Event extends Accept {
  node: string;
  by: Prober;
  accepted: boolean;
}

/** When each server took writes, in stretches. Probes and the clients' own acknowledged writes count alike. */
export function stretchesOf({ attempts, probes }: Pick<Journal, 'attempts' | 'probes'>): Stretch[] {
  const acks = attempts.flatMap(({ node, kind, decidedAt, endedAt, result }): Event[] =>
    endedAt === null || decidedAt === null || result !== 'ack'
      ? []
      : [{ node, by: kind === 'privileged' ? kind : 'ordinary', sentAt: decidedAt, endedAt, accepted: true }],
  );
  const all = new Map<string, Event[]>();
  for (const event of [...acks, ...probes]) {
    const key = `${event.by} ${event.node}`;
    const known = all.get(key);
    if (known) known.push(event);
    else all.set(key, [event]);
  }
  return [...all.values()].flatMap(stretchesIn);
}

function stretchesIn(events: readonly Event[]): Stretch[] {
  const refusals = events.filter(({ accepted }) => !accepted).sort((a, b) => a.endedAt - b.endedAt);
  const accepts = events.filter(({ accepted }) => accepted).sort((a, b) => a.sentAt - b.sentAt);
  const stretches: Stretch[] = [];
  let current: Stretch | undefined;
  let next = 0;
  for (const { node, by, sentAt, endedAt } of accepts) {
    // was one certainly refused after the first was done, and before this one was sent?
    let refused = false;
    for (let refusal = refusals[next]; refusal && refusal.endedAt < sentAt; refusal = refusals[++next])
      refused ||= refusal.sentAt > (current?.firstDone ?? Infinity);
    if (!current || refused) {
      current = { node, by, from: sentAt, firstDone: endedAt, lastSent: sentAt, to: endedAt };
      stretches.push(current);
    } else {
      current.firstDone = Math.min(current.firstDone, endedAt);
      current.lastSent = sentAt;
      current.to = Math.max(current.to, endedAt);
    }
  }
  return stretches;
}

/**
 * Every overlap that the order of writes proves: each of the two took a write after the other certainly had. Answers
 * that only arrived late prove nothing: what is sent before and answered after may have been taken before.
 */
export function overlapsOf(stretches: readonly Stretch[]): Overlap[] {
  return stretches.flatMap((one, index) =>
    stretches.slice(index + 1).flatMap((other): Overlap[] => {
      const proven =
        one.node !== other.node && one.firstDone < other.lastSent && other.firstDone < one.lastSent;
      if (!proven) return [];
      const from = Math.max(one.from, other.from);
      return [
        {
          nodes: [one.node, other.node],
          by: [one.by, other.by],
          from,
          ms: Math.min(one.to, other.to) - from,
        },
      ];
    }),
  );
}

/** The longest time without an acknowledged write in a window, in ms: 0 answers make it the window's whole length. */
export function longestGap(acks: readonly Pick<Accept, 'endedAt'>[], from: number, to: number): number {
  const times = acks.map(({ endedAt }) => endedAt).filter((at) => at >= from && at <= to);
  const ends = [from, ...times.sort((a, b) => a - b), to];
  return Math.max(...ends.slice(1).map((at, index) => at - (ends[index] ?? from)));
}
