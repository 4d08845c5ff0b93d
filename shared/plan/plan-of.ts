import type { Language, LedgerEntry } from '../contract';
import type { Estate } from '../estate/schema';
import type { Snapshot } from '../snapshot';
import type { Plan, PlanStep } from '../views/plan';
import { blockersOf } from './blockers';
import { longestPath } from './critical-path';
import { durationOf, passesOf } from './durations';
import { inputsOf, isMoved, resolveInputs } from './inputs';
import { stepsOf } from './steps';

/**
 * The plan of moving this estate: inputs, steps in order, and what follows. Pure: another value in changes
 * everything at once. What is not stated, measured, entered or a cited reference stays unknown, and so does
 * every figure that needs it; `missing` names it.
 */
export function planOf(
  estate: Estate,
  ledger: readonly LedgerEntry[],
  snapshot: Snapshot | null,
  language: Language = 'en',
): Plan {
  const drafts = stepsOf(estate, language);
  const peoples = drafts.filter((step) => step.work.kind === 'stated');
  const inputs = resolveInputs(inputsOf(estate, peoples, language), estate, ledger, snapshot, language);
  const steps: PlanStep[] = drafts.map(({ work, ...step }) => ({
    ...step,
    ...durationOf({ ...step, work }, inputs, language),
  }));
  const cutover = steps.filter((step) => step.phase === 'cutover');
  const before = steps.filter((step) => step.phase === 'prepare' || step.phase === 'seed');
  const outage = longestPath(cutover);
  const tree = estate.dataSets.find((set) => isMoved(set) && set.store !== 'database');
  const passes = tree ? passesOf(tree.id, inputs) : null;
  return {
    takenAt: snapshot?.takenAt ?? null,
    blockers: blockersOf(estate, snapshot, language),
    assumptions: [...inputs.assumptions],
    steps,
    totals: {
      outage: outage?.total ?? null,
      preparation: longestPath(before)?.total ?? null,
      missing: [...new Set(cutover.flatMap((step) => step.missing ?? []))],
      criticalPath: outage?.path ?? [],
      filePasses:
        passes === null || 'missing' in passes
          ? null
          : {
              minutes: passes.likely.seconds.map((seconds) => seconds / 60),
              floorMinutes: passes.likely.converges ? passes.likely.floorSeconds / 60 : null,
              converges: passes.likely.converges,
            },
    },
  };
}
