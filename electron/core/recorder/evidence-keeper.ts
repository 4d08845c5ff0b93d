import { createHash } from 'node:crypto';
import type { Frame, Way } from '@shared/recording/frame';
import { answerOf, type Evidence, type HostReading } from '@shared/snapshot';

/** Characters of raw output that are kept of one command. */
const MAX_RAW = 64 * 1024;
/** An output that differs at every look (counters) is kept this often, milliseconds. */
const VOLATILE_MS = 60_000;

interface Kept {
  /** Of the output that was kept. */
  hash: string;
  at: number;
  /** Time of the newest run that was looked at. */
  run: number;
  way: Way;
}

/** Chooses which raw outputs go into the recording: each once per file, and a changing one once a minute. */
export class EvidenceKeeper {
  private readonly evidenceOf: (host: string, id: string) => Evidence | null;
  private readonly kept = new Map<string, Kept>();

  constructor(evidenceOf: (host: string, id: string) => Evidence | null) {
    this.evidenceOf = evidenceOf;
  }

  /** A new file holds nothing yet. */
  forget(): void {
    this.kept.clear();
  }

  /**
   * Frames for what this reading brought; `hashes` are those of the file, and are added to. `all`: something has
   * just happened here, so that no output waits for its minute.
   */
  newOf(host: string, reading: HostReading, t: number, hashes: Set<string>, all = false): Frame[] {
    const frames: Frame[] = [];
    for (const { id, at } of answerOf(reading)?.evidence ?? []) {
      const name = `${host} ${id}`;
      const known = this.kept.get(name);
      if (known && (known.run === at || (!all && t - known.at < VOLATILE_MS))) continue;
      const evidence = this.evidenceOf(host, id);
      if (!evidence || evidence.at !== at) continue;
      const { raw: whole, truncated, via, sent, account, route, durationMs, exit, bytes } = evidence;
      const raw = whole.slice(0, MAX_RAW);
      const hash = createHash('sha256').update(raw).digest('hex').slice(0, 32);
      const way: Way = { via, sent, account, route };
      const isSameWay = JSON.stringify(known?.way) === JSON.stringify(way);
      this.kept.set(name, { hash, at: t, run: at, way });
      if (known?.hash === hash) continue;
      if (!hashes.has(hash))
        frames.push({ k: 'raw', hash, raw, truncated: truncated || whole.length > MAX_RAW });
      hashes.add(hash);
      const run = { at, durationMs, exit, bytes };
      frames.push({ k: 'seen', t, host, id, run, ...(isSameWay ? {} : { way }), hash });
    }
    return frames;
  }
}
