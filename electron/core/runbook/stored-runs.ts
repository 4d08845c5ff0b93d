import type { TimedEvent } from '@shared/runbook/events';
import type { RunPlan } from '@shared/runbook/plan';
import { runStateOf } from '@shared/runbook/state';
import type { RunState } from '@shared/runbook/state-model';
import { failure } from '../net/failure';
import { createRunReader } from './read-run';
import { createRunStore, type RunStore } from './run-store';

/** What this desk has written down of the runs of one estate. */
export interface StoredRuns {
  readonly plans: RunStore;
  /** Every run of the estate, the newest first. */
  list(signal: AbortSignal): Promise<RunState[]>;
  /** Rejects with E_NO_RUN. */
  events(id: string, signal: AbortSignal): Promise<readonly TimedEvent[]>;
  /** Where it stands when nobody acts on it. Rejects with E_NO_RUN, E_PLAN_CHANGED. */
  get(id: string, signal: AbortSignal): Promise<StoredRun>;
}
export interface StoredRun {
  plan: RunPlan;
  events: readonly TimedEvent[];
  state: RunState;
}

type Opened = Extract<TimedEvent, { kind: 'run-opened' }>;

export function createStoredRuns(dataDir: string, estate: string, now: () => number): StoredRuns {
  const plans = createRunStore(dataDir);
  const reader = createRunReader(dataDir, now);
  const openedIn = (events: readonly TimedEvent[]): Opened | null => {
    const opened = events.find((event) => event.kind === 'run-opened');
    return opened?.estate === estate ? opened : null;
  };

  async function found(id: string, signal: AbortSignal) {
    const events = (await reader.read(signal)).get(id) ?? [];
    const opened = openedIn(events);
    if (!opened) throw failure('E_NO_RUN', null, { id });
    return { events, opened };
  }

  return {
    plans,
    async list(signal) {
      const states: RunState[] = [];
      for (const [id, events] of await reader.read(signal)) {
        const opened = openedIn(events);
        if (!opened) continue;
        const plan = await plans.load(id, opened.plan).catch(() => null);
        states.push(plan ? runStateOf(plan, events, false) : withoutPlan(opened, events));
      }
      return states.sort((a, b) => b.openedAt - a.openedAt);
    },
    events: async (id, signal) => (await found(id, signal)).events,
    async get(id, signal) {
      const { events, opened } = await found(id, signal);
      const plan = await plans.load(id, opened.plan);
      return { events, plan, state: runStateOf(plan, events, false) };
    },
  };
}

/** A run whose plan is not on this desk any more: that it was, and how it ended. */
function withoutPlan(opened: Opened, events: readonly TimedEvent[]): RunState {
  const { run: id, procedure, estate, subject, plan, fingerprint, at: openedAt, who: by } = opened;
  const closed = events.find((event) => event.kind === 'run-closed');
  return {
    ...{ id, procedure, estate, subject, plan, fingerprint, openedAt, by },
    closedAt: closed?.at ?? null,
    status: closed?.end ?? 'stopped',
    steps: {},
    outputs: {},
    pastNoReturn: false,
    undoStack: [],
  };
}
