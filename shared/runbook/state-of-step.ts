import type { TimedEvent } from './events';
import type { Leaf } from './order';
import type { RunPlan } from './plan';
import { provesUntouched } from './predict';
import type { StepState } from './state-model';

/** One step as its events leave it. */
export interface StepFold extends StepState {
  /** The newest attempt was announced. One that was refused before anything was sent has an outcome alone. */
  announced: boolean;
  /** The place of its newest intent to act among all intents of the run. */
  turn: number;
  /** It was sent, and nothing proves that it did not happen or that it was taken back. */
  touched: boolean;
  /** A person said that this round is the last. */
  enough: boolean;
}

type Intent = Extract<TimedEvent, { kind: 'intent' }>;
type Outcome = Extract<TimedEvent, { kind: 'outcome' }>;

export const FRESH: StepFold = {
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
  announced: false,
  turn: 0,
  touched: false,
  enough: false,
};

/** A step in which each round is an attempt, and a person says after each how it goes on. */
const asksAfterEach = (step: Leaf): boolean => step.kind === 'repeat' && step.decides === 'person';

/** What cannot have changed anything, so that breaking it off leaves nothing to be found out. */
const onlyReads = (step: Leaf): boolean =>
  step.nature === 'reads' || step.kind === 'gate' || step.kind === 'wait';

export function withIntent(step: Leaf, fold: StepFold, event: Intent, turn: number): StepFold {
  const { phase, attempt, at } = event;
  // Written down twice, or late: what is known of this attempt is already more.
  if (fold.phase === phase && attempt <= fold.attempt) return fold;
  const begun = {
    ...fold,
    attempt,
    phase,
    announced: true,
    startedAt: at,
    endedAt: null,
    durationMs: null,
    error: null,
    evidence: event.evidence ?? {},
    by: null,
    passedOver: false,
  };
  if (phase === 'undo') return { ...begun, state: 'undoing' };
  return {
    ...begun,
    state: step.kind === 'gate' ? 'waiting' : 'running',
    turn,
    touched: !onlyReads(step),
    enough: false,
  };
}

export function withOutcome(plan: RunPlan, step: Leaf, fold: StepFold, event: Outcome): StepFold {
  const { phase, attempt, result, at } = event;
  const late = fold.phase === phase ? attempt < fold.attempt : fold.phase === 'undo';
  const settled = fold.endedAt !== null && fold.attempt === attempt && fold.state !== 'unknown';
  if (late || (settled && result === 'unknown')) return fold;
  const announced = fold.announced && fold.phase === phase && fold.attempt === attempt;
  const startedAt = (announced ? fold.startedAt : null) ?? at - event.durationMs;
  const ended = {
    ...fold,
    attempt,
    phase,
    announced,
    startedAt,
    endedAt: at,
    // Who asks afterwards what has become of it knows nothing of how long it took.
    durationMs: event.by === 'probe' ? Math.max(0, at - startedAt) : event.durationMs,
    error: event.error ?? null,
    evidence: event.evidence ?? {},
    by: event.by,
    passedOver: isPassedOver(step, event),
  };
  if (phase === 'undo') {
    if (result === 'done') return { ...ended, state: 'undone', touched: false };
    return { ...ended, state: result === 'failed' ? 'undo-failed' : 'unknown' };
  }
  if (result === 'done') {
    const state = asksAfterEach(step) && !fold.enough ? 'waiting' : 'done';
    return { ...ended, state, touched: !onlyReads(step) };
  }
  if (result === 'unknown') return { ...ended, state: 'unknown', touched: !onlyReads(step) };
  const untouched = provesUntouched(plan, step.id, ended.evidence);
  return { ...ended, state: 'failed', touched: fold.touched && !untouched };
}

/** Unknown only counts once the servers were asked: until then it may yet be found to be done. */
const isPassedOver = ({ ifItFails }: Leaf, { phase, result, by }: Outcome): boolean =>
  ifItFails === 'go-on' &&
  phase === 'apply' &&
  (result === 'failed' || (result === 'unknown' && by === 'probe'));

/** What a person said about this very step. */
export function withAnswer(
  step: Leaf,
  fold: StepFold,
  decision: 'again' | 'enough' | 'no-go',
  at: number,
): StepFold {
  const roundIsOver = fold.state === 'waiting' && fold.endedAt !== null;
  switch (decision) {
    case 'again':
      return roundIsOver ? { ...fold, state: 'pending' } : fold;
    case 'enough':
      return { ...fold, enough: true, state: roundIsOver ? 'done' : fold.state };
    case 'no-go':
      return step.kind === 'gate' && fold.state === 'waiting'
        ? { ...fold, state: 'failed', endedAt: at }
        : fold;
  }
}

/** Nobody acts any more: what was under way is unknown, unless it could not change anything. */
export function interrupted(step: Leaf, fold: StepFold): StepFold {
  switch (fold.state) {
    case 'undoing':
      return { ...fold, state: 'unknown' };
    case 'running':
      return { ...fold, state: onlyReads(step) ? 'pending' : 'unknown' };
    default:
      return fold;
  }
}

/** The run is over: nobody waits for an answer at a gate any more, and it was not passed. */
export const neverAnswered = (step: Leaf, fold: StepFold): StepFold =>
  step.kind === 'gate' && fold.state === 'waiting' ? { ...FRESH, attempt: fold.attempt } : fold;

/**
 * Somebody said to go on: what failed may be sent again, unless the plan goes on without it, and a gate is asked again.
 * What is unknown stays so until the servers have been asked.
 */
export function resumed(step: Leaf, fold: StepFold): StepFold {
  const left = interrupted(step, fold);
  const askedAnew = left.state === 'waiting' && left.endedAt === null;
  const triedAnew = left.state === 'failed' && !left.passedOver;
  return triedAnew || askedAnew ? { ...left, state: 'pending' } : left;
}
