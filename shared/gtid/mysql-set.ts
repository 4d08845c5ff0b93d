import type { AppError, Result } from '../errors';
import { err, ok } from '../errors';
import { gtidMistake } from './mistake';

/** Transactions from…to of one origin, both included. */
export interface Interval {
  readonly from: bigint;
  readonly to: bigint;
}

/**
 * A MySQL GTID set. The key is the origin: the server's UUID, or UUID:tag for tagged transactions (8.3 and
 * later). Intervals are in order, apart from each other and never empty; no origin is without intervals.
 */
export type MysqlGtidSet = ReadonlyMap<string, readonly Interval[]>;

/** The last transaction number a server can give: GNO_END - 1 (rpl_gtid.h). */
const LAST = 2n ** 63n - 2n;
const UUID = /^([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})$/;
/** MySQL manual, "GTID format and storage": a letter or underscore, then at most 31 more; case does not count. */
const TAG = /^[a-z_][a-z0-9_]{0,31}$/;
const INTERVAL = /^(\d{1,19})(?:-(\d{1,19}))?$/;

/**
 * Reads a set as the server prints it or a person writes it: any case, any white space, any order, overlapping
 * intervals. E_GTID with the part that cannot be understood; a set is never read in part.
 */
export function parseMysqlSet(text: string): Result<MysqlGtidSet, AppError> {
  const found = new Map<string, Interval[]>();
  for (const part of text.toLowerCase().replace(/\s+/g, '').split(',')) {
    if (part === '') continue;
    const mistake = readPart(part, found);
    if (mistake !== null) return err(gtidMistake(mistake));
  }
  return ok(mysqlSetOf(found));
}

/** One `uuid:1-5:tag:1-3`; gives what could not be understood, else null. */
function readPart(part: string, into: Map<string, Interval[]>): string | null {
  const [head = '', ...words] = part.split(':');
  const uuid = UUID.exec(head)?.slice(1).join('-');
  if (uuid === undefined || words.length === 0) return part;
  let origin = uuid;
  let awaitsInterval = true;
  for (const word of words) {
    const match = INTERVAL.exec(word);
    if (match) {
      const interval = { from: BigInt(match[1] ?? 0), to: BigInt(match[2] ?? match[1] ?? 0) };
      if (interval.from < 1n || interval.to < interval.from || interval.to > LAST) return part;
      into.set(origin, [...(into.get(origin) ?? []), interval]);
      awaitsInterval = false;
    } else if (TAG.test(word) && (origin === uuid || !awaitsInterval)) {
      origin = `${uuid}:${word}`;
      awaitsInterval = true;
    } else return part;
  }
  return awaitsInterval ? part : null;
}

/** Brings intervals into canonical form: sorted, overlapping and touching ones joined, empty origins gone. */
export function mysqlSetOf(parts: Iterable<readonly [string, readonly Interval[]]>): MysqlGtidSet {
  const set = new Map<string, readonly Interval[]>();
  for (const [origin, intervals] of parts) {
    const joined: Interval[] = [];
    for (const next of [...intervals].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))) {
      const last = joined.at(-1);
      if (last && next.from <= last.to + 1n)
        joined[joined.length - 1] = { from: last.from, to: next.to > last.to ? next.to : last.to };
      else joined.push(next);
    }
    if (joined.length > 0) set.set(origin, joined);
  }
  return new Map([...set].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The text as the server prints it, without line breaks: `uuid:1-5:8:tag:1-3,uuid:…`. The empty set is ''. */
export function printMysqlSet(set: MysqlGtidSet): string {
  const byUuid = new Map<string, string>();
  for (const [origin, intervals] of set) {
    const { uuid, tag } = originOf(origin);
    const numbers = intervals.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(':');
    byUuid.set(uuid, `${byUuid.get(uuid) ?? uuid}:${tag === null ? '' : `${tag}:`}${numbers}`);
  }
  return [...byUuid.values()].join(',');
}

/** UUID and tag of an origin; without a tag, null. */
export function originOf(origin: string): { uuid: string; tag: string | null } {
  const colon = origin.indexOf(':');
  return colon < 0
    ? { uuid: origin, tag: null }
    : { uuid: origin.slice(0, colon), tag: origin.slice(colon + 1) };
}
