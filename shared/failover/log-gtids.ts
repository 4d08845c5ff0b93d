import type { MariadbGtid } from '../gtid/mariadb-list';
import { type Interval, type MysqlGtidSet, mysqlSetOf } from '../gtid/mysql-set';
import { ByteReader, hex } from './byte-reader';
import { EVENT, type LogEvent } from './log-events';

/** The name of one transaction. */
export type Gtid =
  | { readonly dialect: 'mysql'; readonly origin: string; readonly number: bigint }
  | ({ readonly dialect: 'mariadb' } & MariadbGtid);

/** What begins a transaction in a binary log. */
export interface Begun {
  /** Null: written without one (gtid_mode off). */
  readonly gtid: Gtid | null;
  /** Epoch milliseconds at which it was committed first, by the clock of the server that did. */
  readonly at: number;
  /** MariaDB: one statement and nothing that ends it. */
  readonly standalone: boolean;
}

/** What was in the logs before this file. */
export type LogBefore =
  | { readonly dialect: 'mysql'; readonly set: MysqlGtidSet }
  | { readonly dialect: 'mariadb'; readonly last: readonly MariadbGtid[] };

/** Flags of MariaDB's GTID event (log_event.h): FL_STANDALONE. */
const STANDALONE = 1;
/** A commit time of MySQL with this bit has the original one behind it (control_events.h). */
const HAS_ORIGINAL = 1n << 55n;
const MICROSECONDS = 1000n;

/** null: this event begins nothing. `undefined`: it should, and cannot be understood. */
export function begunBy({ type, seconds, server, body }: LogEvent): Begun | null | undefined {
  switch (type) {
    case EVENT.gtid:
    case EVENT.anonymous:
      return body ? plain(body, type === EVENT.anonymous, seconds) : undefined;
    case EVENT.taggedGtid:
      return body ? tagged(body) : undefined;
    case EVENT.mariadbGtid:
      return body ? mariadb(body, server, seconds) : undefined;
    default:
      return null;
  }
}

/** Flags, uuid, number, and since 5.7 and 8.0 the clock of the group commit and the commit times. */
function plain(body: Uint8Array, anonymous: boolean, seconds: number): Begun | undefined {
  const reader = new ByteReader(body);
  reader.skip(1);
  const origin = uuidOf(reader.take(16));
  const number = reader.big(8);
  if (reader.over) return undefined;
  const gtid = anonymous ? null : ({ dialect: 'mysql', origin, number } as const);
  reader.skip(1 + 8 + 8);
  const immediate = reader.big(7);
  const original = immediate & HAS_ORIGINAL ? reader.big(7) : immediate;
  const at = reader.over || original === 0n ? seconds * 1000 : Number(original / MICROSECONDS);
  return { gtid, at, standalone: false };
}

const FIELD = { uuid: 1, number: 2, tag: 3, immediate: 6, original: 7 } as const;
/** Fields whose values are numbers without a sign, as every later one of this event is. */
const SIGNED = new Set<number>([FIELD.number, 4, 5]);

/** mysql::serialization: version, length, last field that must be known, then each field behind its number. */
function tagged(body: Uint8Array): Begun | undefined {
  const reader = new ByteReader(body);
  for (let word = 0; word < 3; word += 1) reader.variable();
  let origin = '';
  let tag = '';
  let number = 0n;
  let immediate = 0n;
  let original: bigint | null = null;
  while (reader.left > 0 && !reader.over) {
    const field = Number(reader.variable());
    if (field === FIELD.uuid)
      origin = uuidOf(Uint8Array.from({ length: 16 }, () => Number(reader.variable())));
    else if (field === FIELD.tag) tag = reader.ascii(Number(reader.variable()));
    else {
      const value = SIGNED.has(field) ? reader.signedVariable() : reader.variable();
      if (field === FIELD.number) number = value;
      else if (field === FIELD.immediate) immediate = value;
      else if (field === FIELD.original) original = value;
      // whatever comes after the times is of no use here, and may be of a kind that this version does not know
      if (field > FIELD.original) break;
    }
  }
  if (origin === '' || number < 1n) return undefined;
  const gtid = { dialect: 'mysql', origin: tag === '' ? origin : `${origin}:${tag}`, number } as const;
  return { gtid, at: Number((original ?? immediate) / MICROSECONDS), standalone: false };
}

function mariadb(body: Uint8Array, server: number, seconds: number): Begun | undefined {
  const reader = new ByteReader(body);
  const sequence = reader.big(8);
  const domain = reader.uint(4);
  const flags = reader.uint(1);
  if (reader.over) return undefined;
  const gtid = { dialect: 'mariadb', domain, server, sequence } as const;
  return { gtid, at: seconds * 1000, standalone: (flags & STANDALONE) !== 0 };
}

/** null: this event tells nothing of the kind. `undefined`: it should, and cannot be understood. */
export function beforeBy({ type, body }: LogEvent): LogBefore | null | undefined {
  if (type === EVENT.previousGtids) return body ? previousSet(body) : undefined;
  if (type === EVENT.mariadbGtidList) return body ? gtidList(body) : undefined;
  return null;
}

/**
 * Gtid_set::encode of MySQL: how many origins, then of each its uuid and intervals. A set with tags has a 1 in the first
 * byte and in the last of the count, and each origin has its tag behind the uuid (seen on 9.7).
 */
function previousSet(body: Uint8Array): LogBefore | undefined {
  const reader = new ByteReader(body);
  const count = reader.take(8);
  const withTags = count[7] === 1;
  const origins = new ByteReader(withTags ? count.subarray(1, 7) : count.subarray(0, 6)).uint(6);
  const parts: [string, Interval[]][] = [];
  for (let index = 0; index < origins && !reader.over; index += 1) {
    const uuid = uuidOf(reader.take(16));
    const tag = withTags ? reader.ascii(Number(reader.variable())) : '';
    const intervals: Interval[] = [];
    const many = Number(reader.big(8));
    for (let one = 0; one < many && !reader.over; one += 1) {
      const from = reader.big(8);
      intervals.push({ from, to: reader.big(8) - 1n });
    }
    parts.push([tag === '' ? uuid : `${uuid}:${tag}`, intervals]);
  }
  return reader.over || count.length < 8 ? undefined : { dialect: 'mysql', set: mysqlSetOf(parts) };
}

/** Count in the low 28 bits, then domain, server and sequence of the last one each. */
function gtidList(body: Uint8Array): LogBefore | undefined {
  const reader = new ByteReader(body);
  const count = reader.uint(4) % 2 ** 28;
  const last: MariadbGtid[] = [];
  for (let index = 0; index < count && !reader.over; index += 1) {
    const domain = reader.uint(4);
    const server = reader.uint(4);
    last.push({ domain, server, sequence: reader.big(8) });
  }
  return reader.over ? undefined : { dialect: 'mariadb', last };
}

function uuidOf(bytes: Uint8Array): string {
  return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
