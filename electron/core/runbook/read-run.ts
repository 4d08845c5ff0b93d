import type { JournalEntry } from '@shared/journal/entry';
import { RunEvent, type TimedEvent } from '@shared/runbook/events';
import { readJournal } from '../journal/read';

/** What the journal says of runs, by their ids. Reads what came since the last time it was asked. */
export interface RunReader {
  /** Rejects with what reading the journal's files rejects with. */
  read(signal: AbortSignal): Promise<ReadonlyMap<string, readonly TimedEvent[]>>;
}

/** A routine record may stand in the file of the next day; nothing of a run does. A clock that was put back may. */
const OVERLAP_MS = 2 * 86_400_000;

export function createRunReader(dataDir: string, now: () => number): RunReader {
  const runs = new Map<string, Map<string, JournalEntry>>();
  let since: number | null = null;
  return {
    async read(signal) {
      const begun = now();
      const filter = { group: 'runs' as const, ...(since === null ? {} : { since: since - OVERLAP_MS }) };
      for await (const entry of readJournal(dataDir, filter, signal)) {
        const event = RunEvent.safeParse(entry.what);
        if (!event.success) continue;
        const own = runs.get(event.data.run) ?? new Map<string, JournalEntry>();
        own.set(`${entry.lane} ${entry.seq}`, entry);
        runs.set(event.data.run, own);
      }
      since = begun;
      return new Map([...runs].map(([id, entries]) => [id, inOrder([...entries.values()])] as const));
    },
  };
}

/**
 * The order in which it happened: within a lane that of its chain, whatever the clock did; between lanes by time, since
 * one run is never in two hands at once.
 */
export function inOrder(entries: readonly JournalEntry[]): TimedEvent[] {
  const lanes = new Map<string, JournalEntry[]>();
  for (const entry of entries) lanes.set(entry.lane, [...(lanes.get(entry.lane) ?? []), entry]);
  for (const lane of lanes.values()) lane.sort((a, b) => a.seq - b.seq);
  const queues = [...lanes.values()];
  const events: TimedEvent[] = [];
  for (;;) {
    const next = queues
      .filter((queue) => queue.length > 0)
      .sort((a, b) => (a[0]?.at ?? 0) - (b[0]?.at ?? 0))[0]
      ?.shift();
    if (!next) return events;
    const event = RunEvent.safeParse(next.what);
    if (!event.success) continue;
    const { at, who } = event.data.taken ?? next;
    events.push({ ...event.data, at, who });
  }
}
