import type { Language } from '../contract';
import type { StepState } from '../runbook/state-model';
import { texts } from './index';

/**
 * How a step stands, in a few words. One that the plan goes on without is never shown as done, and a gate that nobody
 * was asked at never as passed by a person.
 */
export function stepWord(step: Pick<StepState, 'state' | 'passedOver' | 'by'>, language: Language): string {
  const { runs } = texts(language);
  if (step.passedOver && (step.state === 'failed' || step.state === 'unknown'))
    return runs.passedOver[step.state];
  if (step.state === 'done' && step.by === 'checks') return runs.byChecks;
  return runs.stepState[step.state];
}
