import type { MariadbGtid, MariadbPosition, MariadbRange, MariadbState } from './mariadb-list';

/**
 * A MariaDB position stands for a whole history: within a domain, everything up to its sequence number
 * (MariaDB knowledge base, "Global Transaction ID"). That holds while sequence numbers only grow, which
 * gtid_strict_mode enforces; without it an empty difference means "none seen", not "none".
 */

/** The further of the two in every domain. */
export function union(a: MariadbPosition, b: MariadbPosition): MariadbPosition {
  const all = new Map(a);
  for (const [domain, gtid] of b) {
    const own = all.get(domain);
    if (!own || gtid.sequence > own.sequence) all.set(domain, gtid);
  }
  return all;
}

/** What `a` has behind it and `b` has not. */
export function subtract(a: MariadbPosition, b: MariadbPosition): MariadbRange[] {
  return [...a.values()].flatMap(({ domain, sequence }) => {
    const reached = b.get(domain)?.sequence ?? 0n;
    return sequence > reached ? [{ domain, from: reached + 1n, to: sequence }] : [];
  });
}

export const contains = (a: MariadbPosition, b: MariadbPosition): boolean => subtract(b, a).length === 0;

/** Transactions in the ranges, at most: sequence numbers may have gaps. */
export const count = (ranges: readonly MariadbRange[]): bigint =>
  ranges.reduce((sum, { from, to }) => sum + to - from + 1n, 0n);

/**
 * Domains in which both stand at the same sequence by different servers: two histories that parted, whatever
 * their numbers say.
 */
export function conflicts(a: MariadbPosition, b: MariadbPosition): MariadbGtid[] {
  return [...a.values()].filter((gtid) => {
    const other = b.get(gtid.domain);
    return other !== undefined && other.sequence === gtid.sequence && other.server !== gtid.server;
  });
}

/**
 * What a binary log holds that another does not, told per (domain, server): finds a transaction that the
 * position hides, because a later one of another server stands above it.
 */
export function ahead(a: MariadbState, b: MariadbState): { gtid: MariadbGtid; after: bigint }[] {
  return [...a].flatMap(([origin, gtid]) => {
    const after = b.get(origin)?.sequence ?? 0n;
    return gtid.sequence > after ? [{ gtid, after }] : [];
  });
}
