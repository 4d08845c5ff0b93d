import type { Minutes, PlanStep } from '../views/plan';

/**
 * The longest path through these steps by their needs; needs outside the list count as done. Each of the
 * three totals takes its own longest path. null when a step's duration is unknown: a sum of what is known
 * would look like an answer.
 */
export function longestPath(steps: readonly PlanStep[]): { total: Minutes; path: string[] } | null {
  if (steps.length === 0 || steps.some((step) => step.minutes === null)) return null;
  const ends = {
    optimistic: walk(steps, 'optimistic'),
    likely: walk(steps, 'likely'),
    pessimistic: walk(steps, 'pessimistic'),
  };
  return {
    total: {
      optimistic: ends.optimistic.length,
      likely: ends.likely.length,
      pessimistic: ends.pessimistic.length,
    },
    path: ends.likely.path,
  };
}

function walk(steps: readonly PlanStep[], which: keyof Minutes): { length: number; path: string[] } {
  // Steps are listed after what they need: one pass over the list is enough.
  const best = new Map<string, { length: number; path: string[] }>();
  let longest = { length: 0, path: [] as string[] };
  for (const step of steps) {
    const before = step.needs
      .flatMap((id) => best.get(id) ?? [])
      .reduce((a, b) => (b.length > a.length ? b : a), { length: 0, path: [] as string[] });
    const here = { length: before.length + (step.minutes?.[which] ?? 0), path: [...before.path, step.id] };
    best.set(step.id, here);
    if (here.length >= longest.length) longest = here;
  }
  return longest;
}
