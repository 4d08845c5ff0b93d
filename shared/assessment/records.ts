import { cleanLine } from '../clean';
import type { CommandOutput, Row } from '../kinds/kind';
import { type Read, unread } from './model';

/**
 * What the scripts of the host probes print: one record a line, a word that says what it is, then its fields,
 * all separated by tabs, and a last line `end`. A name that a stranger chose can hold neither tab nor line feed by
 * then, so that none can pretend to be a record, or the end.
 */

/** Columns of each kind of record, by its word. */
export type RecordColumns = Readonly<Record<string, readonly string[]>>;

/** More than this from one host is cut, and then nothing is concluded from an absent row. */
const MAX_RECORDS = 4000;
const MAX_FIELD = 400;

/**
 * The records as rows, the word in the column `what`; an empty field is null. Not understood when not one line is a
 * record, cut when the last line is missing or too many came.
 */
export function readRecords({ stdout }: CommandOutput, columns: RecordColumns): Read {
  const all = stdout.split('\n', MAX_RECORDS + 3);
  const end = all.indexOf('end');
  const rows = (end < 0 ? all : all.slice(0, end)).flatMap((line) => rowOf(line, columns));
  if (end < 0) return unread(rows.length === 0 ? 'not-understood' : 'cut', { what: 'answer' });
  return rows.length > MAX_RECORDS ? unread('cut') : rows;
}

function rowOf(line: string, columns: RecordColumns): Row[] {
  const [what = '', ...fields] = line.split('\t');
  if (!Object.hasOwn(columns, what)) return [];
  const names = columns[what] ?? [];
  const value = (index: number) => {
    // the last column takes what is left: a name may hold anything
    const raw = index === names.length - 1 ? fields.slice(index).join(' ') : fields[index];
    const text = cleanLine(raw ?? '', MAX_FIELD);
    return text === '' ? null : text;
  };
  return [Object.fromEntries([['what', what], ...names.map((name, index) => [name, value(index)])])];
}

/** Rows of one kind of record. */
export const only = (rows: readonly Row[], what: string): readonly Row[] =>
  rows.filter((row) => row.what === what);

/** A field of the first row of a kind; null: not there, or empty. */
export const fieldOf = (rows: readonly Row[], what: string, column: string): string | null =>
  rows.find((row) => row.what === what)?.[column] ?? null;

/** A whole number that is not negative, else null. */
export const countOf = (text: string | null | undefined): number | null =>
  text && /^\d{1,15}$/.test(text) ? Number(text) : null;

/** What every script begins with: one language, the programs of root in reach, and last in line for the processor. */
export const PREAMBLE =
  'export LC_ALL=C; PATH=$PATH:/usr/sbin:/sbin; { renice -n 19 -g 0; ionice -c 3 -P 0; } >/dev/null 2>&1';
