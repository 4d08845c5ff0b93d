import { toAppError } from '@shared/errors';
import { type ChainHead, GENESIS } from '@shared/journal/chain';
import type { TimedEvent } from '@shared/runbook/events';
import type { RunPlan } from '@shared/runbook/plan';
import {
  asciiJson,
  missingThere,
  readLines,
  sealEvents,
  takenMeanwhile,
} from '@shared/runbook/remote-record';
import { digest } from '../journal/digest';
import { failure } from '../net/failure';
import type { Clock, Log } from '../ports';
import type { Crew, Hands } from './api';
import { fileName, runThere, subjectFolder } from './remote-shell';
import { openAppender, type RemoteAppender } from './remote-stream';

/** Writes what a run does to the servers that keep it, beside the run and never in its way. */
export interface RemoteKeeper {
  /** In order, soon. Never waits and never fails: see `flush`. The closing event closes the records too. */
  append(event: TimedEvent): void;
  /** Resolves when all is written on every server, or after five seconds when one cannot be reached. Never rejects. */
  flush(): Promise<void>;
  /** Ends the connections' part in it; what is not written yet stays unwritten. */
  close(): void;
}

export interface KeepOptions {
  plan: RunPlan;
  runId: string;
  crew: Crew;
  /** What our journal has of this run: all that the servers lack of it is written first. */
  events: readonly TimedEvent[];
  /** What undoing would do, to be read by a person at the server. */
  undo: string;
  clock: Clock;
  log: Log;
  signal: AbortSignal;
}

const FLUSH_MS = 5_000;
const AGAIN_MS = 1_000;
/** Closed runs that stay on a server. */
const KEPT_RUNS = 20;

/**
 * Leaves plan, undo list and what happened so far on every server of `keptOn`; resolves when all of it is on their
 * disks, so that the first effect may follow. Rejects with Failure: E_RUN_TAKEN (another desk went on with this run),
 * E_REMOTE_RECORD, and what reaching the servers rejects with.
 */
export async function keepRemotely(options: KeepOptions): Promise<RemoteKeeper> {
  const { plan, runId, crew, clock } = options;
  const folder = subjectFolder(plan.subject, digest);
  const words = [folder, fileName(runId)];
  const ended = new AbortController();
  const records = plan.keptOn.map(
    (target) => new ServerRecord(crew.hands(target), words, options, ended.signal),
  );
  await Promise.all(records.map((record) => record.begin())).catch((thrown: unknown) => {
    ended.abort();
    throw thrown;
  });
  return {
    append(event) {
      for (const record of records) record.append(event);
    },
    async flush() {
      const late = clock.sleep(FLUSH_MS, ended.signal);
      await Promise.race([Promise.all(records.map((record) => record.flush())), late]);
    },
    close: () => ended.abort(),
  };
}

const PREPARE = `run="$top/$2"; mkdir -p "$run" && chmod 700 "$run" || exit 73
put() {
  head -c "$2" >"$run/.new" && sync "$run/.new" || return
  if [ -e "$run/$1" ]; then rm -f "$run/.new"; else mv "$run/.new" "$run/$1"; fi
}
put undo.txt "$4" && put plan.json "$3" || exit 73
cat "$run/events.jsonl" 2>/dev/null; :`;

const CLOSE = `: >"$top/$2/closed" && sync "$top/$2/closed" || exit 73
n=0
for run in $(ls -1t "$top"); do
  [ -e "$top/$run/closed" ] || continue
  n=$((n + 1))
  [ "$n" -le "$3" ] || rm -rf -- "$top/$run"
done
:`;

/** The record on one server: a queue that is sent in batches, each acknowledged before the next. */
class ServerRecord {
  readonly #hands: Hands;
  readonly #words: readonly string[];
  readonly #options: KeepOptions;
  readonly #ended: AbortSignal;
  /** Everything that is to stand there, and of it what does not yet. */
  readonly #all: TimedEvent[];
  #waiting: TimedEvent[] = [];
  #head: ChainHead = GENESIS;
  #appender: RemoteAppender | null = null;
  #writing: Promise<void> | null = null;
  /** The run has ended, and the record does not say so yet. */
  #closes = false;

  constructor(hands: Hands, words: readonly string[], options: KeepOptions, ended: AbortSignal) {
    this.#hands = hands;
    this.#words = words;
    this.#options = options;
    this.#ended = ended;
    this.#all = [...options.events];
    this.#closes = this.#all.some(({ kind }) => kind === 'run-closed');
    ended.addEventListener('abort', () => this.#drop(), { once: true });
  }

  /** Plan and undo list once, then what the server does not have yet. */
  async begin(): Promise<void> {
    const signal = AbortSignal.any([this.#options.signal, this.#ended]);
    await this.#compare(signal);
    await this.#send(signal);
    if (this.#closes) await this.#close();
  }

  append(event: TimedEvent): void {
    this.#all.push(event);
    this.#waiting.push(event);
    if (event.kind === 'run-closed') this.#closes = true;
    void this.flush();
  }

  flush(): Promise<void> {
    this.#writing ??= this.#write().finally(() => {
      this.#writing = null;
      // What came between the last look at the queue and now.
      if (this.#waiting.length > 0 && !this.#ended.aborted) void this.flush();
    });
    return this.#writing;
  }

  /** Until nothing waits: a server that cannot be reached is asked again each second. */
  async #write(): Promise<void> {
    const { clock, log } = this.#options;
    while ((this.#waiting.length > 0 || this.#closes) && !this.#ended.aborted) {
      try {
        // After a lost connection only the server knows which lines arrived.
        if (this.#appender === null) await this.#compare(this.#ended);
        await this.#send(this.#ended);
        if (this.#closes) await this.#close();
      } catch (thrown) {
        this.#drop();
        log.warn('run.record', { host: this.#hands.host, error: toAppError(thrown) });
        await clock.sleep(AGAIN_MS, this.#ended);
      }
    }
  }

  /** Looks what stands there, so that what is lacking can follow it. */
  async #compare(signal: AbortSignal): Promise<void> {
    const { plan, undo, runId } = this.#options;
    const [list, whole] = [`${undo.trimEnd()}\n`, `${asciiJson(plan)}\n`];
    const { stdout } = await runThere(
      this.#hands,
      PREPARE,
      [...this.#words, ...[whole, list].map((text) => `${Buffer.byteLength(text)}`)],
      { name: 'record.begin', signal, stdin: list + whole },
    );
    const there = readLines(stdout, digest);
    if (there.broken) throw failure('E_KEPT_RUN', this.#hands.host, { name: runId, what: 'broken' });
    const taken = takenMeanwhile(there.events, this.#all);
    if (taken)
      throw failure('E_RUN_TAKEN', this.#hands.host, {
        name: runId,
        by: taken.by,
        since: new Date(taken.at).toISOString(),
      });
    this.#head = there.head;
    this.#waiting = missingThere(there.events, this.#all);
  }

  async #send(signal: AbortSignal): Promise<void> {
    this.#appender ??= await openAppender(await this.#hands.lease(signal), this.#words, signal);
    while (this.#waiting.length > 0) {
      const batch = [...this.#waiting];
      const { lines, head } = sealEvents(this.#head, batch, digest);
      await this.#appender.append(lines);
      this.#head = head;
      this.#waiting.splice(0, batch.length);
    }
  }

  #drop(): void {
    this.#appender?.close();
    this.#appender = null;
  }

  async #close(): Promise<void> {
    this.#drop();
    const words = [...this.#words, `${KEPT_RUNS}`];
    await runThere(this.#hands, CLOSE, words, { name: 'record.close', signal: this.#ended });
    this.#closes = false;
  }
}
