import type { HostReading, Snapshot } from '../snapshot';
import { readingOf } from './compact';
import { type Json, patched } from './diff';
import type { Frame, Head } from './frame';

/** One host's reading as it was recorded, and all that was known then. */
export interface Look {
  t: number;
  host: string;
  reading: HostReading;
  snapshot: Snapshot;
}

/**
 * The looks that one file holds from `from` to `to`, oldest first; of each host at most one in `everyMs`. What a host
 * was before the first of them is part of the snapshots. Readings that do not add up are left out.
 */
export function* looksIn(
  frames: readonly Frame[],
  from: number,
  to: number,
  everyMs: number,
): Generator<Look> {
  const kept = new Map<string, Json>();
  const taken = new Map<string, number>();
  /** Read once: most looks change one host. */
  const readings = new Map<string, HostReading | null>();
  const readingNow = (host: string): HostReading | null => {
    if (!readings.has(host)) readings.set(host, readingOf(kept.get(host) ?? null));
    return readings.get(host) ?? null;
  };
  let head: Head | null = null;
  const look = (t: number, host: string): Look | null => {
    if (t < from || t - (taken.get(host) ?? Number.NEGATIVE_INFINITY) < everyMs) return null;
    const reading = readingNow(host);
    if (!head || !reading) return null;
    taken.set(host, t);
    const hosts: Record<string, HostReading> = {};
    for (const name of kept.keys()) {
      const one = readingNow(name);
      if (one) hosts[name] = one;
    }
    const { estate, periodMs } = head;
    return { t, host, reading, snapshot: { estate, takenAt: t, periodMs, hosts } };
  };
  for (const frame of frames) {
    if ('t' in frame && frame.t > to) return;
    if (frame.k === 'head') head = frame;
    if (frame.k === 'key') {
      kept.clear();
      readings.clear();
      for (const [host, value] of Object.entries(frame.hosts)) kept.set(host, value);
    }
    if (frame.k !== 'change') continue;
    kept.set(frame.host, patched(kept.get(frame.host), frame.patch));
    readings.delete(frame.host);
    const found = look(frame.t, frame.host);
    if (found) yield found;
  }
}
