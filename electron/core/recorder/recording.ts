import { stat } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { type AppError, Failure } from '@shared/errors';
import { parseEstate } from '@shared/estate/parse';
import type { Estate } from '@shared/estate/schema';
import { FORMAT, type Frame, type Head, readFrames } from '@shared/recording/frame';
import { type Look, looksIn } from '@shared/recording/looks';
import { evidenceAt, play, snapshotAt } from '@shared/recording/play';
import { joined, type PartLine, type TimeLine, timeLineOf } from '@shared/recording/time-line';
import type { Evidence, Snapshot } from '@shared/snapshot';
import { listSegments, readRecordingText } from './segment-files';

/** What was known at one moment. */
export interface Moment {
  at: number;
  estate: Estate;
  seq: number;
  snapshot: Snapshot;
  evidenceOf(host: string, id: string): Evidence | null;
}

/** A recording to be read: the console's own folder, which may still grow, or one file. */
export interface Recording {
  file: string;
  /** What it covers; null when it holds nothing. @throws Failure */
  timeLine(): Promise<TimeLine | null>;
  /** Where reading stopped because the rest is damaged; null when all of it could be read. */
  damage(): AppError | null;
  /** What was known at `t`, or at the recording's begin or end when that is beyond it. @throws Failure */
  at(t: number): Promise<Moment>;
  /** Looks from `from` to `to`, oldest first, of each host at most one in `everyMs`. */
  looks(from: number, to: number, everyMs: number): AsyncIterable<Look>;
}

/** One file's worth: begins with a head. */
interface Part {
  file: string;
  head: Head;
  frames: readonly Frame[];
}

/** Opens a folder of segments, or one exported file. Opens no connection. @throws Failure E_RECORDING_… */
export async function openRecording(name: string): Promise<Recording> {
  const isFolder = await stat(name).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isFolder ? openFolder(name) : new FileRecording(name, await readParts(name));
}

/** The console's own recording of an estate; a folder that is not there yet holds nothing. */
export const openFolder = (dir: string): Recording => new FolderRecording(dir);

async function readParts(file: string): Promise<{ parts: Part[]; damage: AppError | null }> {
  const { frames, stoppedAt } = await readInTurns(await readRecordingText(file));
  const parts: Part[] = [];
  let own: Frame[] = [];
  for (const frame of frames) {
    if (frame.k === 'head') {
      mustKnowFormat(file, frame);
      own = [];
      parts.push({ file, head: frame, frames: own });
    }
    own.push(frame);
  }
  if (parts.length === 0) throw new Failure(notARecording(file));
  const line = stoppedAt === null ? null : String(stoppedAt);
  return { parts, damage: line === null ? null : damaged(file, line) };
}

/** Characters that are read at once: other work of the process waits no longer than that takes. */
const TURN = 32 * 1024;

/** The frames of a text, in turns: an hour of a large estate must not hold up the watching. */
async function readInTurns(text: string): Promise<ReturnType<typeof readFrames>> {
  const frames: Frame[] = [];
  let lines = 0;
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from + TURN) + 1 || text.length;
    const turn = text.slice(from, end);
    const read = readFrames(turn);
    frames.push(...read.frames);
    if (read.stoppedAt !== null) return { frames, stoppedAt: lines + read.stoppedAt };
    lines += read.frames.length;
    from = end;
    await setImmediate();
  }
  return { frames, stoppedAt: null };
}

function mustKnowFormat(file: string, head: Head): void {
  if (head.format === FORMAT) return;
  throw new Failure({
    code: 'E_RECORDING_FORMAT',
    stage: 'store',
    message: `${file} is a recording of format ${head.format}, made by version ${head.product}; this version reads ${FORMAT}.`,
    remedy: 'Open it with the version that made it.',
    retryable: false,
    params: { file, what: head.product },
  });
}

const notARecording = (file: string): AppError => ({
  code: 'E_RECORDING_FILE',
  stage: 'store',
  message: `${file} cannot be read as a recording: it does not begin as one.`,
  remedy: 'Check the name and the rights of the file.',
  retryable: false,
  params: { file, text: 'not a recording' },
});

const damaged = (file: string, line: string): AppError => ({
  code: 'E_RECORDING_DAMAGED',
  stage: 'store',
  message: `${file} is damaged or cut off from line ${line} on; what comes before is shown.`,
  remedy: 'Get an undamaged copy if the rest is needed.',
  retryable: false,
  params: { file, line },
});

const empty = (file: string): AppError => ({
  code: 'E_RECORDING_EMPTY',
  stage: 'store',
  message: `${file} holds no look yet.`,
  remedy: 'Watch the estate first: open it, or patronus record.',
  retryable: true,
  params: { file },
});

/** The moment `t` by this file; nothing is known before its first key frame, nor after the end of the last file. */
function momentIn({ file, head, frames }: Part, t: number, isLast: boolean): Moment {
  const first = frames.find((frame) => frame.k === 'key');
  const end = frames.findLast((frame) => frame.k !== 'raw');
  if (!first || !end) throw new Failure(empty(file));
  const at = Math.max(isLast ? Math.min(t, end.t) : t, first.t);
  const played = play(frames, at);
  const snapshot = snapshotAt(played, at);
  const estate = parseEstate(head.yaml, file);
  if (!snapshot) throw new Failure(damaged(file, '1'));
  if (!estate.ok) throw new Failure(estate.error[0] ?? damaged(file, '1'));
  return {
    at,
    estate: estate.value,
    seq: played.seq,
    snapshot,
    evidenceOf: (host, id) => evidenceAt(played, host, id),
  };
}

const holdsAMoment = (part: Part): boolean => part.frames.some((frame) => frame.k === 'key');

class FileRecording implements Recording {
  readonly file: string;
  private readonly parts: readonly Part[];
  private readonly broken: AppError | null;

  constructor(file: string, { parts, damage }: { parts: Part[]; damage: AppError | null }) {
    this.file = file;
    this.parts = parts.filter(holdsAMoment);
    this.broken = damage;
  }

  async timeLine(): Promise<TimeLine | null> {
    return joined(this.parts.flatMap(({ frames }) => timeLineOf(frames) ?? []));
  }

  damage(): AppError | null {
    return this.broken;
  }

  async at(t: number): Promise<Moment> {
    const part = this.parts.findLast(({ head }) => head.t <= t) ?? this.parts[0];
    if (!part) throw new Failure(empty(this.file));
    return momentIn(part, t, part === this.parts.at(-1));
  }

  async *looks(from: number, to: number, everyMs: number): AsyncGenerator<Look> {
    for (const { frames } of this.parts) yield* inTurns(looksIn(frames, from, to, everyMs));
  }
}

/** Other work of the process comes in between. */
async function* inTurns(looks: Iterable<Look>): AsyncGenerator<Look> {
  for (const look of looks) {
    yield look;
    await setImmediate();
  }
}

/** Files whose frames are kept in memory: moving back and forth mostly stays within one or two. */
const CACHED = 2;

class FolderRecording implements Recording {
  readonly file: string;
  private broken: AppError | null = null;
  private readonly lines = new Map<string, PartLine | null>();
  private readonly cache: { key: string; part: Part | null }[] = [];

  constructor(dir: string) {
    this.file = dir;
  }

  async timeLine(): Promise<TimeLine | null> {
    const lines: PartLine[] = [];
    for (const { file, bytes } of await listSegments(this.file)) {
      const key = `${file} ${bytes}`;
      if (!this.lines.has(key)) {
        const part = await this.load(file, bytes);
        this.lines.set(key, part && timeLineOf(part.frames));
      }
      const line = this.lines.get(key);
      if (line) lines.push(line);
    }
    return joined(lines);
  }

  damage(): AppError | null {
    return this.broken;
  }

  async at(t: number): Promise<Moment> {
    const files = await listSegments(this.file);
    const until = files.filter(({ started }) => started <= t);
    const later = files.slice(until.length);
    // A file that a crash left without a moment is passed over for the one before.
    for (const { file, bytes } of [...until.reverse(), ...later]) {
      const part = await this.load(file, bytes);
      if (part && holdsAMoment(part)) return momentIn(part, t, later.length === 0);
    }
    throw new Failure(empty(this.file));
  }

  async *looks(from: number, to: number, everyMs: number): AsyncGenerator<Look> {
    const files = (await listSegments(this.file)).filter(({ started }) => started <= to);
    const first = files.findLastIndex(({ started }) => started <= from);
    for (const { file, bytes } of files.slice(Math.max(0, first))) {
      const part = await this.load(file, bytes);
      if (part) yield* inTurns(looksIn(part.frames, from, to, everyMs));
    }
  }

  private async load(file: string, bytes: number): Promise<Part | null> {
    const key = `${file} ${bytes}`;
    const known = this.cache.find((one) => one.key === key);
    if (known) return known.part;
    const part = await readParts(file).then(
      ({ parts, damage }) => {
        // The newest file grows while it is read: its last line may be on its way.
        if (damage && file.endsWith('.gz')) this.broken = damage;
        return parts[0] ?? null;
      },
      (thrown: unknown) => {
        if (!(thrown instanceof Failure) || thrown.error.code === 'E_RECORDING_FORMAT') throw thrown;
        if (file.endsWith('.gz')) this.broken = thrown.error;
        return null;
      },
    );
    this.cache.unshift({ key, part });
    this.cache.length = Math.min(this.cache.length, CACHED);
    return part;
  }
}
