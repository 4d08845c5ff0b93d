import { clean } from '../clean';
import { ByteReader, utf8 } from './byte-reader';
import { type Column, metaBytes, sayValue } from './column-values';

/** Row events: which rows of which table were inserted, updated or deleted. */

export type Change = 'insert' | 'update' | 'delete';

export interface TableMap {
  readonly id: number;
  readonly schema: string;
  readonly table: string;
  /** Null: a column of a type that this version does not know, so rows cannot be told apart. */
  readonly columns: readonly Column[] | null;
}

/** One changed row in words: `@1=7 @2='x'`, of an update what was there, an arrow, and what is there now. */
export interface Row {
  readonly text: string;
}

/** Types of row events in both dialects; `version` 1 has no extra header. MariaDB's compressed ones are told as unreadable. */
const ROWS: Readonly<
  Record<number, { readonly change: Change; readonly version: 1 | 2; readonly readable: boolean }>
> = {
  23: { change: 'insert', version: 1, readable: true },
  24: { change: 'update', version: 1, readable: true },
  25: { change: 'delete', version: 1, readable: true },
  30: { change: 'insert', version: 2, readable: true },
  31: { change: 'update', version: 2, readable: true },
  32: { change: 'delete', version: 2, readable: true },
  // parts of JSON documents (binlog_row_value_options)
  39: { change: 'update', version: 2, readable: false },
  166: { change: 'insert', version: 1, readable: false },
  167: { change: 'update', version: 1, readable: false },
  168: { change: 'delete', version: 1, readable: false },
  169: { change: 'insert', version: 2, readable: false },
  170: { change: 'update', version: 2, readable: false },
  171: { change: 'delete', version: 2, readable: false },
};

export const isRows = (type: number): boolean => ROWS[type] !== undefined;

/** null: it cannot be understood. */
export function tableMapOf(body: Uint8Array): TableMap | null {
  const reader = new ByteReader(body);
  const id = reader.uint(6);
  reader.skip(2);
  const name = () => {
    const bytes = reader.take(reader.packed());
    reader.skip(1);
    return clean(utf8(bytes) ?? '?');
  };
  const schema = name();
  const table = name();
  const types = [...reader.take(reader.packed())];
  const meta = new ByteReader(reader.take(reader.packed()));
  const columns: Column[] = [];
  for (const type of types) {
    const bytes = metaBytes(type);
    if (bytes === undefined) break;
    columns.push({ type, meta: meta.uint(bytes) });
  }
  if (reader.over) return null;
  return { id, schema, table, columns: columns.length === types.length && !meta.over ? columns : null };
}

/** The table that a row event is about: its id in the maps before it. */
export const tableIdOf = (body: Uint8Array): number => new ByteReader(body).uint(6);

/**
 * The rows of an event; each is given to `each`, so that a million of them need no memory. Gives their number, what was done
 * to them, and whether every image has every column (`whole`); null: they cannot be told (compressed, or of an unknown type), and nothing was given that is wrong.
 */
export function rowsIn(
  type: number,
  body: Uint8Array,
  { columns }: TableMap,
  each: (row: Row) => void,
): { change: Change; count: number; whole: boolean } | null {
  const known = ROWS[type];
  if (!known?.readable || columns === null) return null;
  const { change, version } = known;
  const reader = new ByteReader(body, 8);
  if (version === 2) reader.skip(reader.uint(2) - 2);
  const width = reader.packed();
  if (width !== columns.length) return null;
  const bitmap = () => reader.take((width + 7) >> 3);
  const images = change === 'update' ? [bitmap(), bitmap()] : [bitmap()];
  const whole = images.every((present) => columns.every((_, index) => bitOf(present, index)));
  const rows: Row[] = [];
  let count = 0;
  while (reader.left > 0 && !reader.over) {
    const said = images.map((present) => imageOf(reader, columns, present));
    if (said.includes(null)) return null;
    count += 1;
    rows.push({ text: said.join(' → ') });
  }
  if (reader.over) return null;
  for (const row of rows) each(row);
  return { change, count, whole };
}

const bitOf = (bytes: Uint8Array, index: number): boolean =>
  (((bytes[index >> 3] ?? 0) >> (index & 7)) & 1) === 1;

/** One image of a row: the columns that are there, by number as mysqlbinlog names them. null: not to be read. */
function imageOf(reader: ByteReader, columns: readonly Column[], present: Uint8Array): string | null {
  const there = columns.flatMap((column, index) =>
    bitOf(present, index) ? [{ column, number: index + 1 }] : [],
  );
  const nulls = reader.take((there.length + 7) >> 3);
  const parts: string[] = [];
  for (const [index, { column, number }] of there.entries()) {
    const value = bitOf(nulls, index) ? 'NULL' : sayValue(reader, column);
    if (value === null || reader.over) return null;
    parts.push(`@${number}=${value}`);
  }
  return parts.join(' ');
}
