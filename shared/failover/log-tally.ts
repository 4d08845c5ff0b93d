import { cutAt } from '../clean';
import type { ReadTransaction } from './binlog';
import type { LostRow, LostTable } from './model';
import { GtidTally, type Named } from './positions';

/** Rows that a person can look through, and tables that fit on a page; everything beyond is counted. */
export const ROWS_SHOWN = 200;
const TABLES_SHOWN = 500;
const TEXT_SHOWN = 2_000;

/** Adds up the lost transactions as they are read: a million of them need no more memory than a few hundred rows do. */
export class LogTally {
  readonly gtids = new GtidTally();
  private readonly tables = new Map<string, LostTable>();
  private readonly rows: LostRow[] = [];
  private transactions = 0n;
  private unnamed = 0n;
  private untold = 0n;
  private changes = 0;
  private tablesCut = false;
  private since: number | null = null;
  private until: number | null = null;

  add({ begun, tables, rows, untold }: ReadTransaction): void {
    const { gtid, at } = begun;
    this.transactions += 1n;
    if (gtid) this.gtids.add(gtid);
    else this.unnamed += 1n;
    if (untold) this.untold += 1n;
    // commits of several sessions may stand in another order than their clocks say
    this.since = Math.min(this.since ?? at, at);
    this.until = Math.max(this.until ?? at, at);
    for (const table of tables) {
      this.changes += table.insert + table.update + table.delete;
      this.note({ ...table, at });
    }
    if (rows.length === 0 || this.rows.length >= ROWS_SHOWN) return;
    const name = gtid === null ? '' : nameOf(gtid);
    for (const row of rows.slice(0, ROWS_SHOWN - this.rows.length))
      this.rows.push({ ...row, gtid: name, at, text: shortened(row.text) });
  }

  private note(read: {
    schema: string;
    table: string;
    insert: number;
    update: number;
    delete: number;
    at: number;
  }): void {
    const { schema, table, at } = read;
    const key = JSON.stringify([schema, table]);
    const sum = this.tables.get(key);
    if (!sum && this.tables.size >= TABLES_SHOWN) {
      this.tablesCut = true;
      return;
    }
    const before = sum ?? { schema, table, inserts: 0, updates: 0, deletes: 0, from: at, to: at };
    this.tables.set(key, {
      schema,
      table,
      inserts: before.inserts + read.insert,
      updates: before.updates + read.update,
      deletes: before.deletes + read.delete,
      from: Math.min(before.from, at),
      to: Math.max(before.to, at),
    });
  }

  /** What was read so far. `unnamed`: transactions without a GTID, of which nobody can say who has them. */
  told(): LogTold {
    const { rows, tablesCut, since, until, transactions, untold, unnamed } = this;
    const tables = [...this.tables.values()].sort((a, b) => weight(b) - weight(a));
    const cut = this.changes > rows.length;
    return {
      named: this.gtids.named(),
      transactions,
      unnamed,
      untold,
      since,
      until,
      tables,
      tablesCut,
      rows,
      cut,
    };
  }
}

export interface LogTold {
  readonly named: Named;
  readonly transactions: bigint;
  readonly unnamed: bigint;
  readonly untold: bigint;
  readonly since: number | null;
  readonly until: number | null;
  readonly tables: LostTable[];
  readonly tablesCut: boolean;
  readonly rows: LostRow[];
  readonly cut: boolean;
}

const weight = ({ inserts, updates, deletes }: LostTable): number => inserts + updates + deletes;
const shortened = (text: string): string =>
  text.length > TEXT_SHOWN ? `${cutAt(text, TEXT_SHOWN - 1)}…` : text;

function nameOf(gtid: NonNullable<ReadTransaction['begun']['gtid']>): string {
  if (gtid.dialect === 'mysql') return `${gtid.origin}:${gtid.number}`;
  return `${gtid.domain}-${gtid.server}-${gtid.sequence}`;
}
