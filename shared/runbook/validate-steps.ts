import { looksOf } from './commands-of';
import { groupsOf, isLeaf, membersOf, orderOf } from './order';
import type { RunPlan, Step } from './plan';

/** Names that occur more than once. */
export const doubled = (names: readonly string[]): string[] => [
  ...new Set(names.filter((name, index) => names.indexOf(name) < index)),
];

/** Names, references and order: what there is, and what waits for what. */
export function stepProblems(plan: RunPlan): string[] {
  const { steps, targets, keptOn } = plan;
  const named = (what: string, names: readonly string[]) =>
    doubled(names).map((name) => `${what} "${name}" is there more than once`);
  const circular = orderOf(plan).circular;
  return [
    ...named(
      'step',
      steps.map(({ id }) => id),
    ),
    ...named(
      'step number',
      steps.map(({ number }) => number),
    ),
    ...named(
      'fact',
      plan.facts.map(({ key }) => key),
    ),
    ...named(
      'precondition',
      plan.preconditions.map(({ id }) => id),
    ),
    ...named('place to keep the plan', keptOn),
    ...keptOn.filter((one) => !(one in targets)).map((one) => `it is kept on "${one}", which is no target`),
    ...(circular.length > 0 ? [`steps wait for each other: ${circular.join(', ')}`] : []),
    ...steps.flatMap((step) => referenceProblems(plan, step).map((what) => `step ${step.id}: ${what}`)),
  ];
}

function referenceProblems(plan: RunPlan, step: Step): string[] {
  const { steps, targets, facts } = plan;
  const groups = groupsOf(plan, step).map(({ id }) => id);
  const isFact = (key: string) => facts.some((fact) => fact.key === key);
  const changed = step.changes.map(({ fact }) => fact);
  const problems = [
    ...step.needs
      .filter((need) => need === step.id || groups.includes(need))
      .map((need) => `it needs ${need}, which it is or is in`),
    ...step.needs
      .filter((need) => !steps.some(({ id }) => id === need))
      .map((need) => `it needs ${need}, which is no step`),
    ...[...step.relies, ...changed]
      .filter((key) => !isFact(key))
      .map((key) => `fact "${key}" is not in the plan`),
    ...doubled(changed).map((key) => `it changes fact "${key}" twice`),
  ];
  if (step.group !== null && !steps.some(({ id, kind }) => id === step.group && kind === 'group'))
    problems.push(`"${step.group}" is no group`);
  if (groups.includes(step.id)) problems.push('the group is in itself');
  if (step.target !== null && !(step.target in targets)) problems.push(`"${step.target}" is no target`);
  if (!isLeaf(step)) return [...problems, ...groupProblems(plan, step)];
  const checks = looksOf(step).map(({ check }) => check.id);
  // Evidence is kept by fact and by check: the same name would hide one of them.
  for (const id of doubled([...checks, ...new Set([...step.relies, ...changed])]))
    problems.push(`"${id}" names two of its readings`);
  return problems;
}

function groupProblems(plan: RunPlan, group: Extract<Step, { kind: 'group' }>): string[] {
  const members = membersOf(plan, group.id);
  const { relies, precheck, changes, verify, undo } = group;
  const own = [relies, precheck, changes, verify].some((list) => list.length > 0) || undo !== null;
  const fails = group.ifItFails === 'go-on';
  const asks = members.filter(
    (step) => step.kind === 'gate' || (step.kind === 'repeat' && step.decides === 'person'),
  );
  return [
    ...(members.length === 0 ? ['the group is empty'] : []),
    ...(own ? ['a group does nothing itself: its readings, changes and undo would never be used'] : []),
    ...(fails ? ['a group does not fail: what it goes on without is said of its members'] : []),
    ...(group.unbroken ? asks.map(({ id }) => `${id} waits for a person in a group that is not broken`) : []),
  ];
}
