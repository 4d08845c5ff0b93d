import type { PlanAssumption, PlanInfluence } from '@shared/views/plan';

export interface WeighedInput {
  assumption: PlanAssumption;
  /** null: nobody has weighed it, or nothing of the outage depends on it. */
  bar: PlanInfluence | null;
}

/**
 * The inputs in the order in which they deserve a look: those without which there is no outage, then those that move it
 * most, then all others as a person would look for them.
 */
export function byWeight(
  assumptions: readonly PlanAssumption[],
  missing: readonly string[],
  bars: readonly PlanInfluence[],
): WeighedInput[] {
  const place = new Map<string, number>();
  for (const path of [...missing, ...bars.map((bar) => bar.path)]) {
    if (!place.has(path)) place.set(path, place.size);
  }
  const barOf = new Map(bars.map((bar) => [bar.path, bar]));
  const at = ({ path }: PlanAssumption) => place.get(path) ?? Number.MAX_SAFE_INTEGER;
  return assumptions
    .toSorted((a, b) => at(a) - at(b))
    .map((assumption) => ({ assumption, bar: barOf.get(assumption.path) ?? null }));
}
