import type { AppError } from '../errors';
import { count, subtract } from '../gtid/mysql-algebra';
import type { LogBefore } from './log-gtids';
import type { LogTold } from './log-tally';
import type { Decoded, LastSeen, LossStatement, Salvage } from './model';
import { type Held, lacking, type Named, seenAs } from './positions';

/** What was read of the old primary's binary logs, compared with what the candidate has. */
export interface LogRead {
  readonly told: LogTold;
  /** What was in the logs before the first that was read, as that one says; null: it does not say, or nothing was read. */
  readonly before: LogBefore | null;
  /** The candidate has all of that: nothing older is missing. */
  readonly fromKnown: boolean;
  /** Up to the end of the newest file, without trouble. */
  readonly toTheEnd: boolean;
  readonly torn: number;
  readonly salvage: Salvage | null;
  readonly salvageError: AppError | null;
}

export interface LossInput {
  /** Everything that the candidate has. */
  readonly held: Held;
  /** null: the host could not be reached, or its logs not be read at all. */
  readonly log: LogRead | null;
  /** Of the old server: whoever still runs may commit more. */
  readonly process: 'runs' | 'gone' | 'unknown';
  readonly lastSeen: LastSeen | null;
}

/**
 * What is lost when the candidate takes over and the old primary never comes back. Exact only where nothing can be added: its
 * process is gone, and its log was read from where the candidate has everything up to its end. (A server that starts again
 * brings back what its binary log holds, and nothing else: it is the coordinator of every commit.) Otherwise what it was seen
 * to have is a lower bound, and where that shows nothing, nothing is claimed.
 */
export function lossOf({ held, log, process, lastSeen }: LossInput): LossStatement {
  const older = log && !log.fromKnown ? olderThan(log.before, held) : NOTHING;
  if (log && older && log.toTheEnd && log.told.unnamed === 0n && process === 'gone') {
    const { transactions, gtids, decoded } = sum(log, older);
    return { kind: 'exact', transactions, gtids, ...decoded };
  }
  const seen = lastSeen && seenAs(held.dialect, lastSeen.position, lastSeen.state);
  const bySight = seen ? lacking(seen, held) : NOTHING;
  const byLog = log ? log.told.named.count + (older?.count ?? 0n) : 0n;
  if (log && byLog > 0n && byLog >= bySight.count) {
    const { transactions, gtids, decoded } = sum(log, older ?? NOTHING);
    return { kind: 'at-least', transactions, gtids, lastSeen, by: 'log', decoded };
  }
  if (bySight.count === 0n) return { kind: 'unknown', lastSeen };
  const decoded = log && log.told.transactions > 0n ? sum(log, NOTHING).decoded : null;
  const common = { transactions: `${bySight.count}`, gtids: bySight.text, lastSeen, decoded };
  return { kind: 'at-least', ...common, by: 'last-seen' };
}

const NOTHING: Named = { count: 0n, text: '' };

/**
 * Lost transactions that were in logs which are not there any more, told by the set at the head of the oldest one. Of MariaDB
 * that list holds the last of each origin alone, so that what is behind it can only be guessed: null.
 */
function olderThan(before: LogBefore | null, held: Held): Named | null {
  if (before?.dialect !== 'mysql' || held.dialect !== 'mysql') return null;
  const lost = subtract(before.set, held.set);
  return count(lost) === 0n ? NOTHING : lacking({ dialect: 'mysql', set: before.set }, held);
}

function sum(
  { told, torn, salvage, salvageError }: LogRead,
  older: Named,
): { transactions: string; gtids: string; decoded: Decoded } {
  const { since, until, tables, tablesCut, rows, cut, untold, named, transactions } = told;
  return {
    transactions: `${transactions + older.count}`,
    gtids: [older.text, named.text].filter(Boolean).join(','),
    decoded: {
      ...{ since, until, tables, tablesCut, rows, cut },
      ...{ untold: `${untold + older.count}`, torn, salvage, salvageError },
    },
  };
}
