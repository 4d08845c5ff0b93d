import { membersOf, orderOf } from '@shared/runbook/order';
import type { RunPlan } from '@shared/runbook/plan';

/** When a step is likely to run, milliseconds since the run began. */
export interface PlannedTime {
  id: string;
  start: number;
  /** Likely end, and the end that nine of ten runs keep. */
  end: number;
  rareEnd: number;
  /** Nobody ever measured or assumed how long it takes: it is drawn as no time at all. */
  known: boolean;
}

/** Steps over time by their estimates: each begins when the last of what it needs is likely to end. No groups. */
export function plannedTimes(plan: RunPlan): PlannedTime[] {
  const { leaves, needs } = orderOf(plan);
  const made = new Map<string, PlannedTime>();
  for (const { id, estimate } of leaves) {
    const before = [...(needs.get(id) ?? [])].flatMap((need) => made.get(need) ?? []);
    const start = Math.max(0, ...before.map(({ end }) => end));
    const rareStart = Math.max(0, ...before.map(({ rareEnd }) => rareEnd));
    made.set(id, {
      id,
      start,
      end: start + (estimate?.p50Ms ?? 0),
      rareEnd: rareStart + (estimate?.p90Ms ?? 0),
      known: estimate !== null,
    });
  }
  return [...made.values()];
}

type Basis = 'measured' | 'rehearsed' | 'assumed';
const WORST_FIRST: readonly Basis[] = ['assumed', 'rehearsed', 'measured'];

/** How long nobody can write, by the estimates of the steps of unbroken groups. */
export interface BlockedTime {
  p50Ms: number;
  p90Ms: number;
  /** The weakest of the sources. */
  basis: Basis;
  /** Steps without an estimate, which are not in the sum. */
  missing: number;
}

/**
 * A group that was timed as a whole counts as that: between its steps there is time too. Null when no step of an
 * unbroken group has an estimate, or there is no such group.
 */
export function blockedTime(plan: RunPlan): BlockedTime | null {
  const groups = plan.steps.filter((step) => step.kind === 'group' && step.unbroken);
  const [whole, ...others] = groups.flatMap(({ estimate }) => estimate ?? []);
  if (whole && others.length === 0 && groups.length === 1) return { ...whole, missing: 0 };
  const ids = new Set(groups.flatMap(({ id }) => membersOf(plan, id)).map(({ id }) => id));
  // What they need outside is over by then.
  const within = plan.steps
    .filter(({ id }) => ids.has(id))
    .map((step) => ({ ...step, needs: step.needs.filter((need) => ids.has(need)) }));
  const bases = new Set(within.flatMap(({ estimate }) => estimate?.basis ?? []));
  const basis = WORST_FIRST.find((one) => bases.has(one));
  if (!basis) return null;
  const times = plannedTimes({ ...plan, steps: within });
  return {
    p50Ms: Math.max(...times.map(({ end }) => end)),
    p90Ms: Math.max(...times.map(({ rareEnd }) => rareEnd)),
    basis,
    missing: times.filter(({ known }) => !known).length,
  };
}
