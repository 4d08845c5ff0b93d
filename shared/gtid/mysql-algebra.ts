import { type Interval, type MysqlGtidSet, mysqlSetOf, originOf } from './mysql-set';

/**
 * The algebra of MySQL GTID sets, exact at any size. `subtract` and `contains` answer what the server's
 * GTID_SUBTRACT(a, b) and GTID_SUBSET(b, a) answer (MySQL manual, "Functions used with GTIDs").
 */

const NONE: readonly Interval[] = [];

export function union(a: MysqlGtidSet, b: MysqlGtidSet): MysqlGtidSet {
  const origins = new Set([...a.keys(), ...b.keys()]);
  return mysqlSetOf(
    [...origins].map((origin) => [origin, [...(a.get(origin) ?? NONE), ...(b.get(origin) ?? NONE)]] as const),
  );
}

/** What is in `a` and not in `b`. */
export function subtract(a: MysqlGtidSet, b: MysqlGtidSet): MysqlGtidSet {
  return mysqlSetOf(
    [...a].map(([origin, intervals]) => [origin, without(intervals, b.get(origin) ?? NONE)] as const),
  );
}

export const intersect = (a: MysqlGtidSet, b: MysqlGtidSet): MysqlGtidSet => subtract(a, subtract(a, b));

/** Does `a` hold everything that `b` holds? */
export const contains = (a: MysqlGtidSet, b: MysqlGtidSet): boolean => subtract(b, a).size === 0;

export const equal = (a: MysqlGtidSet, b: MysqlGtidSet): boolean => contains(a, b) && contains(b, a);

/** How many transactions a set names. */
export function count(set: MysqlGtidSet): bigint {
  let total = 0n;
  for (const intervals of set.values()) for (const { from, to } of intervals) total += to - from + 1n;
  return total;
}

/** The part of a set that one server wrote, tagged or not. */
export function writtenBy(set: MysqlGtidSet, uuid: string): MysqlGtidSet {
  const wanted = uuid.toLowerCase();
  return new Map([...set].filter(([origin]) => originOf(origin).uuid === wanted));
}

/** Intervals without others, both in canonical order: one walk along the two. */
function without(intervals: readonly Interval[], others: readonly Interval[]): Interval[] {
  const left: Interval[] = [];
  let index = 0;
  for (const { from, to } of intervals) {
    let start = from;
    while (index < others.length && (others[index]?.to ?? 0n) < start) index += 1;
    for (let next = index; start <= to; next += 1) {
      const other = others[next];
      if (!other || other.from > to) {
        left.push({ from: start, to });
        break;
      }
      if (other.from > start) left.push({ from: start, to: other.from - 1n });
      start = other.to + 1n;
    }
  }
  return left;
}
