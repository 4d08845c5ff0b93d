import { groupsOf, membersOf } from '@shared/runbook/order';
import type { RunPlan, Step } from '@shared/runbook/plan';
import type { RunState, StepState } from '@shared/runbook/state-model';
import { groupState } from '@shared/runbook/state-of-group';

/** One line of the list of steps. */
export interface StepRow {
  step: Step;
  state: StepState;
  /** How many groups it lies in. */
  depth: number;
  /** Before it runs the line from which nothing can be taken back. */
  noReturn: boolean;
}

const PENDING: StepState = {
  state: 'pending',
  phase: null,
  attempt: 0,
  startedAt: null,
  endedAt: null,
  durationMs: null,
  error: null,
  evidence: {},
  by: null,
  passedOver: false,
};

/** The state of one step; one that the journal does not know has not begun. */
export const stateOf = ({ steps }: RunState, id: string): StepState =>
  (Object.hasOwn(steps, id) ? steps[id] : undefined) ?? PENDING;

/** What a person has to see first of several. */
const WORST: readonly StepState['state'][] = [
  'undo-failed',
  'failed',
  'unknown',
  'undoing',
  'waiting',
  'running',
];

/** Every step in the plan's order, groups with the state of their members. */
export function stepRowsOf(plan: RunPlan, state: RunState): StepRow[] {
  const line = plan.steps.find(({ nature }) => nature === 'point-of-no-return')?.id;
  return plan.steps.map((step) => ({
    step,
    depth: groupsOf(plan, step).length,
    noReturn: step.id === line,
    state:
      step.kind === 'group'
        ? groupState(membersOf(plan, step.id).map(({ id }) => stateOf(state, id)))
        : stateOf(state, step.id),
  }));
}

const isOver = ({ state }: StepState): boolean => state === 'done' || state === 'undone';

/**
 * The step to look at: what failed or is unknown and is not passed over, then what waits for a person or runs, then the next one; the last
 * when all is over. Groups are never it.
 */
export function currentRow(rows: readonly StepRow[]): StepRow | null {
  const own = rows.filter(({ step }) => step.kind !== 'group');
  for (const wanted of WORST) {
    const found = own.find(({ state }) => state.state === wanted && !state.passedOver);
    if (found) return found;
  }
  const done = own.some(({ state }) => isOver(state));
  const next = own.find(({ state }) => state.state === 'pending');
  // Nothing but what was undone and what never began: the last thing that happened.
  if (own.some(({ state }) => state.state === 'undone') && !own.some(({ state }) => state.state === 'done'))
    return own.find(({ state }) => state.state === 'undone') ?? null;
  return next ?? (done ? own.at(-1) : own[0]) ?? null;
}

/** How many steps are done, of all that do something. */
export function countOf(rows: readonly StepRow[]): { done: number; of: number } {
  const own = rows.filter(({ step }) => step.kind !== 'group');
  return { done: own.filter(({ state }) => state.state === 'done').length, of: own.length };
}
