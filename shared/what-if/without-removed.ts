import type { Estate } from '../estate/schema';
import { outOf, type Scene } from './scene';

/**
 * The estate of a scene without the services that were removed, with nothing left that names them: links, steps to a cache,
 * rules, members of clusters. A workflow that needs one of them is left out: it cannot be done.
 */
export function withoutRemoved(scene: Scene): Estate {
  const { estate } = scene;
  const removed = new Set(estate.services.map(({ id }) => id).filter((id) => outOf(scene, id) === 'removed'));
  if (removed.size === 0) return estate;
  const roles = new Map(estate.services.map(({ id, role }) => [id, role]));
  const stays = (id: string) => !removed.has(id);
  const isMissed = (id: string) => removed.has(id) && roles.get(id) !== 'cache';
  return {
    ...estate,
    services: estate.services.filter(({ id }) => stays(id)),
    links: estate.links.filter(({ from, to }) => stays(from) && stays(to)),
    workflows: estate.workflows
      .filter(({ steps }) => !steps.some(({ from, to }) => isMissed(from) || isMissed(to)))
      .map((workflow) => ({
        ...workflow,
        steps: workflow.steps.filter(({ from, to }) => stays(from) && stays(to)),
      })),
    routing: estate.routing.filter(({ to }) => stays(to)),
    clientPolicies: estate.clientPolicies.flatMap((policy) => {
      const candidates = policy.candidates.filter(({ service }) => stays(service));
      return candidates.length === 0 ? [] : [{ ...policy, candidates }];
    }),
    dataSets: estate.dataSets.filter(({ service }) => stays(service)),
    clusters: estate.clusters.flatMap((cluster) => {
      const members = cluster.members.filter(({ service }) => stays(service));
      return members.length === 0 ? [] : [{ ...cluster, members }];
    }),
  };
}
