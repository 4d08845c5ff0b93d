import { latency } from '@shared/measure/latency';
import type { RequestOf, Verdict } from '@shared/measure/model';
import { LATENCY_LIMIT_SECONDS } from '@shared/measure/offers';
import { failure, throwIfAborted } from '../net/failure';
import { type MeasureContext, onHost } from './context';

/**
 * Asks a host's sshd what changes nothing and needs no command (see silence-watch.ts), one question after the other, on the
 * connection that stands. The first answer warms the way and does not count. Rejects with E_SILENT when one does not come.
 */
export async function measureLatency(
  context: MeasureContext,
  { samples }: RequestOf<'latency'>,
): Promise<Verdict> {
  const { ports, host, signal, progress } = context;
  const { clock } = ports;
  return onHost(context, async (lease) => {
    const tookMs: number[] = [];
    for (let count = 0; count <= samples; count += 1) {
      const late = AbortSignal.timeout(LATENCY_LIMIT_SECONDS * 1000);
      const before = clock.monotonic();
      const isAnswered = await lease.answers(AbortSignal.any([signal, lease.lost, late]));
      const after = clock.monotonic();
      throwIfAborted(signal, host);
      if (lease.lost.aborted) throw lease.lost.reason;
      if (!isAnswered) throw failure('E_SILENT', host, { seconds: `${LATENCY_LIMIT_SECONDS}` });
      if (count > 0) tookMs.push(after - before);
      progress(tookMs.length);
    }
    return latency(tookMs);
  });
}
