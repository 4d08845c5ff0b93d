import { CRASH_POINTS, type CrashPoint, type Kill } from '../../electron/core/runbook/testing/mortal';
import { isLeaf } from '../../shared/runbook/order';
import type { RunPlan } from '../../shared/runbook/plan';

/** Killed there, and then gone on with: to the end or all the way back; `undo` kills: killed again on the way back. */
export interface CrashCase {
  kill: Kill;
  way: 'resume' | 'undo';
}

/**
 * Every step of a plan at every point, both ways as long as there are two; and every step that is taken back, at every
 * point of that. What only reads has no effect after which one could be killed.
 */
export function crashCases(plan: RunPlan): CrashCase[] {
  const leaves = plan.steps.filter(isLeaf);
  const point = pointOfNoReturn(plan);
  const open = point === null ? leaves.length : leaves.findIndex(({ id }) => id === point);
  const there = leaves.flatMap(({ id, nature }, index) =>
    pointsOf(nature).flatMap((at): CrashCase[] => {
      const kill: Kill = { step: id, phase: 'apply', point: at };
      const isBefore = index < open || (index === open && at === 'before-intent');
      return [{ kill, way: 'resume' }, ...(isBefore ? [{ kill, way: 'undo' } as const] : [])];
    }),
  );
  const back = leaves
    .filter(({ undo }) => undo !== null)
    .flatMap(({ id, nature }) =>
      pointsOf(nature).map(
        (at): CrashCase => ({ kill: { step: id, phase: 'undo', point: at }, way: 'undo' }),
      ),
    );
  return [...there, ...back];
}

/** The last step that can be taken back stands before this one; null: there is none. */
export const pointOfNoReturn = ({ steps }: RunPlan): string | null =>
  steps.find(({ nature }) => nature === 'point-of-no-return')?.id ?? null;

const pointsOf = (nature: string): readonly CrashPoint[] =>
  nature === 'reads' ? CRASH_POINTS.filter((point) => point !== 'after-effect') : CRASH_POINTS;

export const caseText = ({ kill, way }: CrashCase): string =>
  `${kill.step}, ${kill.phase === 'undo' ? 'while it is taken back, ' : ''}${kill.point}, ${way}`;
