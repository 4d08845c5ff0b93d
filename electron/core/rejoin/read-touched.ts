import { FLASHBACK_TOOLS, type TouchedReading } from '@shared/rejoin/touched';
import { sqlText } from '@shared/runbook/sql-text';
import { createSqlSession } from '../sql/sql-session';
import type { Lease } from '../ssh/lease';
import { runSsh } from '../ssh/run-ssh';
import { asker } from '../switchover/ask';

type SqlOptions = Omit<Parameters<typeof createSqlSession>[0], 'account'>;

const TIMEOUT_MS = 10_000;
/** dict_foreign_t::type of InnoDB: ON DELETE and ON UPDATE, CASCADE and SET NULL. */
const CASCADES = 0b1111;

/** Says the names of those that are not there. */
const MISSING = 'for tool; do command -v "$tool" >/dev/null || echo "$tool"; done';

/**
 * What decides whether the rows of these tables can be turned back on an old primary of MariaDB: their kind and engine, the
 * foreign keys by which they change others, triggers, and the programs on its host. Never rejects but when aborted.
 */
export async function readTouched(
  sql: SqlOptions,
  lease: Lease,
  names: readonly { schema: string; table: string }[],
  signal: AbortSignal,
): Promise<TouchedReading> {
  const session = createSqlSession({ ...sql, account: 'act' });
  const ask = asker(session, signal);
  try {
    const list = names.map(({ schema, table }) => `(${sqlText(schema)}, ${sqlText(table)})`).join(', ');
    const tables = await ask.rows(
      'touched',
      `SELECT TABLE_SCHEMA AS s, TABLE_NAME AS t, TABLE_TYPE AS kind, IFNULL(ENGINE, '') AS engine FROM information_schema.TABLES WHERE (TABLE_SCHEMA, TABLE_NAME) IN (${list})`,
    );
    // A change that a foreign key makes stands in no log (InnoDB makes it), so nothing would turn it back. What a key does is
    // shown by REFERENTIAL_CONSTRAINTS to nobody who may only read; a key of which InnoDB says nothing counts as one.
    const keys = await ask.rows(
      'cascades',
      `SELECT DISTINCT k.TABLE_SCHEMA AS s, k.TABLE_NAME AS t, k.REFERENCED_TABLE_NAME AS parent FROM information_schema.KEY_COLUMN_USAGE k LEFT JOIN information_schema.INNODB_SYS_FOREIGN f ON f.ID = CONCAT(k.CONSTRAINT_SCHEMA, '/', k.CONSTRAINT_NAME) WHERE (k.REFERENCED_TABLE_SCHEMA, k.REFERENCED_TABLE_NAME) IN (${list}) AND (f.TYPE IS NULL OR f.TYPE & ${CASCADES} <> 0)`,
    );
    const [triggers] =
      (await ask.rows('triggers', 'SELECT @@GLOBAL.slave_run_triggers_for_rbr AS runs')) ?? [];
    const tools = await ask.part(() =>
      runSsh(lease, ['sh', '-c', MISSING, 'sh', ...FLASHBACK_TOOLS], {
        name: 'rejoin.tools',
        timeoutMs: TIMEOUT_MS,
        signal,
      }),
    );
    return {
      tables:
        tables?.map(({ s, t, kind, engine }) => ({
          schema: s ?? '',
          table: t ?? '',
          type: kind ?? '',
          engine: engine ?? '',
        })) ?? null,
      cascades: keys?.map(({ s, t, parent }) => `${s}.${t} → ${s}.${parent}`) ?? null,
      runsTriggers: triggers ? !/^(NO|0)$/i.test(triggers.runs ?? '') : null,
      missingTools:
        tools && tools.exit === 0 && !tools.truncated ? tools.stdout.split('\n').filter(Boolean) : null,
      errors: ask.errors,
    };
  } finally {
    await session.close();
  }
}
