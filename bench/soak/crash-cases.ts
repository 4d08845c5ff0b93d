import { CRASH_POINTS, type CrashPoint, type Kill } from '../../electron/core/runbook/testing/mortal';
import { isLeaf } from '../../shared/runbook/order';
import type { RunPlan } from '../../shared/runbook/plan';

/** Killed there, and then gone on with: to the end or all the way back; `undo` kills: killed again on the way back. */
export interface CrashCase {
  kill: Kill;
  way: 'resume' | 'undo';
}

/** The last step that can be taken back stands before this one. */
const OPEN = 'open';

/**
 * Every step of a plan at every point, both ways as long as there are two; and every step that is taken back, at every
 * point of that. What only reads has no effect after which one could be killed.
 */
export function crashCases({ steps }: RunPlan): CrashCase[] {
  const leaves = steps.filter(isLeaf);
  const open = leaves.findIndex(({ id }) => id === OPEN);
  const there = leaves.flatMap(({ id, nature }, index) =>
    pointsOf(nature).flatMap((point): CrashCase[] => {
      const kill: Kill = { step: id, phase: 'apply', point };
      const isBefore = index < open || (index === open && point === 'before-intent');
      return [{ kill, way: 'resume' }, ...(isBefore ? [{ kill, way: 'undo' } as const] : [])];
    }),
  );
  const back = leaves
    .filter(({ undo }) => undo !== null)
    .flatMap(({ id, nature }) =>
      pointsOf(nature).map((point): CrashCase => ({ kill: { step: id, phase: 'undo', point }, way: 'undo' })),
    );
  return [...there, ...back];
}

const pointsOf = (nature: string): readonly CrashPoint[] =>
  nature === 'reads' ? CRASH_POINTS.filter((point) => point !== 'after-effect') : CRASH_POINTS;

export const caseText = ({ kill, way }: CrashCase): string =>
  `${kill.step}, ${kill.phase === 'undo' ? 'while it is taken back, ' : ''}${kill.point}, ${way}`;
