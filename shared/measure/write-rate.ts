import type { Row } from '../kinds/kind';
import { toNumber } from '../kinds/parse-kit';
import { clocksAgree, type Moment } from './clock';
import { type Growth, growthOf, type Point } from './growth';
import { rateValue } from './measured-value';
import type { MeasureFacts, NotEnough, Verdict } from './model';

/** A file of a binary log, with its bytes so far. */
export interface LogFile {
  name: string;
  size: number;
}
/** What the server listed, and when the answer came. */
export interface LogSample extends Moment {
  files: readonly LogFile[];
}
/** When each file was last written to, by name, and what the host's clock showed then; epoch seconds. */
export interface LogTimes {
  now: number;
  files: ReadonlyMap<string, { size: number; changed: number }>;
}

/**
 * SHOW BINARY LOGS: files in their order, the current one last with the position that was reached. One statement that all
 * versions of both dialects share (MySQL manual, "SHOW BINARY LOGS Statement"; MariaDB, "SHOW BINARY LOGS").
 * null where a name or size is missing.
 */
export function logFilesOf(rows: readonly Row[]): LogFile[] | null {
  const files: LogFile[] = [];
  for (const row of rows) {
    const size = toNumber(row.File_size);
    if (row.Log_name === null || row.Log_name === undefined || size === null) return null;
    files.push({ name: row.Log_name, size });
  }
  return files;
}

const WINDOWS = 6;
const FEWEST_SAMPLES = 3;

/**
 * Bytes that a database writes into its binary log: what a replica has to be sent. From the sizes at several moments, or,
 * where the log reaches back much further, from the times of its files. No growth is a value: nothing was written.
 */
export function writeRate(path: string, samples: readonly LogSample[], times: LogTimes | null): Verdict {
  const seen = sampledGrowth(samples);
  const seconds = elapsed(samples);
  const facts: MeasureFacts = { samples: samples.length, seconds };
  if (typeof seen === 'string') return { state: 'unknown', why: seen, facts };
  const past = times === null ? null : pastGrowth(samples[0]?.files ?? [], times);
  facts.bytes = seen.amount;
  if (!past || past.seconds < LONG_ENOUGH * seen.seconds) {
    return { state: 'measured', values: [rateValue(path, seen.rate, 'day')], facts };
  }
  const low = Math.min(past.rate.low, seen.rate.low);
  const high = Math.max(past.rate.high, seen.rate.high);
  const rate = { low, likely: past.rate.likely, high };
  return {
    state: 'measured',
    values: [rateValue(path, rate, 'day')],
    facts: { ...facts, history: past.seconds },
  };
}

const elapsed = (samples: readonly LogSample[]): number =>
  Math.max(0, ((samples.at(-1)?.monotonic ?? 0) - (samples[0]?.monotonic ?? 0)) / 1000);

function sampledGrowth(samples: readonly LogSample[]): Growth | NotEnough {
  if (samples.some(({ files }) => files.length === 0)) return 'no-log';
  if (samples.length < FEWEST_SAMPLES) return 'too-few-samples';
  if (!clocksAgree(samples)) return 'clock-jumped';
  const points: Point[] = [];
  let total = 0;
  for (const [index, sample] of samples.entries()) {
    const before = samples[index - 1];
    const grown = before ? grownBetween(before.files, sample.files) : 0;
    if (typeof grown === 'string') return grown;
    total += grown;
    points.push({ at: sample.monotonic / 1000, total });
  }
  return growthOf(points, WINDOWS) ?? 'too-short';
}

/**
 * Bytes written between two lists: the rest of the file that was current, and all of those after it. Files that were
 * purged before it do not matter; where it was purged itself, what it had got by then is lost to us.
 */
export function grownBetween(before: readonly LogFile[], after: readonly LogFile[]): number | NotEnough {
  const current = before.at(-1);
  if (!current) return 'no-log';
  const at = after.findIndex(({ name }) => name === current.name);
  if (at < 0) return isOlder(after.at(-1), current) ? 'counter-back' : 'log-purged';
  const grown = (after[at]?.size ?? 0) - current.size;
  // Smaller, or listed before files that were there already: the log was emptied and began anew.
  if (grown < 0 || (after[0] && before[0] && isOlder(after[0], before[0]))) return 'counter-back';
  return after.slice(at + 1).reduce((sum, { size }) => sum + size, grown);
}

const numberOf = ({ name }: LogFile): number => Number(/\.(\d+)$/.exec(name)?.[1] ?? Number.NaN);
const isOlder = (file: LogFile | undefined, than: LogFile): boolean =>
  file !== undefined && numberOf(file) < numberOf(than);

/** History is worth more than what was just seen when it spans this many times as long, and an hour at least. */
const LONG_ENOUGH = 10;
const SHORTEST_PAST = 3_600;
const PAST_WINDOWS = 24;

/**
 * Growth as the times of the files tell it: a file that is no longer written to was full at its time of change. null where
 * less than an hour is told, where names and sizes are not those that the server lists, or where times run backwards
 * (files that were copied or restored have the times of the copy).
 */
export function pastGrowth(files: readonly LogFile[], { now, files: times }: LogTimes): Growth | null {
  const points: Point[] = [];
  let total = 0;
  for (const [index, { name, size }] of files.entries()) {
    const found = times.get(name);
    const isCurrent = index === files.length - 1;
    if (!found || (!isCurrent && found.size !== size)) return null;
    // Nobody knows when the first file was begun: it counts from its end.
    total += index === 0 ? 0 : size;
    const at = isCurrent ? now : found.changed;
    if (at < (points.at(-1)?.at ?? at) || at > now) return null;
    points.push({ at, total });
  }
  const growth = points.length < FEWEST_SAMPLES ? null : growthOf(points, PAST_WINDOWS);
  return growth && growth.seconds >= SHORTEST_PAST ? growth : null;
}
