import type { RunView, Way } from '@shared/runbook/state-model';
import type { LeverRequest } from '@shared/views/lever';
import { stateOf } from './step-rows';

/** Ways that a person goes on main's own surface; to hold and to go on needs none. */
export type LeverAct = Exclude<Way, 'hold' | 'go-on'>;
export const isLeverAct = (way: Way): way is LeverAct => way !== 'hold' && way !== 'go-on';

/** The gate or the repeated step that a decision is about: what waits for a person now. */
export const askingStep = ({ plan, state }: Pick<RunView, 'plan' | 'state'>): string | null =>
  plan.steps.find(({ id, kind }) => kind !== 'group' && stateOf(state, id).state === 'waiting')?.id ?? null;

/** What to ask main for, from the address; null when the address names nothing of the kind. */
export function leverRequest(
  run: string,
  act: string | undefined,
  step: string | undefined,
): LeverRequest | null {
  switch (act) {
    case 'resume':
    case 'undo':
    case 'hand-over':
    case 'take-over':
      return { act, run };
    case 'go':
    case 'no-go':
    case 'again':
    case 'enough':
      return step === undefined ? null : { act, run, step };
    default:
      return null;
  }
}
