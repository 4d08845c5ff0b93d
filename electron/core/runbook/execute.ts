import type { StepResult } from '@shared/runbook/events';
import { isLeaf, type Leaf, orderOf } from '@shared/runbook/order';
import { isSettled, readySteps, unbroken } from '@shared/runbook/schedule';
import type { RunContext } from './context';
import type { Control } from './control';
import { openGate } from './gate';
import { runStep } from './step';
import { undoAll } from './undo';

/** How it came that nothing of a run acts any more. `left`: it was told to leave, and can be resumed. */
export type Ending = 'done' | 'undone' | 'stopped' | 'left';

/**
 * Takes a run from where its events say that it stands to where nothing more can be done: begins each step as soon as
 * all that it needs is settled, side by side where they do not need each other. Rejects only with E_JOURNAL_WRITE.
 */
export async function execute(context: RunContext, control: Control): Promise<Ending> {
  const { plan, log } = context;
  const running = new Map<string, Promise<void>>();
  /** Steps that ended otherwise than done: not tried again before a person says so. */
  const over = new Set<string>();
  let broken: unknown = null;
  let stopping = false;

  async function begin(step: Leaf): Promise<void> {
    try {
      if (step.kind === 'gate') return await openGate(context, step, control.looks);
      const result = await runStep(context, step, control.looks);
      if (result === 'done') return;
      over.add(step.id);
      if (!control.leaving && !control.back) failed(step, result);
    } catch (thrown) {
      // Nothing can be written down any more, or this console is at fault: nothing may be done at all.
      broken ??= thrown;
    } finally {
      running.delete(step.id);
    }
  }

  function failed(step: Leaf, result: StepResult): void {
    if (log.state().pastNoReturn || step.ifItFails === 'go-on') return;
    if (step.ifItFails === 'undo') control.takeBack(`${step.number}: ${result}`);
    else stopping = true;
  }

  for (;;) {
    const state = log.state();
    const isUnbroken = unbroken(plan, state);
    if (state.closedAt !== null && running.size === 0) return 'left';
    if ((control.lost || control.leaving) && !control.back && !state.pastNoReturn) {
      // Nobody is left waiting for a console that goes: what holds writers up is taken back.
      if (control.lost ? state.undoStack.length > 0 : isUnbroken)
        control.takeBack(control.lost?.message ?? 'the console ends');
    }
    const mayBegin = !broken && !control.back && !control.leaving && !control.lost && !stopping;
    if (mayBegin && (!control.held || isUnbroken)) {
      for (const step of waitingSteps(context, over, new Set(running.keys())))
        running.set(step.id, begin(step));
    }
    if (running.size > 0) {
      await Promise.race([...running.values(), control.told()]);
      continue;
    }
    if (broken) throw broken;
    if (control.back) return takeBack(context, control.back.why);
    if (isDone(context)) return 'done';
    if (control.lost)
      await log.commit({
        kind: 'run-decided',
        run: context.id,
        decision: 'hold',
        text: control.lost.message,
      });
    if (control.leaving || control.lost) return 'left';
    const isAsked = Object.values(log.state().steps).some((step) => step.state === 'waiting');
    const isReady = waitingSteps(context, over, new Set()).length > 0;
    if (stopping || !(isAsked || isReady)) return 'stopped';
    await control.told();
  }
}

/**
 * Steps that could begin: those that never did, and those of which nobody knows what became of them. What a step under
 * way has come to so far, "failed" before it is sent once more, lets nobody begin.
 */
function waitingSteps(
  { plan, log }: RunContext,
  over: ReadonlySet<string>,
  running: ReadonlySet<string>,
): Leaf[] {
  const state = log.state();
  const { leaves, needs } = orderOf(plan);
  const needsOf = (id: string) => [...(needs.get(id) ?? [])];
  const inDoubt = leaves.filter(
    ({ id }) =>
      state.steps[id]?.state === 'unknown' &&
      !isSettled(state, id) &&
      needsOf(id).every((need) => isSettled(state, need)),
  );
  return [...inDoubt, ...readySteps(plan, state)]
    .filter(({ id }) => !over.has(id) && !running.has(id))
    .filter(({ id }) => !needsOf(id).some((need) => running.has(need)));
}

function isDone({ plan, log }: RunContext): boolean {
  const state = log.state();
  return plan.steps.filter(isLeaf).every(({ id }) => isSettled(state, id));
}

async function takeBack(context: RunContext, why: string | null): Promise<Ending> {
  const { log, id } = context;
  if (why !== null) await log.commit({ kind: 'run-decided', run: id, decision: 'undo', text: why });
  return (await undoAll(context)) ? 'undone' : 'stopped';
}
