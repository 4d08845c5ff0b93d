import { type AppError, err, ok, type Result, toAppError } from '@shared/errors';
import { compareIdentity, type Identity } from '@shared/identity/identity';
import { failure } from '../net/failure';
import type { SqlSession } from '../sql/sql-session';
import { readIdentity, type Target } from './read-identity';

/**
 * Right before a step that destroys or changes something: is this still the server that the plan was made for?
 * The answer holds for these connections; `onConfirmed` keeps them for the step itself. Errors: E_WRONG_TARGET
 * (params.expected and got name every difference), E_TARGET_UNCONFIRMED (params.what could not be read), and
 * whatever reading ended with. Nothing was changed in any of these cases.
 */
export async function confirmTarget(
  expected: Identity,
  target: Target,
  signal: AbortSignal,
): Promise<Result<Identity, AppError>> {
  try {
    const found = await readIdentity(target, signal);
    throwIfOther(expected, found);
    return ok(found);
  } catch (thrown) {
    return err(toAppError(thrown));
  }
}

/** @throws Failure E_WRONG_TARGET or E_TARGET_UNCONFIRMED unless what was found is what the plan was made for. */
export function throwIfOther(expected: Identity, found: Identity): void {
  const verdict = compareIdentity(expected, found);
  const host = expected.host;
  switch (verdict.kind) {
    case 'same':
      return;
    case 'unconfirmed':
      throw failure('E_TARGET_UNCONFIRMED', host, { what: verdict.unknown.join(', ') });
    case 'other': {
      const side = (of: 'expected' | 'found') =>
        verdict.differences.map((one) => `${one.what} ${one[of]}`).join(', ');
      throw failure('E_WRONG_TARGET', host, { expected: side('expected'), got: side('found') });
    }
  }
}

/**
 * Confirms the target and acts on it over the very connections that were confirmed: the SQL connection is held
 * meanwhile, and if it breaks, statements of `act` end with E_SQL_LOST instead of going to wherever the address
 * leads by then. A lease never connects anew by itself. What `act` throws is passed on.
 */
export async function onConfirmed<T>(
  expected: Identity,
  target: Target,
  signal: AbortSignal,
  act: (confirmed: Target) => Promise<T>,
): Promise<Result<T, AppError>> {
  const go = async (held: Target): Promise<Result<T, AppError>> => {
    const confirmed = await confirmTarget(expected, held, signal);
    return confirmed.ok ? ok(await act(held)) : confirmed;
  };
  const { lease, sql } = target;
  if (!sql) return go(target);
  return sql.use({ background: false, signal }, (link) => {
    const held: SqlSession = { ...sql, route: sql.route, use: (_options, work) => work(link) };
    return go({ lease, sql: held });
  });
}
