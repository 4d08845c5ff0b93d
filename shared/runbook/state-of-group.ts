import type { StepState } from './state-model';

/** What of its members a group shows, the worst first. */
const FIRST: readonly StepState['state'][] = [
  'undo-failed',
  'unknown',
  'failed',
  'undoing',
  'waiting',
  'running',
];

/** The state of a group: done when all its members are. It has no events of its own. */
export function groupState(members: readonly StepState[]): StepState {
  const times = (pick: (member: StepState) => number | null) =>
    members.flatMap((member) => pick(member) ?? []);
  const starts = times(({ startedAt }) => startedAt);
  const startedAt = starts.length > 0 ? Math.min(...starts) : null;
  const counting = members.filter(({ passedOver }) => !passedOver);
  const among = stateAmong(counting.map((member) => member.state));
  // Those that it goes on without count when all others are done: then the group is over, and not as it should be.
  const passedOver = counting.length < members.length && (counting.length === 0 || among === 'done');
  const state = passedOver ? stateAmong(members.map((member) => member.state)) : among;
  const isOver = state === 'done' || state === 'undone' || passedOver;
  const endedAt = isOver ? Math.max(startedAt ?? 0, ...times((member) => member.endedAt)) : null;
  return {
    state,
    phase: members.some(({ phase }) => phase === 'undo') ? 'undo' : startedAt === null ? null : 'apply',
    attempt: Math.max(0, ...members.map(({ attempt }) => attempt)),
    startedAt,
    endedAt,
    durationMs: startedAt === null || endedAt === null ? null : endedAt - startedAt,
    error: members.find((member) => member.state === state)?.error ?? null,
    evidence: {},
    by: null,
    passedOver,
  };
}

function stateAmong(states: readonly StepState['state'][]): StepState['state'] {
  const worst = FIRST.find((state) => states.includes(state));
  if (worst) return worst;
  // Members with nothing to undo stay done while the others are taken back.
  if (states.includes('undone')) return 'undone';
  if (states.length > 0 && states.every((state) => state === 'done')) return 'done';
  return states.includes('done') ? 'running' : 'pending';
}
