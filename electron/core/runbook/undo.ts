import { toAppError } from '@shared/errors';
import { isLeaf, type Leaf } from '@shared/runbook/order';
import { undoOrder } from '@shared/runbook/schedule';
import type { RunContext } from './context';
import { announce, concludeBefore } from './deed';
import { probe, proofOf } from './probe';
import { isDefinite, runCommand } from './run-command';
import { confirm, executionOf, prove } from './step';

/** Once, and once more. */
const MOST_TRIES = 2;

/**
 * Takes back what was done, what was done last first. A step that cannot be taken back is told as such, and those
 * before it are taken back all the same: each gives the service back some of what it had. Resolves with whether all
 * is as it was. Rejects only with E_JOURNAL_WRITE.
 */
export async function undoAll(context: RunContext): Promise<boolean> {
  const { plan, log } = context;
  let isWhole = true;
  for (const id of undoOrder(plan, log.state())) {
    const step = plan.steps.find((one) => one.id === id);
    if (step && isLeaf(step)) isWhole = (await undoStep(context, step)) && isWhole;
  }
  return isWhole;
}

async function undoStep(context: RunContext, step: Leaf): Promise<boolean> {
  const signal = context.acts;
  if (await isUntouched(context, step, signal)) return true;
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    const deed = await announce(context, step, 'undo');
    try {
      await confirm(context, step, 'undo', signal);
      const attempt = executionOf(context, step, 'undo', deed.attempt);
      const outputs: Record<string, string> = {};
      for (const [number, command] of (step.undo?.apply ?? []).entries()) {
        const acts = { phase: 'undo', attempt, number, sent() {} } as const;
        await runCommand(context, command, { step: step.id, on: 'main', signal, outputs, acts });
      }
      deed.end('done', { evidence: await prove(context, step, 'undo', { outputs, signal }) });
      return true;
    } catch (thrown) {
      const error = toAppError(thrown);
      const isSaid = isDefinite(thrown);
      deed.end(isSaid ? 'failed' : 'unknown', { error });
      if (isSaid) continue;
      const { found, evidence } = await probe(context, step, 'undo', signal);
      if (found === 'done') {
        concludeBefore(context, step, 'undo', 'done', { evidence });
        return true;
      }
      // What nobody can look at is not sent again.
      if (found === 'unknown') return false;
    }
  }
  return false;
}

/**
 * Of a step that failed or of which nobody knew: when every fact it changes is as before it, there is nothing to take
 * back, and nothing is sent.
 */
async function isUntouched(context: RunContext, step: Leaf, signal: AbortSignal): Promise<boolean> {
  if (context.log.state().steps[step.id]?.state === 'done') return false;
  const found = await probe(context, step, 'undo', signal);
  const { to } = proofOf(context, step, 'undo');
  if (found.found !== 'done' || to.size === 0) return false;
  const deed = await announceUntouched(context, step);
  deed.end('done', { by: 'probe', evidence: found.evidence });
  return true;
}

/** The journal says that it is taken back, and that it needed nothing. */
const announceUntouched = (context: RunContext, step: Leaf) =>
  announce(context, { ...step, undo: null }, 'undo');
