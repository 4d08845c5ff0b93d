import type { JournalEvent, PolledWay, Repeated, Sending } from './entry';

/** Routine sendings are gathered for this long, then written as one record for each host. */
export const FOLD_MS = 60_000;

interface Gathered {
  from: number;
  groups: Map<string, { last: number; repeated: Repeated }>;
}
export interface Timed {
  at: number;
  what: JournalEvent;
}

/**
 * Decides what of the routine is worth a record of its own. The same looks go out every few seconds, each
 * with the same end: they become one record a minute for each host, which still holds the time and duration of
 * every one. A record of its own, at once: the first sending of a text, an end that differs from the one
 * before, whatever failed, and whatever a person wanted.
 */
export class Fold {
  private readonly ends = new Map<string, string>();
  private readonly hosts = new Map<string, Gathered>();

  /** The sending itself when it needs a record of its own, null when it was gathered. `at`: when it was sent. */
  take(at: number, sending: Sending): Timed | null {
    const { host, kind, account, route, name, text, result } = sending;
    if (!sending.background) return { at, what: sending };
    const key = [kind, account, route, name, text].join('\n');
    const end = result.state === 'done' ? `done ${result.status}` : 'failed';
    const before = this.ends.get(`${host}\n${key}`);
    this.ends.set(`${host}\n${key}`, end);
    if (result.state === 'failed' || end !== before) return { at, what: sending };

    const gathered = this.hosts.get(host) ?? { from: at, groups: new Map() };
    this.hosts.set(host, gathered);
    const id = `${key}\n${end}`;
    const group = gathered.groups.get(id) ?? {
      last: gathered.from,
      repeated: { kind, account, route, name, text, status: result.status, sent: [] },
    };
    gathered.groups.set(id, group);
    group.repeated.sent.push([Math.round(at - group.last), Math.round(sending.durationMs)]);
    group.last = at;
    return null;
  }

  /** The hosts whose minute is over at `now`. */
  due(now: number): Timed[] {
    // A clock that was set back ends the minute too: nothing waits for it to come round again.
    return this.give(({ from }) => now - from >= FOLD_MS || now < from);
  }

  /** All that was gathered. */
  all(): Timed[] {
    return this.give(() => true);
  }

  private give(isDue: (gathered: Gathered) => boolean): Timed[] {
    return [...this.hosts].flatMap(([host, gathered]): Timed[] => {
      if (!isDue(gathered)) return [];
      this.hosts.delete(host);
      const ways = byWay([...gathered.groups.values()].map(({ repeated }) => repeated));
      return [{ at: gathered.from, what: { kind: 'polled', host, ways } }];
    });
  }
}

/** Account and route stand once for all that went that way: most of a journal is routine. */
function byWay(all: readonly Repeated[]): PolledWay[] {
  const ways = new Map<string, PolledWay>();
  for (const { kind, account, route, ...text } of all) {
    const key = [kind, account, route].join('\n');
    const way = ways.get(key) ?? { kind, account, route, texts: [] };
    ways.set(key, way);
    way.texts.push(text);
  }
  return [...ways.values()];
}
