import { ByteReader } from './byte-reader';
import { EVENT, type LogEvent, LogSplitter, type LogTrouble } from './log-events';
import { type Begun, beforeBy, begunBy, type LogBefore } from './log-gtids';
import { type Change, isRows, rowsIn, type TableMap, tableIdOf, tableMapOf } from './log-rows';
import { type Held, holds } from './positions';

/**
 * Reads binary logs of MySQL and MariaDB as they come, and tells of every transaction that somebody does not have: its
 * name, its commit time, its rows. A transaction counts when its end was read: a server that died while it wrote one throws
 * that one away when it starts again, and nobody was told that it was done.
 */

export interface ReadRow {
  readonly schema: string;
  readonly table: string;
  readonly change: Change;
  readonly text: string;
}
export interface ReadTable {
  readonly schema: string;
  readonly table: string;
  readonly insert: number;
  readonly update: number;
  readonly delete: number;
}
export interface ReadTransaction {
  readonly begun: Begun;
  readonly tables: readonly ReadTable[];
  readonly rows: readonly ReadRow[];
  /** Some of what it did is not in rows that can be told: statements, compressed events, rows too large. */
  readonly untold: boolean;
  /** Some of its rows are not in the log with all their columns (binlog_row_image): they cannot be turned back. */
  readonly partial: boolean;
  /** Where it begins in its file, and where what follows it begins: bytes. */
  readonly from: number;
  readonly to: number;
}

/** Where the transactions that are missing go, as they stand in the log, behind the event that says how to read them. */
export interface LogCopy {
  begin(): void;
  bytes(piece: Uint8Array): void;
  /** `whole`: false when it never ended; what came since `begin` is no transaction then. */
  end(whole: boolean): void;
}

/** Rows of one transaction that are kept in words. */
const ROWS_KEPT = 200;

interface Open {
  begun: Begun;
  missing: boolean;
  /** MySQL: a BEGIN was read, so a statement does not end it. */
  inside: boolean;
  maps: Map<number, TableMap>;
  tables: Map<string, { -readonly [Key in keyof ReadTable]: ReadTable[Key] }>;
  rows: ReadRow[];
  untold: boolean;
  partial: boolean;
  from: number;
}

export interface BinlogOptions {
  /** Whoever has these transactions; null: only the beginning of the file is of interest. */
  held: Held | null;
  each?(transaction: ReadTransaction): void;
  /** A transaction begins that is not missing. */
  passes?(): void;
  copy?: LogCopy;
}

/** One file. */
export class BinlogReader {
  /** What was in the logs before it; null until it was read. */
  before: LogBefore | null = null;
  private readonly options: BinlogOptions;
  private readonly splitter: LogSplitter;
  private open: Open | null = null;
  private format: Uint8Array[] = [];
  private begin: Uint8Array[] = [];
  private goesTo: Uint8Array[] | 'copy' | null = null;
  private misread = false;
  /** Where the event at hand begins, and the one behind it. */
  private at = 0;
  private next = MAGIC_BYTES;

  constructor(options: BinlogOptions) {
    this.options = options;
    this.splitter = new LogSplitter({
      head: (type, header) => this.head(type, header),
      bytes: (piece) => this.bytes(piece),
      event: (event) => this.event(event),
    });
  }

  get trouble(): LogTrouble | null {
    return this.misread ? 'damaged' : this.splitter.trouble;
  }

  push(piece: Uint8Array): void {
    if (!this.misread) this.splitter.push(piece);
  }

  /** The file is over. `torn`: it ends within a transaction, which is none. */
  end(): { torn: boolean } {
    const torn = this.open !== null || this.splitter.torn;
    this.close(false);
    return { torn };
  }

  private head(type: number, header: Uint8Array): boolean {
    this.at = this.next;
    this.next += new ByteReader(header, SIZE_AT).uint(4);
    if (type === EVENT.format) this.goesTo = this.format = [];
    else if (BEGINS.has(type)) this.goesTo = this.begin = [];
    else this.goesTo = this.open?.missing ? 'copy' : null;
    this.bytes(header);
    return this.open?.missing === true || !(isRows(type) || type === EVENT.tableMap);
  }

  private bytes(piece: Uint8Array): void {
    if (this.goesTo === 'copy') this.options.copy?.bytes(piece);
    else this.goesTo?.push(piece.slice());
  }

  private event(event: LogEvent): void {
    if (this.misread) return;
    const before = beforeBy(event);
    const begun = begunBy(event);
    if (before === undefined || begun === undefined) {
      this.misread = true;
      return;
    }
    if (before) this.before ??= before;
    if (begun) this.start(begun);
    else if (this.open) this.go(this.open, event);
  }

  private start(begun: Begun): void {
    this.close(false);
    const { held, copy } = this.options;
    const missing = held !== null && !(begun.gtid && holds(held, begun.gtid));
    this.open = {
      begun,
      missing,
      inside: false,
      maps: new Map(),
      tables: new Map(),
      rows: [],
      untold: false,
      partial: false,
      from: this.at,
    };
    if (held !== null && !missing) this.options.passes?.();
    if (!missing || !copy) return;
    copy.begin();
    for (const piece of [...this.format, ...this.begin]) copy.bytes(piece);
  }

  private go(open: Open, event: LogEvent): void {
    const { type, body } = event;
    if (type === EVENT.payload) open.untold = true;
    if (ENDS.has(type)) this.close(true);
    else if (type === EVENT.query || type === EVENT.compressedQuery) this.query(open, type, body);
    else if (!open.missing) return;
    else if (type === EVENT.tableMap) {
      const map = body && tableMapOf(body);
      if (map) open.maps.set(map.id, map);
    } else if (isRows(type)) told(open, type, body);
    else if (STATEMENTS.has(type)) open.untold = true;
  }

  private query(open: Open, type: number, body: Uint8Array | null): void {
    const words = body && type === EVENT.query ? wordsOf(body) : '';
    const ends = words === 'COMMIT' || words === 'ROLLBACK';
    if (words === 'BEGIN' || words.startsWith('XA START') || words.startsWith('XA END')) open.inside = true;
    else {
      const alone = open.begun.gtid?.dialect === 'mariadb' ? open.begun.standalone : !open.inside;
      open.untold ||= !ends;
      if (ends || alone) this.close(true);
    }
  }

  private close(whole: boolean): void {
    const { open } = this;
    this.open = null;
    if (!open?.missing) return;
    this.options.copy?.end(whole);
    if (!whole) return;
    this.format = [];
    const { begun, tables, rows, untold, partial, from } = open;
    const range = { from, to: this.next };
    this.options.each?.({ begun, tables: [...tables.values()], rows, untold, partial, ...range });
  }
}

/** What stands before the first event, and where an event's header says its length. */
const MAGIC_BYTES = 4;
const SIZE_AT = 9;
const BEGINS: ReadonlySet<number> = new Set([
  EVENT.gtid,
  EVENT.anonymous,
  EVENT.taggedGtid,
  EVENT.mariadbGtid,
]);
/** A transaction that MySQL has compressed as a whole comes as one event, its end included. */
const ENDS: ReadonlySet<number> = new Set([EVENT.xid, EVENT.xaPrepare, EVENT.payload]);
/** Events of statements without rows: LOAD DATA in its three forms. */
const STATEMENTS: ReadonlySet<number> = new Set([6, 12, 18]);

function told(open: Open, type: number, body: Uint8Array | null): void {
  const map = body && open.maps.get(tableIdOf(body));
  const kept: string[] = [];
  const found =
    map && rowsIn(type, body, map, ({ text }) => void (kept.length < ROWS_KEPT && kept.push(text)));
  if (!found) {
    open.untold = true;
    return;
  }
  open.partial ||= !found.whole;
  const { schema, table } = map;
  const key = JSON.stringify([schema, table]);
  const sum = open.tables.get(key) ?? { schema, table, insert: 0, update: 0, delete: 0 };
  sum[found.change] += found.count;
  open.tables.set(key, sum);
  const room = ROWS_KEPT - open.rows.length;
  open.rows.push(...kept.slice(0, room).map((text) => ({ schema, table, change: found.change, text })));
}

/** The statement of a query event, as far as it has to be known. */
function wordsOf(body: Uint8Array): string {
  const reader = new ByteReader(body, 8);
  const database = reader.uint(1);
  reader.skip(2);
  reader.skip(reader.uint(2));
  reader.skip(database + 1);
  return reader.ascii(Math.min(reader.left, 16)).toUpperCase().trim();
}
