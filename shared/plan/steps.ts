import type { Language } from '../contract';
import type { Estate } from '../estate/schema';
import { texts } from '../text';
import type { PlanStep } from '../views/plan';
import { type EstateFacts, estateFactsOf } from './runbook/estate-facts';
import { type Instance, instantiate } from './runbook/instantiate';
import type { Row } from './runbook/row';
import { RUNBOOK, rowOf } from './runbook/rows';
import { nameIn } from './runbook/step-words';

export type { Work } from './runbook/row';

/** A step with its title; its row says the rest. Plain data: it is handed to workers. */
export interface StepDraft extends Instance, Pick<PlanStep, 'title' | 'phase' | 'track'> {}

/**
 * The 29 steps of a migration with a reverse channel, for whatever data sets, front services, sessions and clients the
 * estate has; a row for which it has nothing makes no step, and several databases make several. Listed after what they need.
 */
export const stepsOf = (estate: Estate, language: Language): StepDraft[] =>
  draftsOf(RUNBOOK, estateFactsOf(estate), language);

/** The same for an estate whose facts are gathered already. */
export function draftsOf(rows: readonly Row[], facts: EstateFacts, language: Language): StepDraft[] {
  const words = texts(language).planSteps.rows;
  return instantiate(rows, facts).map((instance) => {
    const { id, row, subject, needs, work } = instance;
    const { phase, track } = rowOf(row);
    const title = words[row].title(nameIn(instance, facts, language));
    return { id, row, subject, needs, work, title, phase, track };
  });
}
