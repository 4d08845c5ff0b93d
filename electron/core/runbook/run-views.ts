import { sentLinesOf } from '@shared/runbook/sent-lines';
import { runStateOf } from '@shared/runbook/state';
import type { RunView } from '@shared/runbook/state-model';
import { throttledOf } from '@shared/runbook/throttle';
import { waysOf } from '@shared/runbook/ways';
import type { ActiveRun } from './active-run';
import type { FoundRun } from './remote-runs';
import type { StoredRun } from './stored-runs';

/** Tells whoever draws runs how those of this console are. */
export interface RunViews {
  /** Something of a run is different; it is told soon, together with what else is by then. */
  changed(id: string): void;
  /** Tells at once. */
  tell(view: RunView): void;
  /** Returns how to stop. */
  onChange(listener: (view: RunView) => void): () => void;
}

const TELL_MS = 50;

export function createRunViews(runOf: (id: string) => ActiveRun | undefined): RunViews {
  const listeners = new Set<(view: RunView) => void>();
  const telling = new Map<string, NodeJS.Timeout>();

  function tell(view: RunView): void {
    clearTimeout(telling.get(view.state.id));
    telling.delete(view.state.id);
    for (const listener of listeners) listener(view);
  }
  return {
    tell,
    changed(id) {
      if (telling.has(id) || listeners.size === 0) return;
      const timer = setTimeout(() => {
        telling.delete(id);
        const run = runOf(id);
        if (run) tell(viewOf(run));
      }, TELL_MS);
      timer.unref();
      telling.set(id, timer);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** A run that this console has in its hands. */
export function viewOf({ context }: ActiveRun): RunView {
  const { plan, log, sent } = context;
  const state = log.state();
  const who = { here: true, elsewhere: null };
  const ways = waysOf(plan, state, who);
  const progress = Object.fromEntries(context.progress);
  const readings = Object.fromEntries(context.readings);
  const throttles = throttledOf(plan, log.events, context.paces);
  return { plan, state, ...who, ways, sent: sent.lines(), progress, readings, throttles };
}

/** The same when nothing of it acts any more. */
export function lastViewOf(run: ActiveRun): RunView {
  const { plan, log } = run.context;
  const state = runStateOf(plan, log.events, false);
  const who = { here: false, elsewhere: null };
  const throttles = throttledOf(plan, log.events);
  return { ...viewOf(run), state, ...who, ways: waysOf(plan, state, who), readings: {}, throttles };
}

/** A run of this desk's journal that nobody here acts on: what was sent is what the journal says. */
export const storedView = (run: StoredRun): RunView => restingView(run, null);

/** A run as its servers keep it, begun or taken by another desk. What cannot be used has no view. */
export function viewElsewhere({ joined, by }: FoundRun): RunView[] {
  if (!joined.ok) return [];
  const { plan, events } = joined;
  const state = runStateOf(plan, events, false);
  return [restingView({ plan, events, state }, by ?? state.by)];
}

function restingView({ plan, events, state }: StoredRun, elsewhere: string | null): RunView {
  const who = { here: false, elsewhere };
  const ways = waysOf(plan, state, who);
  const throttles = throttledOf(plan, events);
  const sent = sentLinesOf(events);
  return { plan, state, ...who, ways, sent, progress: {}, readings: {}, throttles };
}
