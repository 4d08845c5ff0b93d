import { actsOf, sendsOf } from './commands-of';
import { type Leaf, type Order, orderOf } from './order';
import type { RunPlan } from './plan';
import { predictedBefore } from './predict';

/** What steps change, how it is proved, and whether it can be taken back. */
export function effectProblems(plan: RunPlan): string[] {
  const order = orderOf(plan);
  const points = order.leaves.filter(({ nature }) => nature === 'point-of-no-return');
  return [
    ...(points.length > 1
      ? [`more than one point of no return: ${points.map(({ id }) => id).join(', ')}`]
      : []),
    ...races(order),
    ...order.leaves.flatMap((step) =>
      [
        ...proofProblems(plan, step),
        ...undoProblems(order, step, points[0] ?? null),
        ...passingProblems(order, step),
      ].map((what) => `step ${step.id}: ${what}`),
    ),
  ];
}

function proofProblems(plan: RunPlan, step: Leaf): string[] {
  const problems: string[] = [];
  const acts = actsOf(step);
  if (step.nature === 'reads') {
    if (step.changes.length > 0) problems.push('it only reads, and changes facts');
    if (step.undo) problems.push('it only reads, and has an undo');
    return problems;
  }
  if (acts.length === 0) {
    problems.push(`a ${step.kind} changes nothing: its nature is "reads"`);
    return problems;
  }
  if (step.kind === 'act' && step.changes.length === 0 && step.verify.length === 0)
    problems.push('nothing proves that it was done: it changes no fact and has no verify');
  for (const { fact: key } of step.changes) {
    const fact = plan.facts.find((one) => one.key === key);
    if (fact && !sendsOf(step).some(({ target }) => target === fact.command.target))
      problems.push(`fact "${key}" is read on ${fact.command.target}, where the step does nothing`);
  }
  if (step.nature === 'point-of-no-return') {
    const before = predictedBefore(plan, step.id);
    // Else nobody could ever prove that it has not happened.
    if (step.changes.every(({ fact, to }) => before.get(fact) === to))
      problems.push('the point of no return changes no fact');
    if (!step.confirms) problems.push('the point of no return does not confirm the identity of its servers');
  }
  return problems;
}

function undoProblems({ before }: Order, step: Leaf, point: Leaf | null): string[] {
  if (step.nature === 'point-of-no-return') return step.undo ? ['the point of no return has an undo'] : [];
  const isAfter = point !== null && (before.get(step.id)?.has(point.id) ?? false);
  if (isAfter)
    return step.undo ? ['it comes after the point of no return: its undo would never be used'] : [];
  const acts = step.nature !== 'reads' && actsOf(step).length > 0;
  if (!acts || step.undo || (step.changes.length === 0 && step.nature === 'reversible')) return [];
  // What is meant to stay whatever becomes of the run, and says so: a fence.
  if (step.nature === 'hard' && step.ifItFails === 'go-on') return [];
  return point !== null && !(before.get(point.id)?.has(step.id) ?? false)
    ? ['it has no undo and may run before the point of no return, which does not need it']
    : ['it comes before the point of no return and has no undo'];
}

/** What may be left out must be nothing that anything else stands on. */
function passingProblems({ leaves, before }: Order, step: Leaf): string[] {
  if (step.ifItFails !== 'go-on') return [];
  const problems: string[] = [];
  if (step.nature === 'point-of-no-return')
    problems.push('the plan would go on without its point of no return');
  if (step.kind === 'gate') problems.push('the plan would go on without what a person says at a gate');
  const later = leaves.filter(({ id }) => before.get(id)?.has(step.id));
  const facts = step.changes.map(({ fact }) => fact);
  for (const { id, relies, changes } of later)
    for (const fact of [...relies, ...changes.map((change) => change.fact)])
      if (facts.includes(fact))
        problems.push(`nobody knows what "${fact}" reads when it failed, and step ${id} uses it`);
  return problems;
}

/** Steps that may run side by side and touch the same fact: nobody could say what it reads in between. */
function races({ leaves, before }: Order): string[] {
  const areOrdered = (one: Leaf, other: Leaf) =>
    (before.get(one.id)?.has(other.id) ?? false) || (before.get(other.id)?.has(one.id) ?? false);
  return leaves.flatMap((one) =>
    one.changes.flatMap(({ fact }) =>
      leaves
        .filter((other) => other !== one && !areOrdered(one, other))
        .filter((other) => {
          const changesToo = other.changes.some((change) => change.fact === fact);
          // Two that change it are named once.
          return changesToo ? one.id < other.id : other.relies.includes(fact);
        })
        .map((other) => `step ${one.id} changes "${fact}" while step ${other.id} may be using it`),
    ),
  );
}
