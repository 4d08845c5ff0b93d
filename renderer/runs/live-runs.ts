import type { RunState, RunView } from '@shared/runbook/state-model';

/** Puts the state of one run into the list of all: in the place of its older state, or first. */
export function withRun(list: readonly RunState[] | undefined, { state }: RunView): RunState[] | undefined {
  if (!list) return undefined;
  return list.some(({ id }) => id === state.id)
    ? list.map((one) => (one.id === state.id ? state : one))
    : [state, ...list];
}
