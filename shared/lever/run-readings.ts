import { assertNever } from '../errors';
import type { RunPlan } from '../runbook/plan';
import { predicted } from '../runbook/predict';
import type { Reading, RunState } from '../runbook/state-model';
import type { LeverRequest } from '../views/lever';

/**
 * What is read while the lever of a run lies open, as a plan that is only read and never run; null: nothing. At a gate
 * its own readings, after a round what is waited for, else all facts of the run.
 */
export function readingPlan(request: LeverRequest, plan: RunPlan): RunPlan | null {
  switch (request.act) {
    case 'start':
      return plan;
    case 'resume':
    case 'undo':
    case 'hand-over':
    case 'take-over':
      return { ...plan, preconditions: [] };
    case 'go':
    case 'no-go':
    case 'again':
    case 'enough': {
      const step = plan.steps.find(({ id }) => id === request.step);
      const asked =
        step?.kind === 'gate'
          ? [...step.unless, ...step.readings]
          : step?.kind === 'repeat'
            ? [step.until]
            : [];
      return asked.length > 0 ? { ...plan, facts: [], preconditions: asked } : null;
    }
    default:
      return assertNever(request);
  }
}

/** Of a run that is under way a fact must be what its done steps have made of it, not what it was before them. */
export function asPredicted(plan: RunPlan, state: RunState, readings: readonly Reading[]): Reading[] {
  const done = new Set(plan.steps.flatMap(({ id }) => (state.steps[id]?.state === 'done' ? [id] : [])));
  const values = predicted(plan, done);
  return readings.map((reading) => {
    const mustBe = values.get(reading.id);
    if (mustBe === undefined) return reading;
    return { ...reading, mustBe, holds: reading.value === null ? null : reading.value === mustBe };
  });
}
