import { type Arrival, copyRate } from '@shared/measure/copy';
import type { RequestOf, Verdict } from '@shared/measure/model';
import type { Lease, Sessions } from '../ssh/lease';
import { createSessions } from '../ssh/sessions';
import { streamSsh } from '../ssh/stream-ssh';
import type { MeasureContext } from './context';

/** Arrivals closer together than this are one. */
const APART_MS = 50;
const SLACK_SECONDS = 5;

/**
 * Streams random bytes (nothing on the way can press them) from a host to this desk, where they are counted and dropped: no
 * file is read or written at either end. Each stream is a connection of its own, since what limits one is often its window.
 * Both bounds are kept at both ends. Rejects with Failure as acquire and streamSsh do.
 */
export async function measureCopy(
  context: MeasureContext,
  { subject, bytes, seconds, streams }: RequestOf<'copy'>,
): Promise<Verdict> {
  const { open, ports, signal, progress } = context;
  const { clock } = ports;
  const own: Sessions[] = Array.from({ length: streams }, () =>
    createSessions({ ...open, ports, lingerMs: 0 }),
  );
  const arrivals: Arrival[] = [];
  let total = 0;
  let last: Arrival | null = null;
  try {
    const leases: Lease[] = [];
    for (const sessions of own)
      leases.push(await sessions.acquire(subject, { account: 'read', background: false, signal }));
    const deadline = clock.monotonic() + seconds * 1000;
    const take = async (piece: Uint8Array) => {
      const monotonic = clock.monotonic();
      total += piece.length;
      last = { wall: clock.now(), monotonic, bytes: total };
      if (monotonic - (arrivals.at(-1)?.monotonic ?? Number.NEGATIVE_INFINITY) >= APART_MS) {
        arrivals.push(last);
        progress(arrivals.length, total);
      }
      return monotonic >= deadline ? ('enough' as const) : ('more' as const);
    };
    const each = Math.floor(bytes / streams);
    const limit = `${seconds + SLACK_SECONDS}`;
    const argv = ['timeout', '--foreground', limit, 'head', '-c', `${each}`, '/dev/urandom'];
    const options = { name: 'measure.copy', timeoutMs: (seconds + 2 * SLACK_SECONDS) * 1000, signal, take };
    await Promise.all(leases.map((lease) => streamSsh(lease, argv, options)));
    if (last !== null && last !== arrivals.at(-1)) arrivals.push(last);
    return copyRate(subject, arrivals, streams, await open.ledger.read());
  } finally {
    await Promise.all(own.map((sessions) => sessions.dispose({ drainMs: 0 })));
  }
}
