import { randomBytes } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { consentedOf } from '@shared/failover/consent';
import { lossOf } from '@shared/failover/loss';
import type { LastSeen } from '@shared/failover/model';
import { heldOf } from '@shared/failover/positions';
import { failure } from '../net/failure';
import type { DeskReading } from '../runbook/desk';
import type { Sessions } from '../ssh/lease';
import { readOldHost } from './old-host';
import { SalvageFile } from './salvage-file';

/**
 * What is lost now, told as in the look: by the logs of the old primary against all that the new one was just found to have.
 * Goes by what the plan gives it alone (`recountCommand`). What it finds is kept beside what the look kept: the newest whole
 * reading as `NODE.after-fence.binlog`. Answers with one row: kind, transactions, gtids.
 */
export function recountReading(sessions: Sessions, dataDir: string): DeskReading {
  return async (params, { timeoutMs, signal }) => {
    const { look = '', node = '', host = '', base = '', dialect, logged = '', applied = '' } = params;
    const held =
      dialect === 'mysql' || dialect === 'mariadb'
        ? heldOf({
            dialect,
            logged,
            applied,
            received: [params.received ?? ''],
            serverId: params.server ?? null,
          })
        : null;
    if (!held) throw failure('E_PLAN_INVALID', null, { text: 'what the new primary has is no position' });
    const lastSeen = seenIn(params);
    if (host === '') return answered(lossOf({ held, log: null, process: 'unknown', lastSeen }));
    const name = `${node}.after-fence`;
    const there = await readOldHost({
      ...{ sessions, host, base, held, stop: null },
      salvage: new SalvageFile(dataDir, look, `${name}-${randomBytes(3).toString('hex')}`),
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    await keepAs(there.read?.salvage?.file ?? null, name);
    return answered(lossOf({ held, log: there.read, process: there.process, lastSeen }));
  };
}

const answered = (loss: ReturnType<typeof lossOf>) => ({
  rows: [{ ...consentedOf(loss) }],
  stdout: '',
  exit: null,
});

const seenIn = ({
  seen = '',
  seenState = '',
  seenAt = '',
}: Readonly<Record<string, string>>): LastSeen | null =>
  seen === '' ? null : { position: seen, state: seenState === '' ? null : seenState, at: Number(seenAt) };

/** In the place of the one before. What cannot be renamed is kept all the same, under the name it has. */
async function keepAs(file: string | null, name: string): Promise<void> {
  if (file === null) return;
  const folder = file.slice(0, file.lastIndexOf('/') + 1);
  const safe = name.replaceAll(/[^\w.-]/g, '_');
  await rename(file, `${folder}${safe}.binlog`).catch(() => undefined);
}
