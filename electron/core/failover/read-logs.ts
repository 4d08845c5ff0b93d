import { createHash } from 'node:crypto';
import { type AppError, toAppError } from '@shared/errors';
import { BinlogReader, type LogCopy, type ReadTransaction } from '@shared/failover/binlog';
import type { LogTrouble } from '@shared/failover/log-events';
import type { LogBefore } from '@shared/failover/log-gtids';
import { indexOf, logsInIndex, readCommand } from '@shared/failover/log-rights';
import { LogTally } from '@shared/failover/log-tally';
import type { LogRead } from '@shared/failover/loss';
import type { OldLog } from '@shared/failover/model';
import { type Held, holdsBefore } from '@shared/failover/positions';
import { failure } from '../net/failure';
import type { Lease } from '../ssh/lease';
import { runSsh } from '../ssh/run-ssh';
import { streamSsh } from '../ssh/stream-ssh';

export interface ReadLogsOptions {
  lease: Lease;
  /** Path of the logs without their number. */
  base: string;
  /** What the candidate has. */
  held: Held;
  /** Where the missing transactions are kept; `flush` is awaited before more is read. */
  copy: LogCopy;
  flush(): Promise<void>;
  notes?: LogNotes;
  signal: AbortSignal;
}

/** Who wants to know where in the logs the missing transactions stand, as they are read. */
export interface LogNotes {
  each(transaction: ReadTransaction): void;
  /** A transaction begins that is not missing. */
  passes(): void;
  /** A file was read to its end: its length in bytes, and the SHA-256 of all of it in hexadecimal. */
  file(file: string, bytes: number, sha256: string): void;
}

export interface LogsRead {
  log: OldLog;
  /** null: nothing was read. */
  read: Omit<LogRead, 'salvage' | 'salvageError'> | null;
}

const INDEX_MS = 15_000;
/** A gigabyte over a slow line. */
const FILE_MS = 15 * 60_000;
/** At the head of a file stand the GTIDs of all before it: a set of this length has a hundred thousand gaps. */
const HEAD_BYTES = 2 * 1024 * 1024;
/** Files whose head is read, newest first. */
const HEADS = 200;

/**
 * Reads the binary logs of a server that may be dead, by reading only: `sudo -n cat -- FILE`, from the newest file before
 * which the candidate misses nothing. Nothing is decoded on that host, nothing of it is kept here but what `copy` keeps.
 * Never rejects but when aborted: how far it came is part of the answer.
 */
export async function readLogs(options: ReadLogsOptions): Promise<LogsRead> {
  const { base, held, signal } = options;
  try {
    const { files, readable } = await listFiles(options);
    const from = await firstNeeded(options, files);
    const needed = files.slice(from.index);
    const tally = new LogTally();
    let bytes = 0;
    let torn = 0;
    let trouble: AppError | null = readable ? null : unreadable(options, indexOf(base), 'names other files');
    for (const file of needed) {
      const one = await readFile(options, file, tally).catch((thrown: unknown) => {
        if (signal.aborted) throw thrown;
        return { bytes: 0, torn: false, error: toAppError(thrown) };
      });
      bytes += one.bytes;
      if (one.torn) torn += 1;
      trouble ??= one.error;
      if (one.error) break;
    }
    const whole = trouble === null;
    const fromKnown = from.before !== null && holdsBefore(held, from.before);
    return {
      log: { state: 'read', files: needed, bytes, whole: whole && fromKnown, error: trouble },
      read: { told: tally.told(), before: from.before, fromKnown, toTheEnd: whole, torn },
    };
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    return { log: { state: 'unread', error: toAppError(thrown) }, read: null };
  }
}

const asRoot = (file: string): string[] => ['sudo', '-n', ...readCommand(file)];

async function listFiles(options: ReadLogsOptions): Promise<ReturnType<typeof logsInIndex>> {
  const { lease, base, signal } = options;
  const index = indexOf(base);
  const how = { name: 'failover.logs', timeoutMs: INDEX_MS, signal };
  const { stdout, stderr, exit } = await runSsh(lease, asRoot(index), how);
  if (exit !== 0) throw failureOf(options, index, stderr);
  const listed = logsInIndex(stdout, base);
  if (listed.files.length === 0) throw failureOf(options, index, 'it names no file');
  return listed;
}

/** The newest file before which nothing is missing; of none the oldest, and what it says was before it. */
async function firstNeeded(
  options: ReadLogsOptions,
  files: readonly string[],
): Promise<{ index: number; before: LogBefore | null }> {
  let last: { index: number; before: LogBefore | null } = { index: files.length - 1, before: null };
  for (let index = files.length - 1; index >= Math.max(0, files.length - HEADS); index -= 1) {
    const before = await headOf(options, files[index] ?? '');
    last = { index, before };
    if (before && holdsBefore(options.held, before)) return last;
  }
  return last;
}

/** null: it does not say, because the server died when it began this file. */
async function headOf(options: ReadLogsOptions, file: string): Promise<LogBefore | null> {
  const { lease, signal } = options;
  const reader = new BinlogReader({ held: null });
  let bytes = 0;
  const { exit, stderr } = await streamSsh(lease, asRoot(file), {
    name: 'failover.log-head',
    timeoutMs: INDEX_MS,
    signal,
    async take(piece) {
      reader.push(piece);
      bytes += piece.length;
      return reader.before || reader.trouble || bytes > HEAD_BYTES ? 'enough' : 'more';
    },
  });
  if (exit !== null && exit !== 0) throw failureOf(options, file, stderr);
  if (reader.trouble) throw troubleOf(options, file, reader.trouble);
  return reader.before;
}

async function readFile(
  options: ReadLogsOptions,
  file: string,
  tally: LogTally,
): Promise<{ bytes: number; torn: boolean; error: AppError | null }> {
  const { lease, signal, held, copy, flush, notes } = options;
  const sum = notes ? createHash('sha256') : null;
  const reader = new BinlogReader({
    ...{ held, copy },
    each: (transaction) => {
      tally.add(transaction);
      notes?.each(transaction);
    },
    passes: () => notes?.passes(),
  });
  const { exit, stderr, bytes } = await streamSsh(lease, asRoot(file), {
    name: 'failover.log',
    timeoutMs: FILE_MS,
    signal,
    async take(piece) {
      reader.push(piece);
      sum?.update(piece);
      await flush();
      return reader.trouble ? 'enough' : 'more';
    },
  });
  const { torn } = reader.end();
  if (reader.trouble) return { bytes, torn, error: troubleOf(options, file, reader.trouble).error };
  if (exit !== 0) return { bytes, torn, error: unreadable(options, file, stderr) };
  if (sum) notes?.file(file, bytes, sum.digest('hex'));
  return { bytes, torn, error: null };
}

const failureOf = ({ lease }: ReadLogsOptions, file: string, text: string) =>
  failure('E_BINLOG_UNREADABLE', lease.hostId, { path: file, text: text || 'no reason given' });
const unreadable = (options: ReadLogsOptions, file: string, text: string): AppError =>
  failureOf(options, file, text).error;
const troubleOf = ({ lease }: ReadLogsOptions, file: string, trouble: LogTrouble) =>
  failure(trouble === 'encrypted' ? 'E_BINLOG_ENCRYPTED' : 'E_BINLOG_DAMAGED', lease.hostId, { path: file });
