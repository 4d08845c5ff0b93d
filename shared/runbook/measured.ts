import { isLeaf, type Leaf, membersOf } from './order';
import type { RunPlan, Step } from './plan';
import type { RunState } from './state-model';

/** As many of the newest runs count: servers and what they hold change with time. */
const RUNS = 20;

/**
 * The plan with the times that its steps took in runs of the same procedure on the same subject which were done: likely
 * (p50) and rare (p90), by the id of the step; of a group from its first
 * step to its last. A step that no such run has done keeps what the plan says of it. Changes
 * nothing that the fingerprint names.
 */
export function withMeasured(plan: RunPlan, runs: readonly RunState[]): RunPlan {
  const past = runs
    .filter(
      ({ procedure, subject, status }) =>
        procedure === plan.procedure && subject === plan.subject && status === 'done',
    )
    .sort((a, b) => b.openedAt - a.openedAt)
    .slice(0, RUNS);
  const steps = plan.steps.map((step) => {
    const parts = isLeaf(step) ? [step] : membersOf(plan, step.id);
    if (!parts.every(hasOwnTime)) return step;
    const took = past.flatMap((run) => timeOf(run, step, parts) ?? []).sort((a, b) => a - b);
    const [p50Ms, p90Ms] = [rank(took, 0.5), rank(took, 0.9)];
    if (p50Ms === undefined || p90Ms === undefined) return step;
    return { ...step, estimate: { p50Ms, p90Ms, basis: 'measured' as const } };
  });
  return { ...plan, steps };
}

/** How long a person thinks says nothing about the next time. */
const hasOwnTime = (step: Leaf): boolean =>
  step.kind !== 'gate' && !(step.kind === 'repeat' && step.decides === 'person');

/** Milliseconds; null where it did not go through at once, or nobody saw it end. */
function timeOf({ steps }: RunState, { id }: Step, parts: readonly Leaf[]): number | null {
  const own = steps[id];
  const wasSeen = parts.every((part) => steps[part.id]?.by === 'answer');
  if (own?.state !== 'done' || own.attempt !== 1 || own.durationMs === null || !wasSeen) return null;
  return Math.round(own.durationMs);
}

/** The smallest value that this share of all values does not exceed. */
const rank = (sorted: readonly number[], share: number): number | undefined =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
