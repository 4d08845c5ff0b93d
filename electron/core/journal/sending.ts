import { toAppError } from '@shared/errors';
import type { Sending } from '@shared/journal/entry';
import type { Journal } from '../ports';

type Sent = Omit<Sending, 'durationMs' | 'result'>;

/** Runs what sends one command, statement or request, and writes down how it ended. Passes its outcome on. */
export async function journalled<T extends { at: number; durationMs: number; bytes: number }>(
  journal: Journal,
  sent: Sent,
  run: () => Promise<T>,
  statusOf: (output: T) => number | null,
): Promise<T> {
  const at = Date.now();
  const started = performance.now();
  try {
    const output = await run();
    const { durationMs, bytes } = output;
    const result = { state: 'done', status: statusOf(output), bytes } as const;
    journal.note({ ...sent, durationMs, result }, output.at);
    return output;
  } catch (thrown) {
    const { remedy: _, ...error } = toAppError(thrown);
    const durationMs = performance.now() - started;
    journal.note({ ...sent, durationMs, result: { state: 'failed', error } }, at);
    throw thrown;
  }
}
