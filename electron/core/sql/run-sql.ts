import { clean, safeKey } from '@shared/clean';
import type { Row } from '@shared/kinds/kind';
import type { FieldPacket } from 'mysql2';
import { journalled } from '../journal/sending';
import { cleanInTurns } from '../net/clean-in-turns';
import { failure } from '../net/failure';
import type { Secret } from '../secrets/secret';
import type { SqlLink } from './open-sql';
import { queryFailure } from './sql-errors';
import type { SqlSession } from './sql-session';
import { withoutSecrets } from './without-secrets';

export interface RunSqlOptions {
  name: string;
  statement: string;
  /** What journal and screen show in place of a statement that holds a secret. */
  shown?: string;
  /** Secrets in the statement: no piece of them comes back in a server's error. */
  secrets?: readonly Secret[];
  /** Bound to `?` by the server, never written into the text. */
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
  /** Bytes received for this statement. */
  bytes: number;
}

const MAX_ROWS = 10_000;
const MAX_BYTES = 32 * 1024 * 1024;

/**
 * Runs one statement. Rejects with Failure: everything that acquire rejects with, and E_SQL_REFUSED,
 * E_SQL_HANDSHAKE, E_SQL_HUNG, E_SQL_AUTH, E_SQL_AUTH_PLUGIN, E_SQL_TOO_MANY, E_SQL_GRANT (params.privilege),
 * E_SQL_TIMEOUT, E_SQL_LOST, E_SQL_FAILED (params.errno, params.text), E_SQL_INSECURE, E_SQL_TLS, E_ABORTED.
 * A statement that is given up costs its connection, so that no late answer is taken for the next one's; it
 * may go on at the server, which is why only reading statements may be polled.
 */
export const runSql = (session: SqlSession, options: RunSqlOptions): Promise<SqlOutput> =>
  session.use(options, (link) => {
    const { hostId: host, user: account, journal } = session;
    const { name, statement, shown: text = statement, background } = options;
    return journalled(
      journal,
      { kind: 'statement', host, account, route: link.route, name, text, background },
      () => query(session, link, options).catch(withoutSecrets(options.secrets ?? [])),
      () => null,
    );
  });

function query(session: SqlSession, link: SqlLink, options: RunSqlOptions): Promise<SqlOutput> {
  const { name, timeoutMs, maxRows = MAX_ROWS } = options;
  // One signal may end many calls: each listens to its own copy.
  const signal = AbortSignal.any([options.signal]);
  const { hostId } = session;
  const at = Date.now();
  const started = performance.now();
  const before = link.stream.received;
  link.stream.allow(MAX_BYTES);

  return new Promise((resolve, reject) => {
    const rows: Row[] = [];
    const long: LongValue[] = [];
    let columns: string[] = [];
    let sets = 0;
    let over = false;
    const settle = (finish: () => void) => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      link.stream.off('close', onGone);
      link.connection.off('error', onError);
      finish();
    };
    const give = (finish: () => void) =>
      settle(() => {
        link.destroy();
        finish();
      });
    const answer = async (truncated: boolean): Promise<SqlOutput> => ({
      rows,
      truncated: (await cleanLong(long)) || truncated,
      at,
      durationMs: performance.now() - started,
      bytes: link.stream.received - before,
    });
    const onAbort = () => give(() => reject(failure('E_ABORTED', hostId)));
    const onGone = () =>
      give(() => reject(queryFailure(new Error('the connection was closed'), session.target, name)));
    const onError = (thrown: unknown) => settle(() => reject(queryFailure(thrown, session.target, name)));
    const timer = setTimeout(
      () => give(() => reject(failure('E_SQL_TIMEOUT', hostId, { name, seconds: `${timeoutMs / 1000}` }))),
      timeoutMs,
    );
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort);
    link.stream.on('close', onGone);
    link.connection.on('error', onError);

    const running = send(link, options);
    running.on('error', onError);
    running.on('fields', (fields: readonly FieldPacket[] | undefined) => {
      sets += 1;
      if (sets === 1 && fields) columns = fields.map((field) => safeKey(clean(field.name)));
    });
    running.on('result', (values: unknown) => {
      // Rows come as arrays; what is no array is the summary of a statement without rows.
      if (!Array.isArray(values) || sets !== 1 || over) return;
      if (rows.length === maxRows) return give(() => resolve(answer(true)));
      rows.push(rowOf(columns, values, long));
    });
    running.on('end', () => settle(() => resolve(answer(false))));
  });
}

/** Without parameters as text; with them prepared, so that the server binds the values. */
function send(link: SqlLink, { statement, params }: RunSqlOptions) {
  if (!params)
    return link.connection.query({
      sql: statement,
      rowsAsArray: true,
      typeCast: (field) => field.string('utf8'),
    });
  const values = params.map((value) => (typeof value === 'bigint' ? value.toString() : value));
  return link.connection.execute({
    sql: statement,
    values,
    rowsAsArray: true,
    typeCast: (_field, next) => next(),
  });
}

/** Column names come from a server too: a row has no prototype to run into. */
function rowOf(columns: readonly string[], values: readonly unknown[], long: LongValue[]): Row {
  const row: Record<string, string | null> = Object.create(null);
  for (const [index, column] of columns.entries()) {
    const text = textOf(values[index]);
    row[column] = text === null || text.length > LONG ? null : clean(text);
    if (text !== null && text.length > LONG) long.push({ row, column, text });
  }
  return row;
}

/** A value that is too long to be cleaned between two packets of the server, and where it belongs. */
interface LongValue {
  row: Record<string, string | null>;
  column: string;
  text: string;
}
const LONG = 16 * 1024;

/** Puts the long values in their places, all together at most as long as an answer may be; tells if one was cut. */
async function cleanLong(values: readonly LongValue[]): Promise<boolean> {
  let room = MAX_BYTES;
  let anyCut = false;
  for (const { row, column, text } of values) {
    const cleaned = await cleanInTurns(Buffer.from(text), room);
    row[column] = cleaned.text;
    room -= cleaned.text.length;
    anyCut ||= cleaned.cut;
  }
  return anyCut;
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return Buffer.isBuffer(value) ? value.toString('utf8') : String(value);
}
