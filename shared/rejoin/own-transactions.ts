import { ahead } from '../gtid/mariadb-algebra';
import { type MariadbGtid, type MariadbState, parseMariadbState } from '../gtid/mariadb-list';
import { count, subtract } from '../gtid/mysql-algebra';
import { parseMysqlSet, printMysqlSet } from '../gtid/mysql-set';
import { isMysql } from '../switchover/member';
import type { MemberReading } from '../switchover/readings';

/** What an old primary holds and the new one does not. */
export interface OwnTransactions {
  /** MySQL: a GTID set. MariaDB: "0-1-101…0-1-103", by domain and server. */
  text: string;
  count: bigint;
}

type Placed = Pick<MemberReading, 'dialect' | 'position' | 'binlogState'>;

/**
 * null: it has nothing of its own. `unknown`: one of the two did not tell its history, or in words nobody understands; or the old
 * one has none at all (RESET MASTER), which says nothing of its rows.
 */
export function ownTransactions(old: Placed, next: Placed): OwnTransactions | null | 'unknown' {
  return isMysql(old) ? mysqlOwn(old.position, next.position) : mariadbOwn(old.binlogState, next.binlogState);
}

function mysqlOwn(own: string | null, theirs: string | null): OwnTransactions | null | 'unknown' {
  const [mine, other] = [own, theirs].map((text) => (text === null ? null : parseMysqlSet(text)));
  if (!mine?.ok || !other?.ok || mine.value.size === 0) return 'unknown';
  const rest = subtract(mine.value, other.value);
  return rest.size === 0 ? null : { text: printMysqlSet(rest), count: count(rest) };
}

function mariadbOwn(own: string | null, theirs: string | null): OwnTransactions | null | 'unknown' {
  const [mine, other] = [own, theirs].map((text) => (text === null ? null : parseMariadbState(text)));
  if (!mine?.ok || !other?.ok || mine.value.size === 0) return 'unknown';
  const ranges = ahead(mine.value, other.value).map(({ gtid, after }) =>
    rangeOf(gtid, after, mine.value, other.value),
  );
  if (ranges.length === 0) return null;
  return {
    text: ranges.map(({ text }) => text).join(', '),
    count: ranges.reduce((sum, range) => sum + range.count, 0n),
  };
}

/**
 * A server gives each transaction of its own the next number of the domain: those it wrote alone begin above all that
 * both have there, whoever wrote that.
 */
function rangeOf(
  { domain, server, sequence }: MariadbGtid,
  after: bigint,
  own: MariadbState,
  theirs: MariadbState,
): OwnTransactions {
  const shared = [...own]
    .filter(
      ([origin, gtid]) => gtid.domain === domain && gtid.sequence <= (theirs.get(origin)?.sequence ?? 0n),
    )
    .map(([, gtid]) => gtid.sequence)
    .filter((one) => one < sequence);
  const last = shared.reduce((most, one) => (one > most ? one : most), after);
  const named = (number: bigint) => `${domain}-${server}-${number}`;
  const first = last + 1n;
  return {
    text: first === sequence ? named(sequence) : `${named(first)}…${named(sequence)}`,
    count: sequence - last,
  };
}
