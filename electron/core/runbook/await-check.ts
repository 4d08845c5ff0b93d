import type { Leaf } from '@shared/runbook/order';
import type { RunContext } from './context';
import { type Looked, lookAt } from './look';
import { proofOf } from './probe';

export interface Waited {
  looked: Looked;
  /** `said`: the server said that it cannot tell; asking again would not help. */
  ended: 'so' | 'over' | 'said' | 'broken-off';
}

/**
 * Looks again and again until the check holds and every fact of the step reads as it will, or the limit is over. A
 * connection that is lost meanwhile is made anew: waiting changes nothing. Never rejects.
 */
export async function waitUntil(
  context: RunContext,
  step: Extract<Leaf, { kind: 'wait' }>,
  { outputs, looks }: { outputs: Record<string, string>; looks: AbortSignal },
): Promise<Waited> {
  const { clock } = context;
  const until = clock.monotonic() + step.limitMs;
  const { to } = proofOf(context, step, 'apply');
  for (;;) {
    const how = { step: step.id, on: 'main', signal: looks, routine: true, outputs } as const;
    const looked = await lookAt(context, to, [step.until, ...step.verify], how);
    if (looked.differences.length === 0) return { looked, ended: 'so' };
    if (looks.aborted) return { looked, ended: 'broken-off' };
    const code = looked.error?.code;
    if (code === 'E_SQL_FAILED' || code === 'E_SQL_GRANT') return { looked, ended: 'said' };
    if (clock.monotonic() + step.everyMs > until) return { looked, ended: 'over' };
    await clock.sleep(step.everyMs, looks);
  }
}
