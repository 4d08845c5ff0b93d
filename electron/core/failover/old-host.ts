import { type AppError, toAppError } from '@shared/errors';
import type { LogRead } from '@shared/failover/loss';
import type { OldLog } from '@shared/failover/model';
import type { Held } from '@shared/failover/positions';
import { PROCESSES, serverProcess } from '@shared/failover/processes';
import type { Lease, Sessions } from '../ssh/lease';
import { runSsh } from '../ssh/run-ssh';
import { sudoRefusals } from '../switchover/sudo';
import { readLogs } from './read-logs';
import type { SalvageFile } from './salvage-file';

export interface OldHostOptions {
  sessions: Sessions;
  host: string;
  /** Path of its binary logs without their number. */
  base: string;
  /** What the candidate has; null: there is nobody to compare with, and the logs are left alone. */
  held: Held | null;
  salvage: SalvageFile;
  /** What stops the service there, as root; null: in a way of its own, of which nobody can tell before. */
  stop: readonly string[] | null;
  signal: AbortSignal;
}

/** What the host of the old primary still tells, by the acting account and by reading alone. */
export interface OldHost {
  /** null: it was reached. */
  ssh: AppError | null;
  process: 'runs' | 'gone' | 'unknown';
  log: OldLog;
  read: LogRead | null;
  mayStop: boolean | null;
}

const PROCESSES_MS = 10_000;

/** Never rejects but when aborted. */
export async function readOldHost(options: OldHostOptions): Promise<OldHost> {
  const { sessions, host, signal } = options;
  let lease: Lease;
  try {
    lease = await sessions.acquire(host, { account: 'act', background: false, signal });
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    const error = toAppError(thrown);
    return { ssh: error, process: 'unknown', log: { state: 'unread', error }, read: null, mayStop: null };
  }
  try {
    return await readOver(lease, options);
  } finally {
    lease.release();
  }
}

async function readOver(lease: Lease, options: OldHostOptions): Promise<OldHost> {
  const { held, salvage, base, stop, signal } = options;
  const mayStop = stop
    ? await orNull(async () => (await sudoRefusals(lease, [stop], signal)).length === 0, signal)
    : null;
  const first = await processOn(lease, signal);
  if (held === null) return { ssh: null, process: first, log: { state: 'not-asked' }, read: null, mayStop };
  const flush = () => salvage.flush();
  const { log, read } = await readLogs({ lease, base, held, copy: salvage.copy, flush, signal });
  const { salvage: kept, error: salvageError } = await salvage.close();
  // Whoever is back by now may have written what was read past; whoever was there then may have, too.
  const second = await processOn(lease, signal);
  const process = first === second ? first : first === 'unknown' || second === 'unknown' ? 'unknown' : 'runs';
  return { ssh: null, process, log, read: read && { ...read, salvage: kept, salvageError }, mayStop };
}

async function processOn(lease: Lease, signal: AbortSignal): Promise<OldHost['process']> {
  const how = { name: 'failover.processes', timeoutMs: PROCESSES_MS, signal };
  const answer = await orNull(() => runSsh(lease, ['sh', '-c', PROCESSES], how), signal);
  return answer && !answer.truncated ? serverProcess(answer.stdout, answer.exit) : 'unknown';
}

async function orNull<T>(read: () => Promise<T>, signal: AbortSignal): Promise<T | null> {
  try {
    return await read();
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    return null;
  }
}
