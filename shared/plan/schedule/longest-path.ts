import type { GraphStep, StepGraph } from './step-graph';

export interface LongestPath {
  /** In the unit of the durations. */
  length: number;
  /** Ids from the first step to the last. */
  path: string[];
}

/**
 * The longest way through a graph, `durations` by place of its steps. Of ways of the same length the one that ends
 * last in order. An empty graph takes no time.
 */
export function longestPath<T extends GraphStep>(
  graph: StepGraph<T>,
  durations: ArrayLike<number>,
): LongestPath {
  const ends = finishTimes(graph, durations);
  // Of each list of needs, the one that ends last; the first of several.
  const latestOf = graph.lists.map((needs) =>
    needs.reduce((best, need) => (best < 0 || (ends[need] ?? 0) > (ends[best] ?? 0) ? need : best), -1),
  );
  let last = -1;
  for (const [at, end] of ends.entries()) if (last < 0 || end >= (ends[last] ?? 0)) last = at;
  const path: string[] = [];
  const length = ends[last] ?? 0;
  for (let at = last; at >= 0; at = latestOf[graph.listOf[at] ?? -1] ?? -1)
    path.push(graph.steps[at]?.id ?? '');
  return { length, path: path.reverse() };
}

/** When each step ends if everything begins as early as it can, by place. `into` is filled when given, for many rounds. */
export function finishTimes<T extends GraphStep>(
  graph: StepGraph<T>,
  durations: ArrayLike<number>,
  into = new Float64Array(graph.steps.length),
): Float64Array {
  // When the last of each list ends; below 0: not asked for yet.
  const starts = new Float64Array(graph.lists.length).fill(-1);
  for (let at = 0; at < graph.steps.length; at += 1) {
    const list = graph.listOf[at] ?? 0;
    let start = starts[list] ?? 0;
    if (start < 0) {
      start = 0;
      for (const need of graph.lists[list] ?? []) start = Math.max(start, into[need] ?? 0);
      starts[list] = start;
    }
    into[at] = start + (durations[at] ?? 0);
  }
  return into;
}

/** How much later each step may end without making the whole longer, by id: 0 on every longest way. */
export function slackOf<T extends GraphStep>(
  graph: StepGraph<T>,
  durations: ArrayLike<number>,
): Map<string, number> {
  const ends = finishTimes(graph, durations);
  const total = ends.reduce((most, end) => Math.max(most, end), 0);
  const latest = new Float64Array(ends.length).fill(total);
  for (let at = graph.steps.length - 1; at >= 0; at -= 1) {
    const start = (latest[at] ?? 0) - (durations[at] ?? 0);
    for (const need of graph.lists[graph.listOf[at] ?? 0] ?? [])
      latest[need] = Math.min(latest[need] ?? 0, start);
  }
  return new Map(graph.steps.map(({ id }, at) => [id, Math.max(0, (latest[at] ?? 0) - (ends[at] ?? 0))]));
}
