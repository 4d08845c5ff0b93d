import type { Signal } from '@shared/contract-kit';

/** The contract's signal as Node's own, which the core's functions take. */
export function abortSignal(signal: Signal): AbortSignal {
  const controller = new AbortController();
  if (signal.aborted) controller.abort();
  else signal.addEventListener('abort', () => controller.abort());
  return controller.signal;
}
