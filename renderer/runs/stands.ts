import type { RunStatus, StepState } from '@shared/runbook/state-model';
import type { Words } from '../words';

/**
 * What it means for all that follows that a step failed, is unknown or was passed by nobody, as the run stands now: an
 * ended one waits for no decision. Null: nothing that its state does not say already.
 */
export function standsText(
  { status, here }: { status: RunStatus; here: boolean },
  { state, passedOver, by }: Pick<StepState, 'state' | 'passedOver' | 'by'>,
  host: string,
  { runs }: Pick<Words, 'runs'>,
): string | null {
  const { stands, passedOver: without, byChecks } = runs.run;
  switch (state) {
    case 'failed':
      return passedOver ? without.failed : `${stands.failed} ${stands.so[status]}`;
    case 'undo-failed':
      // Where one could not be undone, whatever else is taken back does not make the run whole again.
      return `${stands.undoFailed} ${stands.so[status === 'undoing' ? 'stopped' : status]}`;
    case 'unknown':
      if (passedOver) return without.unknown;
      if (status === 'left') return `${stands.unknown} ${stands.so.left}`;
      return `${stands.unknown} ${here ? stands.asked(host) : stands.willBeAsked(host)}`;
    case 'done':
      return by === 'checks' ? byChecks : null;
    case 'pending':
    case 'running':
    case 'waiting':
    case 'undoing':
    case 'undone':
      return null;
  }
}
