import type { Leaf } from '@shared/runbook/order';
import type { RunContext } from './context';
import { checkReadings } from './readings';

/** As often as the screen says. */
const READ_EVERY_MS = 5_000;

/**
 * Reads again and again what a gate that waits shows to whoever decides, beside the run and over its own connections,
 * until it waits no more or `signal` aborts. What is read is shown and judged by nobody: whoever says go has it read
 * once more. Never rejects.
 */
export async function watchGate(
  context: RunContext,
  step: Extract<Leaf, { kind: 'gate' }>,
  signal: AbortSignal,
): Promise<void> {
  const { log, clock, readings } = context;
  const over = AbortSignal.any([signal, context.acts]);
  const waits = () => !over.aborted && log.state().steps[step.id]?.state === 'waiting';
  const how = { step: step.id, on: 'second', signal: over, routine: true } as const;
  while (waits()) {
    const read = await checkReadings(context, [...step.unless, ...step.readings], how);
    if (waits()) readings.set(step.id, read);
    await clock.sleep(READ_EVERY_MS, over);
  }
  readings.delete(step.id);
}
