import type { AppError } from '../errors';

/** What the old primary of MariaDB tells of the tables that its own transactions touched; null: it could not be asked. */
export interface TouchedReading {
  tables: readonly TouchedTable[] | null;
  /** Foreign keys by which a change of such a table changes others, in no log: "shop.item (shop.order)". */
  cascades: readonly string[] | null;
  /** Does it run triggers for rows that it applies (slave_run_triggers_for_rbr)? */
  runsTriggers: boolean | null;
  /** Programs that are not there: [] is none. */
  missingTools: readonly string[] | null;
  errors: readonly AppError[];
}

/** As information_schema.TABLES says it. */
export interface TouchedTable {
  schema: string;
  table: string;
  /** "BASE TABLE", "SEQUENCE", "SYSTEM VERSIONED", … */
  type: string;
  engine: string;
}

/** What the console calls on the old host to take rows back. */
export const FLASHBACK_TOOLS = ['mariadb-binlog', 'mariadb', 'awk', 'sha256sum'] as const;
