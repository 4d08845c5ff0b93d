import type { Leaf } from '@shared/runbook/order';
import type { RunContext } from './context';
import { runCommand } from './run-command';

/** Asks now and then how far a step is, beside it. Returns how to stop. What it cannot read it leaves as it was. */
export function watchProgress(context: RunContext, step: Leaf): () => void {
  if (step.kind !== 'act' || step.progress === null) return () => {};
  const { command, unit, everyMs } = step.progress;
  const stop = new AbortController();
  const ask = async (): Promise<void> => {
    for (;;) {
      await context.clock.sleep(everyMs, stop.signal);
      if (stop.signal.aborted) return;
      const how = { step: step.id, on: 'second', signal: stop.signal, routine: true } as const;
      const answer = await runCommand(context, command, how).catch(() => null);
      const [row] = answer?.rows ?? [];
      const done = Number(row?.done);
      const total = Number(row?.total);
      if (row?.done && Number.isFinite(done))
        context.progress.set(step.id, { done, total: total > 0 ? total : null, unit });
    }
  };
  void ask();
  return () => stop.abort();
}
