import { clean } from '@shared/clean';
import type { AppError, Failure } from '@shared/errors';
import { isSending, type JournalEvent } from '@shared/journal/entry';
import { Fold, type Timed } from '@shared/journal/fold';
import type { JournalStatus } from '@shared/journal/journal';
import { failure, systemText } from '../net/failure';
import type { Clock, Journal } from '../ports';
import { textId } from './digest';
import { type Lane, openLane, type Sync } from './lane';
import { journalFolder } from './lane-files';

export interface JournalOptions {
  dataDir: string;
  clock: Clock;
  /** user@workstation: who is in front of this console. */
  who: string;
  program: 'window' | 'command-line';
  version: string;
  /** Days that are kept; default 365. */
  keepDays?: number;
  sync?: Sync;
}

/** The journal of this process, and how it is. */
export interface JournalStore extends Journal {
  readonly dataDir: string;
  status(): JournalStatus;
  /** Writes what waits; the minute that is being gathered stays open. Never rejects: see status. */
  flush(): Promise<void>;
  /** Told at most once a second when something was written, or could not be. Returns how to stop. */
  onChange(listener: (status: JournalStatus) => void): () => void;
  /** Writes the last record and gives the lane free. */
  close(): Promise<void>;
}

interface Waiting extends Timed {
  /** Only of a commit. */
  settle?: (error: Failure | null) => void;
}

const KEEP_DAYS = 365;
/** A note is on disk this much later at most. */
const FLUSH_MS = 1_000;
/** After a write that failed, notes wait this long; a commit tries at once. */
const RETRY_MS = 5_000;
/** Notes kept while nothing can be written; more are counted. */
const MAX_WAITING = 10_000;

/** Makes the journal of this process. Touches no file before the first flush. */
export function createJournal(options: JournalOptions): JournalStore {
  const { clock } = options;
  const sync: Sync = options.sync ?? ((handle) => handle.datasync());
  const fold = new Fold();
  const texts = new Map<string, string>();
  const listeners = new Set<(status: JournalStatus) => void>();
  let waiting: Waiting[] = [];
  let lane: Lane | null = null;
  let running: Promise<void> | null = null;
  let written = 0;
  let lost: { records: number; since: number } | null = null;
  let error: AppError | null = null;
  let failedAt = Number.NEGATIVE_INFINITY;
  let changed = false;
  let closed = false;

  const status = (): JournalStatus => ({ written, waiting: waiting.length, lost: lost?.records ?? 0, error });

  /** Texts go by their id from here on. */
  function keepText(text: string): string {
    const safe = clean(text);
    const id = textId(safe);
    texts.set(id, safe);
    return id;
  }
  const withId = (what: JournalEvent): JournalEvent =>
    isSending(what) ? { ...what, text: keepText(what.text) } : what;

  function failureOf(thrown: unknown): Failure {
    const file = journalFolder(options.dataDir);
    return failure('E_JOURNAL_WRITE', null, { file, text: systemText(thrown) });
  }

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        if (!lane) {
          const textOf = (id: string) => texts.get(id) ?? '';
          lane = await openLane(journalFolder(options.dataDir), { who: options.who, sync, textOf });
          await lane.removeOld(options.keepDays ?? KEEP_DAYS, clock.now());
        }
        if (lost) batch.unshift({ at: clock.now(), what: { kind: 'gap', reason: 'not-written', ...lost } });
        written += await lane.append(batch, clock.now());
        lost = null;
        error = null;
        failedAt = Number.NEGATIVE_INFINITY;
        for (const { settle } of batch) settle?.(null);
      } catch (thrown) {
        giveUp(batch, failureOf(thrown));
        return;
      } finally {
        changed = true;
      }
    }
  }

  /** Commits are told; notes go back to the front, the oldest first to be counted instead of kept. */
  function giveUp(batch: Waiting[], why: Failure): void {
    error = why.error;
    failedAt = clock.monotonic();
    for (const { settle } of batch) settle?.(why);
    const notes = [...batch.filter(({ settle, what }) => !settle && !isLoss(what)), ...waiting];
    const tooMany = notes.splice(0, Math.max(0, notes.length - MAX_WAITING));
    const [oldest] = tooMany;
    if (oldest) lost = { records: (lost?.records ?? 0) + tooMany.length, since: lost?.since ?? oldest.at };
    waiting = notes;
  }

  function flush(): Promise<void> {
    running ??= writeAll().finally(() => {
      running = null;
    });
    return running;
  }

  function tick(): void {
    waiting.push(...fold.due(clock.now()));
    if (waiting.length > 0 && clock.monotonic() - failedAt >= RETRY_MS) void flush();
    if (!changed) return;
    changed = false;
    for (const listener of listeners) listener(status());
  }

  const timer = setInterval(tick, FLUSH_MS);
  timer.unref();
  waiting.push({
    at: clock.now(),
    what: {
      kind: 'console-started',
      program: options.program,
      version: options.version,
      pid: process.pid,
    },
  });

  return {
    dataDir: options.dataDir,
    status,
    flush,
    note(what, at = clock.now()) {
      if (closed) return;
      const own = withId(what);
      const timed = isSending(own) ? fold.take(at, own) : { at, what: own };
      if (timed) waiting.push(timed);
    },
    commit(what) {
      if (closed) return Promise.reject(failureOf(new Error('it is closed')));
      return new Promise((resolve, reject) => {
        const settle = (why: Failure | null) => (why ? reject(why) : resolve());
        waiting.push({ at: clock.now(), what: withId(what), settle });
        // One that is being written does not hold this record: another follows it.
        void flush().then(() => (waiting.some((one) => one.settle === settle) ? flush() : undefined));
      });
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      if (closed) return;
      closed = true;
      clearInterval(timer);
      await flush();
      waiting.push(...fold.all(), { at: clock.now(), what: { kind: 'console-stopped' } });
      await flush();
      await lane?.close(error === null);
    },
  };
}

const isLoss = (what: JournalEvent): boolean => what.kind === 'gap' && what.reason === 'not-written';
