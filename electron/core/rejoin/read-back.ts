import { createReadStream } from 'node:fs';
import { toAppError } from '@shared/errors';
import { BinlogReader } from '@shared/failover/binlog';
import { LogTally, type LogTold } from '@shared/failover/log-tally';
import type { LogRead } from '@shared/failover/loss';
import type { Held } from '@shared/failover/positions';
import { failure } from '../net/failure';

/**
 * What was saved, read again from the disk: it counts as saved only where it tells the same transactions as the logs did. Never
 * rejects: what is wrong with it is told instead.
 */
export async function readBack(read: LogRead, held: Held): Promise<LogRead> {
  const { salvage, told } = read;
  if (!salvage) return read;
  const { file } = salvage;
  try {
    const tally = new LogTally();
    const reader = new BinlogReader({ held, each: (transaction) => tally.add(transaction) });
    for await (const piece of createReadStream(file)) reader.push(piece);
    const { torn } = reader.end();
    if (!torn && reader.trouble === null && sameTold(tally.told(), told)) return read;
    const text = 'it does not read back as it was written';
    return { ...read, salvage: null, salvageError: failure('E_STORE_WRITE', null, { file, text }).error };
  } catch (thrown) {
    return { ...read, salvage: null, salvageError: toAppError(thrown) };
  }
}

/** The same transactions by name and number, and as many rows of the same tables. */
function sameTold(one: LogTold, other: LogTold): boolean {
  const key = ({ named, transactions, tables }: LogTold) =>
    JSON.stringify([
      named.text,
      `${transactions}`,
      tables
        .map(({ schema, table, inserts, updates, deletes }) => [schema, table, inserts, updates, deletes])
        .toSorted(),
    ]);
  return key(one) === key(other);
}
