import { Failure } from '@shared/errors';
import { logTimesArgv, parseLogTimes } from '@shared/measure/log-times';
import type { RequestOf, Verdict } from '@shared/measure/model';
import { type LogSample, type LogTimes, logFilesOf, writeRate } from '@shared/measure/write-rate';
import { throwIfAborted } from '../net/failure';
import { runSql } from '../sql/run-sql';
import { createSqlSession } from '../sql/sql-session';
import { runSsh } from '../ssh/run-ssh';
import { type MeasureContext, onHost } from './context';

const TIMEOUT_MS = 10_000;
/** So many readings in the time asked for, and never two within a second or more than a minute apart. */
const READINGS = 12;
const intervalOf = (seconds: number) => Math.min(60, Math.max(1, seconds / READINGS));

/**
 * Asks a database for its binary logs again and again; a connection of its own, so that polling goes on. Rejects with
 * Failure as runSql does: an account without REPLICATION CLIENT (MariaDB: BINLOG MONITOR) is E_SQL_GRANT.
 */
export async function measureWriteRate(
  context: MeasureContext,
  { subject, seconds }: RequestOf<'write-rate'>,
  serviceId: string,
): Promise<Verdict> {
  const { open, ports, host: hostId, signal, progress } = context;
  const { clock } = ports;
  const session = createSqlSession({ ...open, ports, hostId, serviceId, account: 'read' });
  const ask = (name: string, statement: string) =>
    runSql(session, { name, statement, timeoutMs: TIMEOUT_MS, background: false, signal });
  const samples: LogSample[] = [];
  const path = `dataSets/${subject}/changeRate`;
  try {
    const base = await basenameOf(ask);
    if (base === null) {
      const now = { wall: clock.now(), monotonic: clock.monotonic(), files: [] };
      return writeRate(path, [now], null);
    }
    const times = await timesOf(context, base);
    const start = clock.monotonic();
    for (;;) {
      const before = { wall: clock.now(), monotonic: clock.monotonic() };
      const files = logFilesOf((await ask('measure.binlogs', 'SHOW BINARY LOGS')).rows) ?? [];
      samples.push({ ...before, files });
      progress(samples.length);
      const left = start + seconds * 1000 - clock.monotonic();
      if (left <= 0) return writeRate(path, samples, times);
      await clock.sleep(Math.min(left, intervalOf(seconds) * 1000), signal);
      throwIfAborted(signal, hostId);
    }
  } finally {
    await session.close();
  }
}

type Asked = ReturnType<typeof runSql>;

/** Where the files lie; null: the server writes none. The name of the variable is the same in both dialects. */
async function basenameOf(ask: (name: string, statement: string) => Asked): Promise<string | null> {
  const { rows } = await ask('measure.binlog-base', 'SELECT @@GLOBAL.log_bin_basename AS base');
  return rows[0]?.base ?? null;
}

/** What the times of the files tell of the past is welcome, and nothing depends on it. */
async function timesOf(context: MeasureContext, base: string): Promise<LogTimes | null> {
  const options = { name: 'measure.binlog-times', timeoutMs: TIMEOUT_MS, signal: context.signal };
  try {
    const { stdout } = await onHost(context, (lease) => runSsh(lease, logTimesArgv(base), options));
    return parseLogTimes(stdout);
  } catch (thrown) {
    if (context.signal.aborted || !(thrown instanceof Failure)) throw thrown;
    return null;
  }
}
