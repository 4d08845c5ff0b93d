import type { Estate } from '@shared/estate/schema';
import type { Topology } from '@shared/views/topology';

/** Steps of the request path that travel no link, by the node in which the work is done. */
export function innerSteps(estate: Estate, topology: Topology): ReadonlyMap<string, number[]> {
  const workflow = estate.workflows.find((each) => each.id === 'request') ?? estate.workflows[0];
  const steps = new Map<string, number[]>();
  for (const step of workflow?.steps ?? []) {
    if (step.from !== step.to) continue;
    for (const node of topology.nodes)
      if (node.service === step.from) steps.set(node.id, [...(steps.get(node.id) ?? []), step.n]);
  }
  return steps;
}
