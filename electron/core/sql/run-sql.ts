import type { Row } from '@shared/kinds/kind';
import type { SqlSession } from './sql-session';

export interface RunSqlOptions {
  name: string;
  statement: string;
  /** Bound to `?`. */
  params?: readonly (string | number | bigint | null)[];
  timeoutMs: number;
  /** True for polling: where a password must be asked, E_NEEDS_ANSWER. */
  background: boolean;
  signal: AbortSignal;
  /** Default 10 000; more is cut and `truncated`. */
  maxRows?: number;
}
export interface SqlOutput {
  /** Every value as text or null; control characters made visible. */
  rows: readonly Row[];
  truncated: boolean;
  at: number;
  durationMs: number;
  /** Characters of all values: an estimate of what travelled. */
  bytes: number;
}

/**
 * Runs one statement. Rejects with Failure: everything that acquire rejects with, and E_SQL_REFUSED,
 * E_SQL_HANDSHAKE, E_SQL_AUTH, E_SQL_TOO_MANY, E_SQL_GRANT (params.privilege), E_SQL_TIMEOUT, E_SQL_LOST,
 * E_SQL_FAILED (params.errno, params.text), E_SQL_INSECURE, E_SQL_TLS, E_ABORTED.
 */
export declare function runSql(session: SqlSession, options: RunSqlOptions): Promise<SqlOutput>;
