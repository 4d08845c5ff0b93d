import { isLeaf, type Leaf, membersOf, orderOf } from './order';
import type { RunPlan } from './plan';
import type { RunState, StepState } from './state-model';

/** What may begin next. All of it decides from plan and state alone. */

const stateOf = (state: RunState, step: string): StepState['state'] => state.steps[step]?.state ?? 'pending';

/** Does nobody have to wait for it any more? It is done, or the plan goes on without it. */
export const isSettled = (state: RunState, step: string): boolean =>
  stateOf(state, step) === 'done' || state.steps[step]?.passedOver === true;

/** Has taking back begun? From then on there is no way but back: a half of a plan leads nowhere. */
export const hasTurned = (state: RunState): boolean =>
  Object.values(state.steps).some(({ phase }) => phase === 'undo');

/**
 * Steps that may begin now, side by side: not yet begun, and all that they need is settled. Never a group: its state
 * follows from its members.
 */
export function readySteps(plan: RunPlan, state: RunState): Leaf[] {
  if (state.closedAt !== null || hasTurned(state)) return [];
  const { leaves, needs } = orderOf(plan);
  return leaves.filter(
    ({ id }) =>
      stateOf(state, id) === 'pending' && [...(needs.get(id) ?? [])].every((need) => isSettled(state, need)),
  );
}

/** Ids of the steps to take back, in that order: what acted last comes first. None past the point of no return. */
export const undoOrder = (plan: RunPlan, state: RunState): string[] =>
  state.undoStack.filter((id) => plan.steps.some((step) => step.id === id));

/** Is a group that must not be broken off under way? A hold waits until it is over, done or taken back. */
export function unbroken(plan: RunPlan, state: RunState): boolean {
  return plan.steps.some((step) => {
    if (isLeaf(step) || !step.unbroken) return false;
    const ids = membersOf(plan, step.id).map(({ id }) => id);
    const states = ids.map((id) => stateOf(state, id));
    const begun = states.some((one) => one !== 'pending' && one !== 'undone');
    if (!begun || (ids.every((id) => isSettled(state, id)) && !hasTurned(state))) return false;
    return !hasTurned(state) || ids.some((id) => state.undoStack.includes(id));
  });
}
