import { toAppError } from '@shared/errors';
import type { ClusterActing } from '@shared/estate/schema';
import type { BackupReading } from '@shared/switchover/readings';
import { failure } from '../net/failure';
import type { Sessions } from '../ssh/lease';
import { runSsh } from '../ssh/run-ssh';

const TIMEOUT_MS = 10_000;

/** When the mark of the last verified backup was touched, by the clock of its host. Rejects only when aborted. */
export async function readBackup(
  sessions: Sessions,
  backup: ClusterActing['backup'],
  signal: AbortSignal,
): Promise<BackupReading> {
  if (!backup) return { state: 'not-stated' };
  const { host, mark, withinHours: limitHours } = backup;
  try {
    const lease = await sessions.acquire(host, { account: 'act', background: false, signal });
    try {
      const argv = ['stat', '-L', '-c', '%Y', '--', mark];
      const name = 'switchover.backup';
      const { stdout, stderr, exit } = await runSsh(lease, argv, { name, timeoutMs: TIMEOUT_MS, signal });
      const seconds = /^\d+$/.exec(stdout.trim())?.[0];
      if (exit !== 0 || seconds === undefined)
        throw failure('E_BACKUP_MARK', host, { file: mark, text: stderr || stdout });
      return { state: 'read', host, mark, limitHours, verifiedAt: Number(seconds) * 1000 };
    } finally {
      lease.release();
    }
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    return { state: 'unknown', host, mark, limitHours, error: toAppError(thrown) };
  }
}
