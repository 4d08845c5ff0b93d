import { isLeaf, orderOf } from '@shared/runbook/order';
import type { RunPlan } from '@shared/runbook/plan';
import { runBy, shownCommand } from '@shared/runbook/render';

/** What undoing would send, last step first, for a person who reads it on the server when every console is gone. */
export function undoList(plan: RunPlan): string {
  const undone = orderOf(plan)
    .leaves.filter(isLeaf)
    .filter(({ undo }) => undo !== null)
    .reverse();
  const lines = undone.flatMap(({ number, id, nature, undo }) => [
    `# ${number} ${id}${nature === 'point-of-no-return' ? ' (point of no return)' : ''}`,
    ...(undo?.apply ?? []).map((command) => `${runBy(command).prompt}${shownCommand(command)}`),
    '',
  ]);
  return [
    `# ${plan.procedure} of ${plan.subject}: undo, from the top, only what was done`,
    '',
    ...lines,
  ].join('\n');
}
