import { toAppError } from '@shared/errors';
import { failure } from '../net/failure';
import type { Clock } from '../ports';
import { runSql } from '../sql/run-sql';
import type { SqlSession } from '../sql/sql-session';
import type { RunHands } from './crew';

/** A killed thread notices between two rows or two waits; one that undoes a large change needs longer. */
const GONE_MS = 10_000;
const LOOK_EVERY_MS = 20;
const STATEMENT_MS = 5_000;

/**
 * Ends what was sent over the main session and never answered, from the second one: the server may be working on it
 * still, and could finish it after everybody had looked. Resolves when no such thread is there any more; rejects with
 * what runSql rejects with, or E_SQL_TIMEOUT when the thread does not go.
 */
export async function endUnanswered(
  { main, second }: RunHands,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const id = main?.connectionId ?? null;
  if (!main || !second || id === null || main.connected) return;
  await endThreads(second, clock, signal, (row) => row.Id === id && row.User === main.user);
}

/**
 * Ends what a console that is gone has left behind: its acting account is used by nobody else while the lease is held,
 * and of its threads only those that are working on one of these statements are ended.
 */
export async function endLeftBehind(
  { main, second }: RunHands,
  statements: readonly string[],
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  if (!main || !second) return;
  const own = [main.connectionId, second.connectionId];
  const begins = statements.map(beginOf);
  await endThreads(second, clock, signal, (row) => {
    const info = beginOf(row.Info ?? '');
    const isOurs = row.User === main.user && !own.includes(row.Id ?? '');
    return isOurs && info !== '' && begins.some((begin) => begin.startsWith(info) || info.startsWith(begin));
  });
}

/** As much of a statement as no server rewrites when it hides a password. */
const beginOf = (statement: string): string =>
  statement.trim().replace(/\s+/g, ' ').split('?')[0]?.slice(0, 24).toUpperCase() ?? '';

async function endThreads(
  second: SqlSession,
  clock: Clock,
  signal: AbortSignal,
  isMeant: (row: Readonly<Record<string, string | null>>) => boolean,
): Promise<void> {
  const ask = (statement: string) =>
    runSql(second, { name: 'kill', statement, timeoutMs: STATEMENT_MS, background: false, signal });
  const meant = async () => (await ask('SHOW FULL PROCESSLIST')).rows.filter(isMeant);
  const until = clock.monotonic() + GONE_MS;
  for (let left = await meant(); left.length > 0; left = await meant()) {
    if (clock.monotonic() > until)
      throw failure('E_SQL_TIMEOUT', second.hostId, { name: 'kill', seconds: `${GONE_MS / 1000}` });
    for (const { Id } of left)
      await ask(`KILL ${Number(Id)}`).catch((thrown: unknown) => {
        // 1094: it went by itself.
        if (toAppError(thrown).params?.errno !== '1094') throw thrown;
      });
    await clock.sleep(LOOK_EVERY_MS, signal);
  }
}
