import { actsOf, sendsOf } from './commands-of';
import { groupsOf, type Leaf, orderOf } from './order';
import type { RunPlan } from './plan';
import { namesRate, type Rate, type Throttle, throttleOf } from './throttle';

/** Whether what is said of slowing steps down can work. */
export function throttleProblems(plan: RunPlan): string[] {
  return orderOf(plan).leaves.flatMap((step) => {
    const throttle = throttleOf(step);
    const named = [...sendsOf(step), ...(step.undo?.apply ?? [])].some(namesRate);
    const problems = throttle
      ? ofThrottle(plan, step, throttle)
      : named
        ? ['it names a rate and has none']
        : [];
    return problems.map((what) => `step ${step.id}: ${what}`);
  });
}

function ofThrottle(plan: RunPlan, step: Leaf, { checks, rate }: Throttle): string[] {
  const problems: string[] = [];
  if (checks.length === 0 && rate === null) problems.push('nothing says how it is slowed down');
  if (step.kind === 'act' && checks.length > 0 && rate === null)
    problems.push('it has checks for its pace, and no rate that they could turn');
  const unbroken = groupsOf(plan, step).some((group) => group.kind === 'group' && group.unbroken);
  if (unbroken) problems.push('it is slowed down in a group that is not broken: meanwhile nobody can write');
  if (checks.some(({ command }) => command.saves.length > 0))
    problems.push('a check of its pace saves an output');
  return rate ? [...problems, ...ofRate(step, rate)] : problems;
}

function ofRate(step: Leaf, { levels, begins, command, lasts }: Rate): string[] {
  const problems: string[] = [];
  if (levels.some((level, at) => at > 0 && level <= (levels[at - 1] ?? 0)))
    problems.push('the levels of its rate do not rise');
  if (!levels.includes(begins)) problems.push(`its rate begins with ${begins}, which is no level`);
  if (!(command ? namesRate(command) : actsOf(step).some(namesRate)))
    problems.push('no command tells anybody its rate');
  if (command && command.saves.length > 0) problems.push('the command of its rate saves an output');
  // A long command has read its words when it began.
  if (!command && step.kind === 'act') problems.push('nothing turns the rate of an act while it acts');
  if ([...(lasts ? [lasts.back] : []), ...(step.undo?.apply ?? [])].some(namesRate))
    problems.push('what puts things back names the rate');
  if (lasts && !step.changes.some(({ fact }) => fact === lasts.fact))
    problems.push(`its rate stays in "${lasts.fact}", which it does not change: nothing would bring it back`);
  return problems;
}
