import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Estate } from '@shared/estate/schema';
import { type Budget, COARSE_MS, DEFAULT_BUDGET, stageOf } from '@shared/recording/budget';
import { compactOf } from '@shared/recording/compact';
import { diff, type Json } from '@shared/recording/diff';
import { FORMAT, type Frame, type Mark, readFrames, type Stage } from '@shared/recording/frame';
import { hostsOf } from '@shared/recording/marks';
import type { Evidence, HostReading, Snapshot } from '@shared/snapshot';
import type { Clock, Log } from '../ports';
import { type FileLock, takeLock } from '../stores/file-lock';
import { EvidenceKeeper } from './evidence-keeper';
import { MarkWatch } from './mark-watch';
import { cutTornLine, listSegments, seal, segmentFile } from './segment-files';
import { SegmentWriter } from './segment-writer';

export interface RecorderOptions {
  dir: string;
  estate: Estate;
  /** The estate file's own text: a recording opens without the file. */
  yaml: string;
  product: string;
  clock: Clock;
  log: Log;
  budget?: Budget;
  snapshot(): { seq: number; snapshot: Snapshot };
  evidenceOf(host: string, id: string): Evidence | null;
  /** Told of every mark at the moment it is made, whether or not it could be written. */
  onMark(mark: Mark): void;
}

const KEY_EVERY_MS = 10 * 60_000;
const SEGMENT_MS = 60 * 60_000;
/** Bytes after which an hour's file is ended early, beyond what its key frames take. */
const SEGMENT_BYTES = 8_000_000;
const FLUSH_EVERY_MS = 1_000;
/** How often a recorder that found another writer tries again. */
const LOCK_AGAIN_MS = 5_000;
const DAY_MS = 86_400_000;

const dayOf = (t: number) => Math.floor(t / DAY_MS);

/**
 * Keeps everything that a watcher tells: changes as they come, a key frame every ten minutes, raw outputs once.
 * One process writes per folder; a second one waits for its turn and only reads meanwhile. What cannot be written
 * never stops the watching: it is logged, and what is missing shows as a gap.
 */
export class Recorder {
  private readonly options: RecorderOptions;
  private readonly budget: Budget;
  private readonly evidence: EvidenceKeeper;
  private readonly marks: MarkWatch;
  private lock: FileLock | null = null;
  private segment: SegmentWriter | null = null;
  /** What the file knows of each host: the next change is told against it. */
  private readonly kept = new Map<string, { at: number; state: string; compact: Json }>();
  private stage: Stage = 'whole';
  private day = { number: 0, bytes: 0 };
  private lastTime = 0;
  private lastKey = 0;
  /** What the last key frame took. */
  private keyBytes = 0;
  private timer: ReturnType<typeof setInterval> | null = null;
  private background: Promise<void> = Promise.resolve();

  constructor(options: RecorderOptions) {
    this.options = options;
    this.budget = options.budget ?? DEFAULT_BUDGET;
    this.evidence = new EvidenceKeeper(options.evidenceOf);
    this.marks = new MarkWatch(
      options.estate,
      options.clock,
      () => options.snapshot().snapshot,
      (mark) => this.mark(mark),
    );
  }

  /** Becomes the folder's writer, or waits for it to be free. Never rejects. */
  async start(): Promise<void> {
    await this.begin().catch((thrown) => this.fail('recording.not-started', thrown));
    let waited = 0;
    this.timer = setInterval(() => {
      waited += FLUSH_EVERY_MS;
      if (this.lock) void this.flush();
      else if (waited % LOCK_AGAIN_MS === 0)
        void this.begin().catch((thrown) => this.fail('recording.not-started', thrown));
    }, FLUSH_EVERY_MS);
    this.timer.unref();
  }

  /** Is this process the one that writes? */
  get writing(): boolean {
    return this.lock !== null;
  }

  /** One host's new reading, as the watcher tells it. */
  note({ seq, host, reading }: { seq: number; host: string; reading: HostReading }): void {
    this.marks.look();
    if (!this.lock) return;
    const t = this.now();
    this.turnPage(t);
    const { segment } = this;
    if (!segment || this.stage === 'nothing') return;
    const before = this.kept.get(host);
    const coarse = this.stage === 'coarse' && before?.state === reading.state;
    if (before && coarse && t - before.at < COARSE_MS) return;
    const compact = compactOf(reading);
    const patch = diff(before?.compact, compact);
    this.kept.set(host, { at: t, state: reading.state, compact });
    if (patch !== null) this.write({ k: 'change', t, seq, host, patch });
    if (this.stage === 'whole')
      for (const frame of this.evidence.newOf(host, reading, t, segment.hashes)) this.write(frame);
  }

  /** Whatever was noted is on disk when this resolves. Never rejects. */
  async flush(): Promise<void> {
    await this.segment?.flush().catch((thrown) => this.fail('recording.not-written', thrown));
  }

  /** Ends the recording in good order and lets another process write. */
  async close(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
    this.marks.stop();
    if (this.segment) this.write({ k: 'end', t: this.now() });
    await this.segment?.close().catch((thrown) => this.fail('recording.not-written', thrown));
    this.segment = null;
    await this.background;
    await this.lock?.release();
    this.lock = null;
  }

  private mark(mark: Mark): void {
    this.options.onMark(mark);
    const { segment } = this;
    if (!this.lock || !segment) return;
    const t = this.now();
    this.write({ k: 'mark', t, mark });
    if (this.stage !== 'whole') return;
    // The outputs that a person will want to see of this moment.
    const { hosts } = this.options.snapshot().snapshot;
    for (const host of hostsOf(mark)) {
      const reading = hosts[host];
      if (reading)
        for (const frame of this.evidence.newOf(host, reading, t, segment.hashes, true)) this.write(frame);
    }
  }

  private write(frame: Frame): void {
    const bytes = this.segment?.add(frame) ?? 0;
    this.day.bytes += bytes;
  }

  /** The console's clock, but never back: what is written stays in order whatever the clock does. */
  private now(): number {
    this.lastTime = Math.max(this.lastTime, this.options.clock.now());
    return this.lastTime;
  }

  private async begin(): Promise<void> {
    const { dir } = this.options;
    const lock = await takeLock(path.join(dir, 'lock'));
    if (!lock) return;
    const files = await listSegments(dir);
    const now = this.options.clock.now();
    const last = files.at(-1);
    const open = last && !last.sealed ? await this.continued(last.file, last.started, now) : null;
    this.day = {
      number: dayOf(now),
      bytes: files.reduce((sum, one) => (dayOf(one.started) === dayOf(now) ? sum + one.bytes : sum), 0),
    };
    this.segment = open;
    this.lastKey = 0;
    this.lock = lock;
    const unsealed = files.filter((one) => !one.sealed && one.file !== open?.file);
    this.later(async () => {
      for (const { file } of unsealed) {
        // Killed before its first line was on disk.
        if ((await cutTornLine(file)) === '') await rm(file, { force: true });
        else await seal(file);
      }
      await this.removeOld(now);
    });
  }

  /** The last file is written on when it is of this hour and of the very same estate file. */
  private async continued(file: string, started: number, now: number): Promise<SegmentWriter | null> {
    const { frames } = readFrames(await cutTornLine(file));
    const [head] = frames;
    const same =
      head?.k === 'head' &&
      head.format === FORMAT &&
      head.yaml === this.options.yaml &&
      head.product === this.options.product;
    if (!same || now - started >= SEGMENT_MS || dayOf(now) !== dayOf(started)) return null;
    this.lastTime = frames.reduce((last, frame) => ('t' in frame ? Math.max(last, frame.t) : last), 0);
    const hashes = frames.flatMap((frame) => (frame.k === 'raw' ? [frame.hash] : []));
    const bytes = (await listSegments(this.options.dir)).find((one) => one.file === file)?.bytes ?? 0;
    return new SegmentWriter(file, started, bytes, hashes);
  }

  /** Begins a new file or writes a key frame when it is time, and says when less is kept than before. */
  private turnPage(t: number): void {
    if (dayOf(t) !== this.day.number) this.day = { number: dayOf(t), bytes: 0 };
    const { segment } = this;
    const over =
      segment &&
      (t - segment.started >= SEGMENT_MS ||
        dayOf(t) !== dayOf(segment.started) ||
        segment.bytes > SEGMENT_BYTES + 4 * this.keyBytes);
    if (over) this.end(segment, t);
    this.segment ??= this.newSegment(t);
    const stage = stageOf(this.day.bytes, this.budget);
    if (stage !== this.stage) {
      this.stage = stage;
      this.write({ k: 'stage', t, stage });
    }
    if (t - this.lastKey >= KEY_EVERY_MS && stage !== 'nothing') this.key(t);
  }

  private key(t: number): void {
    const { seq, snapshot } = this.options.snapshot();
    const hosts = Object.entries(snapshot.hosts).map(([host, reading]) => {
      const compact = compactOf(reading);
      this.kept.set(host, { at: t, state: reading.state, compact });
      return [host, compact] as const;
    });
    const before = this.segment?.bytes ?? 0;
    this.write({ k: 'key', t, seq, hosts: Object.fromEntries(hosts) });
    this.keyBytes = (this.segment?.bytes ?? 0) - before;
    this.lastKey = t;
  }

  private newSegment(t: number): SegmentWriter {
    const { dir, estate, yaml, product, snapshot } = this.options;
    const segment = new SegmentWriter(segmentFile(dir, t), t);
    const { periodMs } = snapshot().snapshot;
    this.segment = segment;
    this.lastKey = 0;
    this.evidence.forget();
    this.write({ k: 'head', t, format: FORMAT, product, estate: estate.estate, yaml, periodMs });
    if (this.stage !== 'whole') this.write({ k: 'stage', t, stage: this.stage });
    return segment;
  }

  private end(segment: SegmentWriter, t: number): void {
    this.write({ k: 'end', t });
    this.segment = null;
    this.later(async () => {
      const saved = await segment.seal();
      if (dayOf(segment.started) === this.day.number) this.day.bytes -= saved;
      await this.removeOld(t);
    });
  }

  private async removeOld(now: number): Promise<void> {
    const oldest = now - this.budget.days * DAY_MS;
    for (const { file, started } of await listSegments(this.options.dir))
      if (started + SEGMENT_MS < oldest) await rm(file, { force: true });
  }

  private later(work: () => Promise<void>): void {
    this.background = this.background.then(work).catch((thrown) => this.fail('recording.not-sealed', thrown));
  }

  private fail(event: string, thrown: unknown): void {
    const name = (thrown as NodeJS.ErrnoException).code ?? 'internal';
    this.options.log.warn(event, { name });
  }
}
