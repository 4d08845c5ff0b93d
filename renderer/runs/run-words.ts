import type { RunView } from '@shared/runbook/state-model';
import type { Words } from '../words';
import { shortId } from './short-hash';
import { currentRow, stepRowsOf } from './step-rows';

/** "run 7be0c214": how a run is called. */
export const runName = (id: string, { runs }: Pick<Words, 'runs'>): string => runs.run.name(shortId(id));

/** What the annunciator says of a run that is not over. `calls`: a person is needed. */
export function annunciatorText(
  { plan, state, here, elsewhere }: RunView,
  words: Pick<Words, 'runs'>,
): { text: string; calls: boolean } {
  const { annunciator } = words.runs;
  const name = words.runs.run.on(state.subject);
  const number = currentRow(stepRowsOf(plan, state))?.step.number ?? '';
  if (!here && elsewhere !== null) return { text: annunciator.elsewhere(name, elsewhere), calls: false };
  switch (state.status) {
    case 'waiting':
      return { text: annunciator.waiting(name, number), calls: true };
    case 'stopped':
      return { text: annunciator.stopped(name, number), calls: true };
    case 'holding':
      return { text: annunciator.holding(name), calls: true };
    case 'undoing':
      return here
        ? { text: annunciator.undoing(name), calls: false }
        : { text: annunciator.nobody(name), calls: true };
    case 'running':
      return here
        ? { text: annunciator.running(name, number), calls: false }
        : { text: annunciator.nobody(name), calls: true };
    case 'done':
    case 'undone':
    case 'left':
      return { text: name, calls: false };
  }
}
