import { unbroken } from '@shared/runbook/schedule';
import type { RunView } from '@shared/runbook/state-model';

/** Longer than nobody can write as a rule; when it is not, the hosts are looked at again meanwhile. */
const QUIET_MS = 5_000;

/**
 * Told of every change of the runs of this console: `hush` is called with ms when a part of one begins in which nobody
 * can write, and with 0 when it is over.
 */
export function hushing(hush: (ms: number) => void): (view: RunView) => void {
  const quiet = new Set<string>();
  return ({ here, plan, state }) => {
    const isQuiet = here && unbroken(plan, state);
    if (isQuiet === quiet.has(state.id)) return;
    if (isQuiet) quiet.add(state.id);
    else quiet.delete(state.id);
    if (isQuiet) hush(QUIET_MS);
    else if (quiet.size === 0) hush(0);
  };
}
