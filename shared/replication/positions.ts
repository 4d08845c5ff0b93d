import {
  count as countMariadb,
  subtract as subtractMariadb,
  union as unionMariadb,
} from '../gtid/mariadb-algebra';
import { type MariadbPosition, parseMariadbPosition } from '../gtid/mariadb-list';
import { count as countMysql, subtract as subtractMysql } from '../gtid/mysql-algebra';
import { type MysqlGtidSet, parseMysqlSet, printMysqlSet } from '../gtid/mysql-set';
import type { ServerReading } from './model';

/** Transactions without a GTID are in no set: where there may be any, an empty difference proves nothing. */
export const hasAnonymous = ({ dialect, gtid }: ServerReading): boolean =>
  dialect === 'mysql' && gtid.mode !== null && gtid.mode.toUpperCase() !== 'ON';

/** What a server has of its history, in its dialect: compared only within one dialect. */
export type Position =
  | { readonly dialect: 'mysql'; readonly set: MysqlGtidSet }
  | { readonly dialect: 'mariadb'; readonly position: MariadbPosition };

/** Reads a position; null when there is none or it cannot be understood: then nothing is compared. */
export function positionOf(dialect: 'mysql' | 'mariadb' | null, text: string | null): Position | null {
  if (dialect === null || text === null) return null;
  if (dialect === 'mysql') {
    const set = parseMysqlSet(text);
    return set.ok ? { dialect, set: set.value } : null;
  }
  const position = parseMariadbPosition(text);
  return position.ok ? { dialect, position: position.value } : null;
}

/**
 * Everything a server shows. MariaDB: what replication applied (gtid_slave_pos) and what its own log holds
 * (gtid_binlog_pos) may each lack the other: the log without log_slave_updates, the former after a demotion.
 */
export function shownBy({ dialect, gtid }: ServerReading): Position | null {
  const own = positionOf(dialect, gtid.executed);
  const applied = dialect === 'mariadb' ? positionOf(dialect, gtid.slavePos) : null;
  return own?.dialect === 'mariadb' && applied?.dialect === 'mariadb'
    ? { dialect: 'mariadb', position: unionMariadb(own.position, applied.position) }
    : (own ?? applied);
}

export interface Difference {
  /** Exact for MySQL; for MariaDB at most, since sequence numbers may have gaps. */
  readonly count: bigint;
  /** MySQL: a GTID set. MariaDB: "domain: from-to" by domain. */
  readonly text: string;
}

/** What `a` has and `b` has not; null when they are not of one dialect. */
export function beyond(a: Position, b: Position): Difference | null {
  if (a.dialect === 'mysql' && b.dialect === 'mysql') {
    const set = subtractMysql(a.set, b.set);
    return { count: countMysql(set), text: printMysqlSet(set) };
  }
  if (a.dialect === 'mariadb' && b.dialect === 'mariadb') {
    const ranges = subtractMariadb(a.position, b.position);
    return {
      count: countMariadb(ranges),
      text: ranges.map(({ domain, from, to }) => `${domain}: ${from}-${to}`).join(', '),
    };
  }
  return null;
}
