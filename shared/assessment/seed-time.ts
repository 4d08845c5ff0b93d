import type { Plan } from '../views/plan';

/**
 * How long the databases take to be loaded, s: the steps of the plan that seed them, one after the other, at their
 * pessimistic time. null: the plan has none, or waits for inputs.
 */
export function seedSecondsOf({ steps }: Pick<Plan, 'steps'>): number | null {
  const seeds = steps.filter(({ phase, track }) => phase === 'seed' && track === 'database');
  if (seeds.length === 0) return null;
  let seconds = 0;
  for (const { minutes } of seeds) {
    if (minutes === null) return null;
    seconds += minutes.pessimistic * 60;
  }
  return seconds;
}
