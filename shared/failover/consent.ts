import { type MariadbGtid, parseMariadbList } from '../gtid/mariadb-list';
import { contains } from '../gtid/mysql-algebra';
import { type Interval, type MysqlGtidSet, mysqlSetOf, parseMysqlSet } from '../gtid/mysql-set';
import type { LossStatement } from './model';

/**
 * The part of a loss statement to which a person consents: how sure it is, how many, and which. A plan carries it, so that the
 * plan's hash covers it; what is found after the fence is held against it.
 */
export interface Consented {
  readonly kind: LossStatement['kind'];
  /** Count of transactions; '' where nobody knows any. */
  readonly transactions: string;
  readonly gtids: string;
}

export const consentedOf = (loss: LossStatement): Consented =>
  loss.kind === 'unknown'
    ? { kind: 'unknown', transactions: '', gtids: '' }
    : { kind: loss.kind, transactions: loss.transactions, gtids: loss.gtids };

/** From "these and no others" to "nobody knows". */
const SURENESS: readonly LossStatement['kind'][] = ['exact', 'at-least', 'unknown'];

/**
 * Is what is known now no more than what was consented to: not less sure, and naming nothing that was not named? Of an unknown
 * loss nothing was named: any transaction that is known to be lost now is more. null: a text that nobody understands.
 */
export function isNoMore(now: Consented, before: Consented): boolean | null {
  if (SURENESS.indexOf(now.kind) > SURENESS.indexOf(before.kind)) return false;
  if (now.kind === 'unknown') return true;
  if (BigInt(now.transactions) === 0n) return true;
  if (before.kind === 'unknown' || BigInt(now.transactions) > BigInt(before.transactions)) return false;
  const [named, allowed] = [namedSet(now.gtids), namedSet(before.gtids)];
  return named && allowed ? contains(allowed, named) : null;
}

/**
 * Both dialects' words as one kind of set: `uuid:1-5` of MySQL; of MariaDB `0-1-100..311`, whose origin is domain and server.
 * null: it is neither.
 */
function namedSet(text: string): MysqlGtidSet | null {
  if (text.includes(':')) {
    const set = parseMysqlSet(text);
    return set.ok ? set.value : null;
  }
  const all = new Map<string, Interval[]>();
  for (const word of text.split(',').filter(Boolean)) {
    const [first = '', last] = word.split('..');
    const gtid = gtidIn(first);
    if (!gtid || (last !== undefined && !/^\d+$/.test(last))) return null;
    const origin = `${gtid.domain}-${gtid.server}`;
    const to = last === undefined ? gtid.sequence : BigInt(last);
    all.set(origin, [...(all.get(origin) ?? []), { from: gtid.sequence, to }]);
  }
  return mysqlSetOf(all);
}

function gtidIn(text: string): MariadbGtid | null {
  const found = parseMariadbList(text);
  const [gtid = null, ...more] = found.ok ? found.value : [];
  return more.length === 0 ? gtid : null;
}
