import { type AppError, toAppError } from '@shared/errors';
import type { RunEvent, TimedEvent } from '@shared/runbook/events';
import type { Judges } from '@shared/runbook/judge';
import type { RunPlan } from '@shared/runbook/plan';
import { sentLinesOf } from '@shared/runbook/sent-lines';
import type { Ports } from '../ports';
import type { RunContext } from './context';
import { Control } from './control';
import type { RunCrew } from './crew';
import type { DeskReadings } from './desk';
import { execute } from './execute';
import { type RunLease, takeLease } from './lease';
import { keepRemotely, type RemoteKeeper } from './remote-record';
import { createRunLog } from './run-log';
import { createSentLog } from './sent-log';
import { throttleAsks } from './throttle-asks';
import { undoList } from './undo-list';

/** A run that this console has in its hands. */
export interface ActiveRun {
  readonly context: RunContext;
  readonly control: Control;
  /** Resolves when nothing of it acts any more and everything it held was given back. Never rejects. */
  readonly ended: Promise<void>;
  /** Why it ended, when that was not by its plan. */
  error(): AppError | null;
}

export interface ActiveRunOptions {
  id: string;
  plan: RunPlan;
  crew: RunCrew;
  judges: Judges;
  desk: DeskReadings;
  before: readonly TimedEvent[];
  who: string;
  ports: Ports;
  dataDir: string;
  /** What a person typed to take the lease of a console that is gone. */
  over?: string;
  signal: AbortSignal;
  /** Once the lease is held, before anything is written. Rejects: nothing is begun. */
  check(context: RunContext): Promise<void>;
  /** What is written down before it goes on. */
  decided: readonly RunEvent[];
  /** All that was done is taken back, instead of going on. */
  back: boolean;
  onChange(): void;
}

/**
 * Takes the lease, writes down what was decided, leaves a copy on the servers, and begins. Resolves when it acts.
 * Rejects with what any of these rejects with: then everything was given back, and nothing was changed.
 */
export async function beginRun(options: ActiveRunOptions): Promise<ActiveRun> {
  const { id, plan, crew, who, ports, signal, onChange } = options;
  const { clock, journal, log: diary } = ports;
  const acts = new AbortController();
  const control = new Control();
  let lease: RunLease | null = null;
  let keeper: RemoteKeeper | null = null;
  const log = createRunLog({
    plan,
    before: options.before,
    who,
    clock,
    journal,
    onEvent(event) {
      keeper?.append(event);
      onChange();
    },
  });
  const context: RunContext = {
    id,
    plan,
    crew,
    judges: options.judges,
    desk: options.desk,
    clock,
    log,
    sent: createSentLog(() => clock.now(), onChange, sentLinesOf(options.before)),
    acts: acts.signal,
    progress: new Map(),
    readings: new Map(),
    paces: new Map(),
    asks: throttleAsks(options.dataDir, id),
  };
  const giveBack = async () => {
    await keeper?.flush();
    keeper?.close();
    await lease?.release();
    acts.abort();
    await crew.close();
  };
  try {
    await crew.open(signal);
    const { dataDir, over } = options;
    lease = await takeLease({
      plan,
      runId: id,
      crew,
      who,
      clock,
      signal,
      dataDir,
      ...(over ? { over } : {}),
    });
    await options.check(context);
    for (const event of options.decided) await log.commit(event);
    const events = [...log.events];
    keeper = await keepRemotely({
      plan,
      runId: id,
      crew,
      events,
      undo: undoList(plan),
      clock,
      log: diary,
      signal,
    });
  } catch (thrown) {
    // What was just opened, and of which nothing was sent, is not left open.
    const wasOpened = options.before.length === 0 && log.events.length > 0;
    if (wasOpened) await log.commit({ kind: 'run-closed', run: id, end: 'left' }).catch(() => {});
    await giveBack();
    throw thrown;
  }
  const held = lease;
  held.lost.addEventListener('abort', () => {
    control.lost = toAppError(held.lost.reason);
    control.tell();
  });
  // The decision stands in the journal already.
  if (options.back) control.takeBack(null);
  let error: AppError | null = null;
  const ended = (async () => {
    try {
      await finish(context, control);
    } catch (thrown) {
      error = toAppError(thrown);
      diary.warn('run.stopped', { name: id, error });
    }
    await giveBack();
  })();
  return { context, control, ended, error: () => error ?? control.lost };
}

/** Goes on until nothing more can be done, and closes the run when that is its end. */
async function finish(context: RunContext, control: Control): Promise<void> {
  const { log, id } = context;
  const ending = await execute(context, control);
  await log.settled();
  if (ending === 'done') await log.commit({ kind: 'run-closed', run: id, end: 'done' });
  if (ending === 'undone') {
    const wasChanged = Object.values(log.state().steps).some((step) => step.state === 'undone');
    await log.commit({ kind: 'run-closed', run: id, end: wasChanged ? 'undone' : 'left' });
  }
}
