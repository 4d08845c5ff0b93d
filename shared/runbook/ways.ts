import type { RunPlan } from './plan';
import { hasTurned } from './schedule';
import type { RunState, Way } from './state-model';

/** `here`: this console acts on the run now. `elsewhere`: who holds the lease, when that is another console. */
export interface WhoActs {
  here: boolean;
  elsewhere: string | null;
}

/** What a person may do with a run now. Nothing is offered that cannot work. */
export function waysOf(plan: RunPlan, state: RunState, who: WhoActs): Way[] {
  if (state.closedAt !== null) return [];
  if (who.here) return whileActing(plan, state);
  if (who.elsewhere !== null) return ['take-over'];
  const onward: Way[] = hasTurned(state) ? [] : ['resume'];
  return [...onward, ...back(state), 'hand-over'];
}

function whileActing(plan: RunPlan, state: RunState): Way[] {
  switch (state.status) {
    case 'running':
      return ['hold'];
    case 'holding':
      return ['go-on', ...(hasTurned(state) ? [] : back(state)), 'hand-over'];
    case 'waiting':
      return [...asked(plan, state), 'hold', ...back(state)];
    case 'undoing':
      return [];
    case 'stopped':
      return [...(hasTurned(state) ? [] : (['resume'] as const)), ...back(state), 'hand-over'];
    case 'done':
    case 'undone':
    case 'left':
      return [];
  }
}

const back = (state: RunState): Way[] => (state.pastNoReturn ? [] : ['undo']);

/** The answers to what is waited for: a gate's, or those at the end of a round. */
function asked(plan: RunPlan, state: RunState): Way[] {
  const waiting = plan.steps.filter(({ id }) => state.steps[id]?.state === 'waiting');
  const gates = waiting.some(({ kind }) => kind === 'gate');
  const rounds = waiting.some(({ kind }) => kind === 'repeat');
  return [...(gates ? (['go', 'no-go'] as const) : []), ...(rounds ? (['again', 'enough'] as const) : [])];
}
