import { orderOf } from './order';
import type { RunPlan } from './plan';

/** What every fact must read once these steps are done and no other: fact key → value. */
export function predicted(plan: RunPlan, done: ReadonlySet<string>): Map<string, string> {
  const facts = new Map(plan.facts.map(({ key, value }) => [key, value]));
  for (const step of orderOf(plan).leaves) {
    if (!done.has(step.id)) continue;
    for (const { fact, to } of step.changes) facts.set(fact, to);
  }
  return facts;
}

/** What every fact reads right before a step acts, whatever else runs beside it: what it needs is done. */
export const predictedBefore = (plan: RunPlan, step: string): Map<string, string> =>
  predicted(plan, orderOf(plan).before.get(step) ?? new Set());

/** What every fact reads when all is done. */
export const afterState = (plan: RunPlan): Map<string, string> =>
  predicted(plan, new Set(plan.steps.map(({ id }) => id)));

/**
 * Is every fact that this step changes known to be what it was before it? Then nothing of it has happened, and it may
 * be sent again. A step that changes no fact can never be proved not to have happened.
 */
export function provesUntouched(
  plan: RunPlan,
  step: string,
  evidence: Readonly<Record<string, string>>,
): boolean {
  const changes = plan.steps.find(({ id }) => id === step)?.changes ?? [];
  const before = predictedBefore(plan, step);
  return changes.length > 0 && changes.every(({ fact }) => evidence[fact] === before.get(fact));
}
