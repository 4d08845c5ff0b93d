import { Failure } from '@shared/errors';
import type { RunEvent, TimedEvent } from '@shared/runbook/events';
import type { RunPlan } from '@shared/runbook/plan';
import { runStateOf } from '@shared/runbook/state';
import type { RunState } from '@shared/runbook/state-model';
import type { Clock, Journal } from '../ports';

/** The events of one run: written to the journal first, then believed. */
export interface RunLog {
  readonly events: readonly TimedEvent[];
  /** Where the run stands, by its events. */
  state(): RunState;
  /** Resolves when it is on disk to stay. Rejects with E_JOURNAL_WRITE: then nothing may be sent. */
  commit(event: RunEvent): Promise<void>;
  /**
   * For what was done already: it is written in its order and not waited for, since the next commit waits for it too.
   * What could not be written makes the next `commit` and `settled` reject.
   */
  put(event: RunEvent): void;
  /** Resolves when all is on disk. */
  settled(): Promise<void>;
}

export interface RunLogOptions {
  plan: RunPlan;
  before: readonly TimedEvent[];
  who: string;
  clock: Clock;
  journal: Journal;
  /** Called with each event that is believed. */
  onEvent(event: TimedEvent): void;
}

export function createRunLog({ plan, before, who, clock, journal, onEvent }: RunLogOptions): RunLog {
  const events: TimedEvent[] = [...before];
  let known: RunState | null = null;
  let broken: Failure | null = null;
  let writing: Promise<unknown> = Promise.resolve();

  function believe(event: RunEvent, at: number): void {
    const timed: TimedEvent = { ...event, at, who };
    events.push(timed);
    known = null;
    onEvent(timed);
  }
  const write = async (event: RunEvent): Promise<void> => {
    try {
      await journal.commit(event);
    } catch (thrown) {
      if (thrown instanceof Failure) broken ??= thrown;
      throw thrown;
    }
  };

  return {
    events,
    state() {
      known ??= runStateOf(plan, events);
      return known;
    },
    async commit(event) {
      if (broken) throw broken;
      const at = clock.now();
      await write(event);
      // A record before this one that did not reach the disk: the chain would say what was not so.
      if (broken) throw broken;
      believe(event, at);
    },
    put(event) {
      believe(event, clock.now());
      const own = write(event);
      // It is told to whoever writes next.
      own.catch(() => {});
      writing = Promise.allSettled([writing, own]);
    },
    async settled() {
      await writing;
      if (broken) throw broken;
    },
  };
}
