import { type MariadbGtid, parseMariadbState } from '../gtid/mariadb-list';

/** The history that an old primary of MariaDB shares with the present one. */
export interface CommonHistory {
  /** For `gtid_binlog_state`: the last of each server, the newest one last, which is the one that the server goes on from. */
  state: string;
  /** The newest of them: for `gtid_slave_pos`. */
  position: string;
}

/**
 * What is left of `old`'s history without what it holds alone. `several-domains`: their transactions have no common order.
 * `nothing`: the two share none, so that there is no moment to go back to. Pure.
 * @param old `gtid_binlog_state` of the old primary
 * @param next the same of the present one; null: a text that is none
 */
export function commonHistory(
  old: string,
  next: string,
): CommonHistory | 'several-domains' | 'nothing' | 'unknown' {
  const [own, theirs] = [parseMariadbState(old), parseMariadbState(next)];
  if (!own.ok || !theirs.ok) return 'unknown';
  const domains = new Set([...own.value.values(), ...theirs.value.values()].map(({ domain }) => domain));
  if (domains.size > 1) return 'several-domains';
  const shared = [...own.value]
    .flatMap(([origin, gtid]) => {
      const other = theirs.value.get(origin);
      return other ? [other.sequence < gtid.sequence ? other : gtid] : [];
    })
    .toSorted((a, b) => (a.sequence < b.sequence ? -1 : 1));
  const newest = shared.at(-1);
  if (!newest) return 'nothing';
  return { state: shared.map(printed).join(','), position: printed(newest) };
}

const printed = ({ domain, server, sequence }: MariadbGtid): string => `${domain}-${server}-${sequence}`;
