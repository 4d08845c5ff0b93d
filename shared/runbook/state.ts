import type { Phase, TimedEvent } from './events';
import { isLeaf, type Leaf, membersOf } from './order';
import type { RunPlan } from './plan';
import { hasTurned, readySteps, unbroken } from './schedule';
import type { RunState, RunStatus, StepState } from './state-model';
import { groupState } from './state-of-group';
import {
  FRESH,
  interrupted,
  neverAnswered,
  resumed,
  type StepFold,
  withAnswer,
  withIntent,
  withOutcome,
} from './state-of-step';

/**
 * Where a run stands: a fold over its events, and nothing else. Total: events that are doubled, out of order, of
 * another run or of steps that the plan does not have give a state all the same, and never throw.
 *
 * An intent without an outcome is `running` while a console acts. No journal can tell whether one does, so whoever asks
 * says it: with `acts` false such a step is `unknown`, and an open run `stopped`. The decisions to resume and to take
 * over say the same from within, since they are made only where nobody acts.
 */
export function runStateOf(plan: RunPlan, events: readonly TimedEvent[], acts = true): RunState {
  const leaves = new Map(plan.steps.filter(isLeaf).map((leaf) => [leaf.id, leaf]));
  const folds = new Map<string, StepFold>();
  const one = (id: string | undefined, change: (leaf: Leaf, fold: StepFold) => StepFold) => {
    const leaf = leaves.get(id ?? '');
    if (leaf) folds.set(leaf.id, change(leaf, folds.get(leaf.id) ?? FRESH));
  };
  const each = (change: (leaf: Leaf, fold: StepFold) => StepFold) => {
    for (const id of leaves.keys()) one(id, change);
  };

  const head = headOf(plan, events);
  const outputs: Record<string, string> = {};
  let hold = false;
  let back = false;
  let end: Extract<TimedEvent, { kind: 'run-closed' }> | null = null;
  let turn = 0;
  for (const event of events) {
    if (event.run !== head.id || end !== null) continue;
    switch (event.kind) {
      case 'run-opened':
        break;
      case 'intent':
        turn += 1;
        one(event.step, (leaf, fold) => withIntent(leaf, fold, event, turn));
        break;
      case 'outcome':
        Object.assign(outputs, event.outputs);
        one(event.step, (leaf, fold) => withOutcome(plan, leaf, fold, event));
        break;
      case 'run-closed':
        end = event;
        break;
      case 'run-decided':
        switch (event.decision) {
          case 'resume':
            [hold, back] = [false, false];
            each(resumed);
            break;
          case 'take-over':
            each(interrupted);
            break;
          case 'undo':
            [hold, back] = [false, true];
            break;
          case 'hold':
            hold = true;
            break;
          case 'go-on':
            hold = false;
            break;
          case 'again':
          case 'enough':
          case 'no-go': {
            const { decision, at } = event;
            one(event.step, (leaf, fold) => withAnswer(leaf, fold, decision, at));
            break;
          }
          case 'start':
          case 'go':
          case 'hand-over':
          case 'throttle':
            // What comes of these stands in events of its own.
            break;
        }
    }
  }
  if (!acts || end !== null) each(interrupted);
  if (end !== null) each(neverAnswered);

  const touched = [...leaves.values()].flatMap(({ id, nature, undo }) => {
    const fold = folds.get(id);
    return fold?.touched ? [{ id, nature, undo, turn: fold.turn }] : [];
  });
  const pastNoReturn = touched.some(({ nature }) => nature === 'point-of-no-return');
  const stack = touched.filter(({ undo }) => undo !== null).sort((a, b) => b.turn - a.turn);
  const state: RunState = {
    ...head,
    closedAt: end?.at ?? null,
    status: 'running',
    steps: statesOf(plan, folds),
    outputs,
    pastNoReturn,
    undoStack: pastNoReturn ? [] : stack.map(({ id }) => id),
  };
  return { ...state, status: end?.end ?? statusOf(plan, state, { acts, hold, back }) };
}

/** The number of the next attempt at a step in this phase, counted from 1. */
export const nextAttempt = (events: readonly TimedEvent[], step: string, phase: Phase): number =>
  1 +
  Math.max(
    0,
    ...events.map((event) =>
      (event.kind === 'intent' || event.kind === 'outcome') && event.step === step && event.phase === phase
        ? event.attempt
        : 0,
    ),
  );

type Head = Pick<
  RunState,
  'id' | 'procedure' | 'estate' | 'subject' | 'plan' | 'fingerprint' | 'openedAt' | 'by'
>;

/** What the opening says; where that is lost, what the plan and the first event say. */
function headOf(plan: RunPlan, events: readonly TimedEvent[]): Head {
  const opened = events.find((event) => event.kind === 'run-opened');
  const first = opened ?? events[0];
  return {
    id: first?.run ?? '',
    procedure: opened?.procedure ?? plan.procedure,
    estate: opened?.estate ?? plan.estate,
    subject: opened?.subject ?? plan.subject,
    plan: opened?.plan ?? '',
    fingerprint: opened?.fingerprint ?? '',
    openedAt: first?.at ?? plan.madeAt,
    by: first?.who ?? '',
  };
}

function statesOf(plan: RunPlan, folds: ReadonlyMap<string, StepFold>): Record<string, StepState> {
  const shown = (id: string): StepState => {
    const {
      announced: _announced,
      turn: _turn,
      touched: _touched,
      enough: _enough,
      ...state
    } = folds.get(id) ?? FRESH;
    return state;
  };
  return Object.fromEntries(
    plan.steps.map((step) => [
      step.id,
      isLeaf(step) ? shown(step.id) : groupState(membersOf(plan, step.id).map(({ id }) => shown(id))),
    ]),
  );
}

function statusOf(
  plan: RunPlan,
  state: RunState,
  { acts, hold, back }: { acts: boolean; hold: boolean; back: boolean },
): RunStatus {
  const states = plan.steps
    .filter(isLeaf)
    .filter(({ id }) => !state.steps[id]?.passedOver)
    .map(({ id }) => state.steps[id]?.state ?? 'pending');
  const some = (...wanted: StepState['state'][]) => states.some((one) => wanted.includes(one));
  if (!acts) return 'stopped';
  const isStuck = some('unknown', 'undo-failed') && !some('undoing');
  if (back || hasTurned(state)) return isStuck && hasTurned(state) ? 'stopped' : 'undoing';
  if (some('running')) return 'running';
  if (hold && !unbroken(plan, state)) return 'holding';
  if (some('waiting')) return 'waiting';
  const ready = readySteps(plan, state).length > 0;
  return some('failed', 'unknown') && !ready ? 'stopped' : 'running';
}
