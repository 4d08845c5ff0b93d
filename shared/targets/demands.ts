import type { Estate } from '../estate/schema';
import type { PathPart } from './structure-model';

/** Demands in numbers that the console can reckon with. */
export type DemandMetric = 'users-per-day' | 'concurrent-streams';
const METRICS: readonly DemandMetric[] = ['users-per-day', 'concurrent-streams'];

/** A demand of the estate, and the part of the path that has to carry it. */
export interface Demand {
  metric: DemandMetric;
  requirement: Estate['requirements'][number];
  part: PathPart;
}

/** The demands of an estate that some part carries. */
export const demandsOf = ({ requirements }: Estate, parts: readonly PathPart[]): Demand[] =>
  requirements.flatMap((requirement) => {
    const metric = METRICS.find((known) => known === requirement.metric);
    const { applies = [] } = requirement;
    const part = parts.find(
      ({ services, servers }) =>
        services.some((id) => applies.includes(id)) || servers.some(({ id }) => applies.includes(id)),
    );
    return metric && part ? [{ metric, requirement, part }] : [];
  });
