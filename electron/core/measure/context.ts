import type { OpenEstate } from '../open-estate';
import type { Ports } from '../ports';
import type { Lease } from '../ssh/lease';

/** What a measurement works with. It asks as the looking account and, a person having begun it, may ask them. */
export interface MeasureContext {
  open: OpenEstate;
  ports: Ports;
  host: string;
  signal: AbortSignal;
  /** So many samples, walks or answers so far; so many bytes, where they are what is measured. */
  progress(done: number, bytes?: number): void;
}

/** Runs `work` on a host's connection and gives it back, whatever happens. Rejects with Failure. */
export async function onHost<T>(
  { open, host, signal }: MeasureContext,
  work: (lease: Lease) => Promise<T>,
): Promise<T> {
  const lease = await open.sessions.acquire(host, { account: 'read', background: false, signal });
  try {
    return await work(lease);
  } finally {
    lease.release();
  }
}
