import { cell, filled, rowsOf } from '../replication/rows';
import { answerOf, type HostReading } from '../snapshot';
import type { LastSeen } from './model';

/** What an answer, fresh or old, tells of a database server that cannot be asked any more. */
export interface LastTold {
  readonly seen: LastSeen | null;
  /** Path of its binary logs without the number, e.g. "/var/lib/mysql/binlog" (log_bin_basename). */
  readonly logBase: string | null;
  /** `schema.name` of the scheduled events that ran there. */
  readonly awake: readonly string[] | null;
}

/** Everything keeps the time at which it was read itself: a host that answers may have a server that has not for long. */
export function lastTold(reading: HostReading | undefined, service: string): LastTold {
  const rows = rowsOf(answerOf(reading)?.services[service]);
  const gtid = rows.all('gtid')?.[0];
  const at = rows.at('gtid');
  const text = (column: string) => (gtid ? (cell(gtid, column)?.replaceAll(/\s+/g, '') ?? null) : null);
  const position = text('gtid');
  return {
    seen: position === null || at === null ? null : { position, state: text('state'), at },
    logBase: filled(rows.named('variables', 'log_bin_basename')),
    awake:
      rows
        .all('events')
        ?.filter((row) => cell(row, 'status')?.toUpperCase() === 'ENABLED')
        .map((row) => `${cell(row, 'db') ?? '?'}.${cell(row, 'name') ?? '?'}`) ?? null,
  };
}

/** The newest of each, of several answers: what one does not tell, an older one may. */
export function newestTold(told: readonly LastTold[]): LastTold {
  const seen = told.flatMap((one) => one.seen ?? []);
  return {
    seen: seen.reduce<LastSeen | null>((best, one) => (best && best.at >= one.at ? best : one), null),
    logBase: told.find(({ logBase }) => logBase !== null)?.logBase ?? null,
    awake: told.find(({ awake }) => awake !== null)?.awake ?? null,
  };
}
