import { ok } from '../../errors';
import { checkedThen, type Outcome } from '../../units/outcome';
import type { Minutes } from '../../views/plan';
import { longestPath } from './longest-path';
import { type GraphStep, graphOf } from './step-graph';
import { DEVIATIONS, moments, wrongWithMinutes } from './three-point';

/** A step and how long it takes. */
export interface TimedStep extends GraphStep {
  minutes: Minutes;
}

/** How long it all takes, minutes, by PERT sums over the longest path: an approximation until the simulation arrives. */
export interface OutageEstimate {
  mean: number;
  deviation: number;
  p50: number;
  p90: number;
  p99: number;
  /** Everything as good, as likely and as bad as estimated, each over its own longest path. */
  total: Minutes;
  /** Ids of the longest path by expectation, on which mean and deviation stand. */
  path: string[];
  /** Ids of the longest path if everything takes as long as is likely. */
  likelyPath: string[];
}

/**
 * Downtime: the longest path of the steps by expectation, `P90 = ΣE + 1.28 · √Σσ²` along it. Paths that are
 * nearly as long make the truth later than this: `simulation.ts` counts them.
 */
export function outageEstimate(steps: readonly TimedStep[]): Outcome<OutageEstimate> {
  const checks = steps.map(({ id, minutes }) => wrongWithMinutes(`steps/${id}`, minutes));
  return checkedThen(checks, () => {
    const made = graphOf(steps);
    if (!made.ok) return made;
    const graph = made.value;
    const each = new Map(graph.steps.map((step) => [step.id, moments(step.minutes)]));
    const over = (which: keyof Minutes) =>
      longestPath(
        graph,
        graph.steps.map(({ minutes }) => minutes[which]),
      );
    const likely = over('likely');
    const { length: mean, path } = longestPath(
      graph,
      graph.steps.map(({ id }) => each.get(id)?.mean ?? 0),
    );
    const deviation = Math.sqrt(path.reduce((sum, id) => sum + (each.get(id)?.deviation ?? 0) ** 2, 0));
    return ok({
      mean,
      deviation,
      p50: mean,
      p90: mean + DEVIATIONS.p90 * deviation,
      p99: mean + DEVIATIONS.p99 * deviation,
      total: {
        optimistic: over('optimistic').length,
        likely: likely.length,
        pessimistic: over('pessimistic').length,
      },
      path,
      likelyPath: likely.path,
    });
  });
}
