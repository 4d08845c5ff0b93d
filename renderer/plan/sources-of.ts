import type { PlanAssumption } from '@shared/views/plan';

/** How many inputs were measured, were assumed by a person, and are not known by anybody. */
export function sourcesOf(assumptions: readonly PlanAssumption[]): {
  measured: number;
  assumed: number;
  unknown: number;
} {
  const count = (source: PlanAssumption['source']) =>
    assumptions.filter((each) => each.source === source).length;
  return { measured: count('measured'), assumed: count('assumed'), unknown: count('unknown') };
}
