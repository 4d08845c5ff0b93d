import { ok } from '../errors';
import { type Derived, deriveSpread, inputAt } from '../plan/ledger/derived';
import { downtimeBudget } from '../plan/schedule/downtime-budget';
import { downTimeOf, pathAvailability } from '../targets/availability';
import { structureOf } from '../targets/structure';
import type { RequestPath } from '../targets/structure-model';
import { asFraction, asSeconds, MONTH } from '../units/measure';
import type { Spread } from '../units/spread';
import { PATHS } from './inputs';
import type { Scene } from './scene';
import { withoutRemoved } from './without-removed';

/** How often one workflow can be done, over a year, and how long not in the average month. */
export interface AvailabilityRow {
  /** Today's estate; the one of this what-if; and that with causes that hit all servers of a part at once. */
  of: 'as-is' | 'here' | 'here-shared';
  availability: Derived<Spread>;
  perMonth: Derived<Spread>;
}

export interface AvailabilityEffect {
  path: RequestPath;
  rows: AvailabilityRow[];
}

/** What the month allows, and what this failure leaves of it. Seconds; below zero it is overdrawn. */
export interface Allowance {
  requirement: Scene['estate']['requirements'][number];
  allowed: Derived<Spread>;
  left: Derived<Spread> | null;
}

/**
 * Availability of every workflow that people wait for, as it is and as this what-if makes it. A failure of one moment does
 * not change it: it is what such failures, and repairs of them, come to. A scenario and a removal do.
 */
export function availabilityEffects(scene: Scene): AvailabilityEffect[] {
  const before = structureOf(scene.asIs);
  const here = scene.estate === scene.asIs ? null : scene.estate;
  const removed = [...scene.out.values()].includes('removed');
  const after = here || removed ? structureOf(withoutRemoved(scene)) : before;
  return after.paths.flatMap((path) => {
    if (path.actor === null || path.parts.length === 0) return [];
    const today = before.paths.find(({ workflow }) => workflow === path.workflow);
    const rows = [
      ...(today && after !== before && today.parts.length > 0 ? [rowOf(scene, today, 'as-is')] : []),
      rowOf(scene, path, 'here'),
      ...(path.parts.some(({ redundancy }) => redundancy.kind !== 'single')
        ? [rowOf(scene, path, 'here-shared')]
        : []),
    ];
    return [{ path, rows }];
  });
}

function rowOf({ ledger }: Scene, path: RequestPath, of: AvailabilityRow['of']): AvailabilityRow {
  const availability = pathAvailability(path, ledger, of === 'here-shared' ? 'shared' : 'independent');
  return { of, availability, perMonth: downTimeOf(availability, 'month') };
}

/** The month's allowance by each requirement of availability; `outage` of this what-if is taken from it, if there is one. */
export const allowances = (scene: Scene, outage: Derived<Spread> | undefined): Allowance[] =>
  scene.estate.requirements
    .filter(({ metric }) => metric === 'availability')
    .map((requirement) => {
      const target = inputAt(scene.ledger, PATHS.target(requirement.id));
      const allowed = deriveSpread('down-time', { target }, [], (at) => ok((1 - at.target) * MONTH));
      const left =
        outage &&
        deriveSpread('downtime-budget', { target, outage }, [], (at) => {
          const spending = { id: 'outage', kind: 'incident', time: asSeconds(at.outage) } as const;
          const found = downtimeBudget(asFraction(at.target), [spending]);
          return found.ok ? ok(found.value.left) : found;
        });
      return { requirement, allowed, left: left ?? null };
    });
