import {
  type MariadbGtid,
  type MariadbPosition,
  type MariadbState,
  parseMariadbPosition,
  parseMariadbState,
  printMariadbList,
} from '../gtid/mariadb-list';
import { contains, count, subtract, union } from '../gtid/mysql-algebra';
import {
  type Interval,
  type MysqlGtidSet,
  mysqlSetOf,
  parseMysqlSet,
  printMysqlSet,
} from '../gtid/mysql-set';
import type { ServerReading } from '../replication/model';
import type { Gtid, LogBefore } from './log-gtids';

/** Everything that a server has of its source's history: applied, or received and still to be applied. */
export type Held =
  | { readonly dialect: 'mysql'; readonly set: MysqlGtidSet }
  | {
      readonly dialect: 'mariadb';
      /** How far what came from others reaches, by domain. */
      readonly position: MariadbPosition;
      /** What its own binary log has, by domain and server: tells what a position hides. */
      readonly state: MariadbState;
    };

/** How many transactions, and which, in words of the dialect. */
export interface Named {
  readonly count: bigint;
  /** A GTID set of MySQL; of MariaDB runs such as `0-1-100..311`, separated by commas. */
  readonly text: string;
}

/** What is in both forms of text; null: the server does not say enough. E.g. a channel without GTIDs. */
export function receivedBy(server: ServerReading): Held | null {
  const { dialect } = server;
  const { executed, state, slavePos } = server.gtid;
  const received = server.channels?.map((channel) => channel.received ?? '') ?? null;
  if (dialect === null || executed === null || received === null) return null;
  const logged = dialect === 'mysql' ? executed : state;
  if (logged === null) return null;
  return heldOf({ dialect, logged, applied: slavePos ?? '', received, serverId: server.identity.serverId });
}

/** Words of a server about itself, as it prints them. */
export interface HeldWords {
  readonly dialect: 'mysql' | 'mariadb';
  /** gtid_executed; MariaDB's gtid_binlog_state. */
  readonly logged: string;
  /** MariaDB's gtid_slave_pos; '' of MySQL, whose gtid_executed has it all. */
  readonly applied: string;
  /** Of each channel: RECEIVED_TRANSACTION_SET; MariaDB's Gtid_IO_Pos. */
  readonly received: readonly string[];
  readonly serverId: string | null;
}

/** What is in those words; null: one of them is no position. */
export function heldOf({ dialect, logged: text, applied, received, serverId: own }: HeldWords): Held | null {
  if (dialect === 'mysql') {
    const parts = [text, ...received].map(parseMysqlSet);
    const sets = parts.flatMap((part) => (part.ok ? [part.value] : []));
    return sets.length === parts.length ? { dialect: 'mysql', set: sets.reduce(union) } : null;
  }
  const positions = [...received, applied].map(parseMariadbPosition);
  const logged = parseMariadbState(text);
  if (!logged.ok || positions.some((one) => !one.ok)) return null;
  // A position that the server reached by writing itself says nothing of what came from others (strict mode off).
  const foreign = positions
    .flatMap((one) => (one.ok ? [...one.value.values()] : []))
    .filter((gtid) => `${gtid.server}` !== own);
  return { dialect: 'mariadb', position: furthest(foreign), state: logged.value };
}

/** What it has applied, in the same form; null: not known. */
export function appliedBy(server: ServerReading): Held | null {
  return receivedBy({ ...server, channels: [] });
}

function furthest(gtids: Iterable<MariadbGtid>): MariadbPosition {
  const all = new Map<number, MariadbGtid>();
  for (const gtid of gtids)
    if (gtid.sequence > (all.get(gtid.domain)?.sequence ?? -1n)) all.set(gtid.domain, gtid);
  return all;
}

/** Is it known to have this transaction? */
export function holds(held: Held, gtid: Gtid): boolean {
  if (held.dialect === 'mysql') {
    if (gtid.dialect !== 'mysql') return false;
    const intervals = held.set.get(gtid.origin) ?? [];
    return isIn(intervals, gtid.number);
  }
  if (gtid.dialect !== 'mariadb') return false;
  const { domain, server, sequence } = gtid;
  return (
    (held.position.get(domain)?.sequence ?? -1n) >= sequence ||
    (held.state.get(`${domain}-${server}`)?.sequence ?? -1n) >= sequence
  );
}

/** Intervals in order and apart from each other: halves until it is found. */
function isIn(intervals: readonly Interval[], number: bigint): boolean {
  let low = 0;
  let high = intervals.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const interval = intervals[middle];
    if (!interval) return false;
    if (number < interval.from) high = middle;
    else if (number > interval.to) low = middle + 1;
    else return true;
  }
  return false;
}

/** Has it all that was in the logs before a file? Then no older file is needed. */
export function holdsBefore(held: Held, before: LogBefore): boolean {
  if (before.dialect === 'mysql') return held.dialect === 'mysql' && contains(held.set, before.set);
  return before.last.every((gtid) => holds(held, { dialect: 'mariadb', ...gtid }));
}

/** What `a` has and `b` has not. Of MariaDB counted by sequence numbers, which a server gives without gaps. */
export function lacking(a: Held, b: Held): Named {
  if (a.dialect === 'mysql') return named(b.dialect === 'mysql' ? subtract(a.set, b.set) : a.set);
  const other: Held =
    b.dialect === 'mariadb' ? b : { dialect: 'mariadb', position: new Map(), state: new Map() };
  const top = furthest([...a.position.values(), ...a.state.values()]);
  const tally = new GtidTally();
  for (const gtid of top.values()) {
    if (holds(other, { dialect: 'mariadb', ...gtid })) continue;
    tally.run({ dialect: 'mariadb', ...gtid }, reachedIn(other, gtid.domain) + 1n);
  }
  return tally.named();
}

function reachedIn(held: Extract<Held, { dialect: 'mariadb' }>, domain: number): bigint {
  const all = [...held.position.values(), ...held.state.values()].filter((gtid) => gtid.domain === domain);
  return all.reduce((most, { sequence }) => (sequence > most ? sequence : most), 0n);
}

const named = (set: MysqlGtidSet): Named => ({ count: count(set), text: printMysqlSet(set) });

/** As the servers print it: for people, and to be compared by a server. */
export function positionText(held: Held): string {
  if (held.dialect === 'mysql') return printMysqlSet(held.set);
  return printMariadbList(furthest([...held.position.values(), ...held.state.values()]).values());
}

/** Where a server was when it was last read; null: what was read is no position. `state` is MariaDB's, where it was read. */
export function seenAs(dialect: 'mysql' | 'mariadb', executed: string, state: string | null): Held | null {
  if (dialect === 'mysql') {
    const set = parseMysqlSet(executed);
    return set.ok ? { dialect, set: set.value } : null;
  }
  const position = parseMariadbPosition(executed);
  const logged = parseMariadbState(state ?? '');
  return position.ok && logged.ok ? { dialect, position: position.value, state: logged.value } : null;
}

/** Transactions one by one, as a set: neighbours are joined as they come. */
export class GtidTally {
  private readonly mysql = new Map<string, Interval[]>();
  private readonly mariadb = new Map<string, Interval[]>();

  add(gtid: Gtid): void {
    if (gtid.dialect === 'mysql') this.note(this.mysql, gtid.origin, gtid.number, gtid.number);
    else this.run(gtid, gtid.sequence);
  }

  /** MariaDB: all from this sequence number up to the transaction's own. */
  run(gtid: Extract<Gtid, { dialect: 'mariadb' }>, from: bigint): void {
    this.note(this.mariadb, `${gtid.domain}-${gtid.server}`, from, gtid.sequence);
  }

  addSet(set: MysqlGtidSet): void {
    for (const [origin, intervals] of set)
      for (const { from, to } of intervals) this.note(this.mysql, origin, from, to);
  }

  named(): Named {
    const set = mysqlSetOf(this.mysql);
    const runs = mysqlSetOf(this.mariadb);
    const words = [...runs].flatMap(([origin, intervals]) =>
      intervals.map(({ from, to }) => `${origin}-${from}${from === to ? '' : `..${to}`}`),
    );
    return {
      count: count(set) + count(runs),
      text: [printMysqlSet(set), ...words].filter(Boolean).join(','),
    };
  }

  private note(all: Map<string, Interval[]>, origin: string, from: bigint, to: bigint): void {
    const intervals = all.get(origin);
    const last = intervals?.at(-1);
    if (!intervals) all.set(origin, [{ from, to }]);
    else if (last && last.to + 1n === from) intervals[intervals.length - 1] = { from: last.from, to };
    else intervals.push({ from, to });
  }
}
