import type { RunPlan } from './plan';
import { commandProblems } from './validate-commands';
import { effectProblems } from './validate-effects';
import { stepProblems } from './validate-steps';
import { throttleProblems } from './validate-throttle';

/**
 * What is wrong with a plan, in English: each a mistake of whoever made it, never of who runs it. A plan with any is
 * not run. Empty: what the engine relies on holds.
 */
export const problemsOf = (plan: RunPlan): string[] => [
  ...stepProblems(plan),
  ...effectProblems(plan),
  ...commandProblems(plan),
  ...throttleProblems(plan),
];
