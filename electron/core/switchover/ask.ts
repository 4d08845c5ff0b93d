import { type AppError, toAppError } from '@shared/errors';
import type { Row } from '@shared/kinds/kind';
import { failure } from '../net/failure';
import { runSql } from '../sql/run-sql';
import type { SqlSession } from '../sql/sql-session';

const TIMEOUT_MS = 10_000;

/** Asks one server for parts of a reading: what fails is null, with its reason kept. */
export interface Asker {
  /** Rows of a statement; null and an error when it was refused. */
  rows(name: string, statement: string): Promise<readonly Row[] | null>;
  /** The value of `read`; null and an error when it threw. */
  part<T>(read: () => Promise<T>): Promise<T | null>;
  /** A right without which an answer says nothing, although the server gives one. */
  lacks(name: string, privilege: string): void;
  readonly errors: AppError[];
}

/** Statements of this session go one after the other, in the order in which they are asked. */
export function asker(session: SqlSession, signal: AbortSignal): Asker {
  const errors: AppError[] = [];
  const part = async <T>(read: () => Promise<T>): Promise<T | null> => {
    try {
      return await read();
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      errors.push(toAppError(thrown));
      return null;
    }
  };
  return {
    errors,
    part,
    rows: (name, statement) => part(async () => (await askRows(session, name, statement, signal)).rows),
    lacks(name, privilege) {
      const facts = { account: session.user, name: `switchover.${name}`, privilege };
      errors.push(failure('E_SQL_GRANT', session.hostId, { ...facts, text: 'nothing is shown' }).error);
    },
  };
}

/** Rejects as runSql does. */
export const askRows = (session: SqlSession, name: string, statement: string, signal: AbortSignal) =>
  runSql(session, {
    name: `switchover.${name}`,
    statement,
    timeoutMs: TIMEOUT_MS,
    background: false,
    signal,
  });
