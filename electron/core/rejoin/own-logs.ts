import { toAppError } from '@shared/errors';
import type { Held } from '@shared/failover/positions';
import { OwnLogNotes } from '@shared/rejoin/own-log';
import type { OwnReading } from '@shared/rejoin/rejoin-ground';
import { readLogs } from '../failover/read-logs';
import { SalvageFile } from '../failover/salvage-file';
import type { Sessions } from '../ssh/lease';
import { readBack } from './read-back';

export interface OwnLogsOptions {
  sessions: Sessions;
  dataDir: string;
  /** Of the look: its folder here is called by it. */
  lookId: string;
  node: string;
  host: string;
  /** Path of its binary logs without their number. */
  base: string;
  /** Every transaction that the present primary has. */
  held: Held;
  signal: AbortSignal;
}

/**
 * The transactions that an old primary holds alone, from its binary logs, by the acting account and by reading alone; kept at
 * this desk as a log of their own (0600), and read back from there. Never rejects but when aborted.
 */
export async function readOwnLogs(options: OwnLogsOptions): Promise<Omit<OwnReading, 'touched'>> {
  const { sessions, dataDir, lookId, node, host, base, held, signal } = options;
  try {
    const lease = await sessions.acquire(host, { account: 'act', background: false, signal });
    try {
      const salvage = new SalvageFile(dataDir, lookId, node);
      const notes = new OwnLogNotes();
      const flush = () => salvage.flush();
      const { log, read } = await readLogs({ lease, base, held, copy: salvage.copy, flush, notes, signal });
      const { salvage: kept, error: salvageError } = await salvage.close();
      const error = log.state === 'not-asked' ? null : log.error;
      if (!read) return { read: null, error, log: null };
      const whole = await readBack({ ...read, salvage: kept, salvageError }, held);
      return { read: whole, error, log: notes.told() };
    } finally {
      lease.release();
    }
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    return { read: null, error: toAppError(thrown), log: null };
  }
}
