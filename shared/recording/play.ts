import type { Evidence, EvidenceHead, HostReading, Snapshot } from '../snapshot';
import { readingOf } from './compact';
import { type Json, patched } from './diff';
import type { Frame, Head } from './frame';

/** What a recording knew at one moment: the state after every frame up to it. */
export interface Played {
  /** Of the last frame that was applied. */
  t: number;
  head: Head | null;
  seq: number;
  /** Readings as they are kept; see compact.ts. */
  hosts: ReadonlyMap<string, Json>;
  /** By "host id": what the command gave when its output was last kept. */
  seen: ReadonlyMap<string, { head: EvidenceHead; hash: string }>;
  raw: ReadonlyMap<string, { raw: string; truncated: boolean }>;
}

const NOTHING: Played = { t: 0, head: null, seq: 0, hosts: new Map(), seen: new Map(), raw: new Map() };

/** Plays frames of one file up to and including time `t`. A moment before the first key frame holds no host. */
export function play(frames: readonly Frame[], t: number): Played {
  const until = frames.findIndex((frame) => 't' in frame && frame.t > t);
  const known = until === -1 ? frames : frames.slice(0, until);
  // What the last key frame holds needs no earlier change.
  const lastKey = known.findLastIndex((frame) => frame.k === 'key');
  let hosts = new Map<string, Json>();
  const seen = new Map<string, { head: EvidenceHead; hash: string }>();
  const raw = new Map<string, { raw: string; truncated: boolean }>();
  let played = NOTHING;
  for (const [index, frame] of known.entries()) {
    if ('t' in frame) played = { ...played, t: frame.t };
    switch (frame.k) {
      case 'head':
        played = { ...played, head: frame };
        break;
      case 'key':
        if (index < lastKey) break;
        hosts = new Map(Object.entries(frame.hosts));
        played = { ...played, seq: frame.seq };
        break;
      case 'change':
        if (index < lastKey) break;
        hosts.set(frame.host, patched(hosts.get(frame.host), frame.patch));
        played = { ...played, seq: frame.seq };
        break;
      case 'raw':
        raw.set(frame.hash, { raw: frame.raw, truncated: frame.truncated });
        break;
      case 'seen': {
        const name = `${frame.host} ${frame.id}`;
        const way = frame.way ?? seen.get(name)?.head;
        if (!way) break;
        const { via, sent, account, route } = way;
        const head = { id: frame.id, via, sent, account, route, ...frame.run };
        seen.set(name, { head, hash: frame.hash });
        break;
      }
      case 'mark':
      case 'stage':
      case 'end':
        break;
    }
  }
  return { ...played, hosts, seen, raw };
}

/** The snapshot as it was known at `t`; null when what was kept does not add up to one. */
export function snapshotAt(played: Played, t: number): Snapshot | null {
  if (!played.head) return null;
  const hosts: [string, HostReading][] = [];
  for (const [host, kept] of played.hosts) {
    const reading = readingOf(kept);
    if (!reading) return null;
    hosts.push([host, reading]);
  }
  const { estate, periodMs } = played.head;
  return { estate, takenAt: t, periodMs, hosts: Object.fromEntries(hosts) };
}

/** The newest raw output that was kept of a command by then; its own `at` says how old it is. */
export function evidenceAt(played: Played, host: string, id: string): Evidence | null {
  const seen = played.seen.get(`${host} ${id}`);
  const kept = seen && played.raw.get(seen.hash);
  return seen && kept ? { ...seen.head, ...kept } : null;
}
