import { cleanLine } from '../clean';
import { type ByteReader, hex, utf8 } from './byte-reader';

/**
 * Values of a row image, as MySQL and MariaDB write them into row events (MySQL internals manual, "Table_map_event" and
 * "Rows_event"; field.cc, my_decimal.cc and my_time.cc of both). A column's type says how long its value is.
 */

/** One column of a table map. */
export interface Column {
  readonly type: number;
  /** As the table map has it: its two bytes, least significant first. */
  readonly meta: number;
}

/** A text or binary value is shown up to here. */
const SHOWN = 120;

/** How many bytes of metadata a type has in a table map; undefined: a type that this version does not know. */
export function metaBytes(type: number): number | undefined {
  return TYPES[type]?.meta;
}

/** Reads one value and says it as SQL would. null: its type is not known, and neither is where the next one begins. */
export function sayValue(reader: ByteReader, { type, meta }: Column): string | null {
  return TYPES[type]?.read(reader, meta) ?? null;
}

interface Type {
  readonly meta: 0 | 1 | 2;
  read(reader: ByteReader, meta: number): string | null;
}

/** The log does not say whether a column has a sign: both readings, where they differ, as mysqlbinlog shows them. */
const whole = (bytes: number): Type => ({
  meta: 0,
  read(reader) {
    const value = reader.big(bytes);
    const signed = BigInt.asIntN(bytes * 8, value);
    return signed === value ? `${value}` : `${signed} (${value})`;
  },
});

const floating = (bytes: 4 | 8): Type => ({
  meta: 1,
  read(reader) {
    const raw = Uint8Array.from(reader.take(bytes));
    if (raw.length < bytes) return '0';
    const view = new DataView(raw.buffer);
    return `${bytes === 4 ? view.getFloat32(0, true) : view.getFloat64(0, true)}`;
  },
});

const text = (bytes: Uint8Array): string => {
  const shown = bytes.subarray(0, SHOWN * 4);
  // a character may be cut in two where the rest of a long text is left out
  const cuts = shown.length < bytes.length ? [0, 1, 2, 3] : [0];
  const read = cuts.map((cut) => utf8(shown.subarray(0, shown.length - cut))).find((one) => one !== null);
  if (read === undefined || read === null || read.includes('\0')) return binary(bytes);
  return `'${cleanLine(read.replaceAll("'", "''"), SHOWN)}'`;
};
const binary = (bytes: Uint8Array): string =>
  bytes.length <= SHOWN / 2
    ? `0x${hex(bytes)}`
    : `0x${hex(bytes.subarray(0, SHOWN / 2))}… (${bytes.length} B)`;

/** Behind as many bytes of length as the metadata says. */
const blob = (say: (bytes: Uint8Array) => string): Type => ({
  meta: 1,
  read: (reader, meta) => say(reader.take(reader.uint(meta & 0xff))),
});
const varchar = (say: (bytes: Uint8Array) => string): Type => ({
  meta: 2,
  read: (reader, meta) => say(reader.take(reader.uint(meta > 255 ? 2 : 1))),
});

const ENUM = 247;
const SET = 248;

/** CHAR, BINARY, ENUM and SET: the real type is in the metadata, with two bits of a length above 255 folded in. */
const string: Type = {
  meta: 2,
  read(reader, meta) {
    const first = meta & 0xff;
    const second = meta >> 8;
    const real = (first & 0x30) === 0x30 ? first : first | 0x30;
    if (real === ENUM || real === SET) return `${reader.big(second)}`;
    const most = (first & 0x30) === 0x30 ? second : second | (((first & 0x30) ^ 0x30) << 4);
    return text(reader.take(reader.uint(most > 255 ? 2 : 1)));
  },
};

const bit: Type = {
  meta: 2,
  read(reader, meta) {
    const bytes = (meta >> 8) + ((meta & 0xff) > 0 ? 1 : 0);
    return `b'${backwards(reader.take(bytes)).toString(2)}'`;
  },
};

const two = (value: number): string => String(value).padStart(2, '0');
const fractionBytes = (digits: number): number => (digits + 1) >> 1;
const backwards = (bytes: Uint8Array): bigint => bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
const fraction = (reader: ByteReader, digits: number): string =>
  digits === 0
    ? ''
    : `.${`${backwards(reader.take(fractionBytes(digits)))}`.padStart(digits, '0').slice(0, digits)}`;

const date: Type = {
  meta: 0,
  read(reader) {
    const packed = reader.uint(3);
    return `'${String(packed >> 9).padStart(4, '0')}-${two((packed >> 5) & 15)}-${two(packed & 31)}'`;
  },
};
const timestamp2: Type = {
  meta: 1,
  read: (reader, digits) => `${backwards(reader.take(4))}${fraction(reader, digits)}`,
};
const datetime2: Type = {
  meta: 1,
  read(reader, digits) {
    const packed = Number(backwards(reader.take(5)) & 0x7fffffffffn);
    const part = (shift: number, bits: number) => Math.floor(packed / 2 ** shift) % 2 ** bits;
    const months = part(22, 17);
    const day = `${String(Math.floor(months / 13)).padStart(4, '0')}-${two(months % 13)}-${two(part(17, 5))}`;
    return `'${day} ${two(part(12, 5))}:${two(part(6, 6))}:${two(part(0, 6))}${fraction(reader, digits)}'`;
  },
};
const time2: Type = {
  meta: 1,
  read(reader, digits) {
    const bytes = 3 + fractionBytes(digits);
    const scale = 256n ** BigInt(fractionBytes(digits));
    const packed = backwards(reader.take(bytes)) - 0x800000n * scale;
    const positive = packed < 0n ? -packed : packed;
    const clock = Number(positive / scale);
    const rest = `${positive % scale}`.padStart(fractionBytes(digits) * 2, '0').slice(0, digits);
    const shown = `${two((clock >> 12) & 0x3ff)}:${two((clock >> 6) & 63)}:${two(clock & 63)}`;
    return `'${packed < 0n ? '-' : ''}${shown}${digits === 0 ? '' : `.${rest}`}'`;
  },
};

/** Digits that are left over of a group of nine take so many bytes. */
const DIGIT_BYTES = [0, 1, 1, 2, 2, 3, 3, 4, 4, 4];
const decimal: Type = {
  meta: 2,
  read(reader, meta) {
    const scale = meta >> 8;
    const whole = (meta & 0xff) - scale;
    const bytesOf = (digits: number) => Math.floor(digits / 9) * 4 + (DIGIT_BYTES[digits % 9] ?? 0);
    const raw = Uint8Array.from(reader.take(bytesOf(whole) + bytesOf(scale)));
    const negative = raw.length > 0 && ((raw[0] ?? 0) & 0x80) === 0;
    const plain = raw.map((byte, index) => (index === 0 ? byte ^ 0x80 : byte) ^ (negative ? 0xff : 0));
    let at = 0;
    const group = (digits: number): string => {
      const bytes = DIGIT_BYTES[digits] ?? 0;
      at += bytes;
      return `${backwards(plain.subarray(at - bytes, at))}`.padStart(digits, '0');
    };
    const nines = (digits: number) => Array.from({ length: Math.floor(digits / 9) }, () => group(9)).join('');
    const front = `${whole % 9 > 0 ? group(whole % 9) : ''}${nines(whole)}`.replace(/^0+(?=\d)/, '') || '0';
    const back = `${nines(scale)}${scale % 9 > 0 ? group(scale % 9) : ''}`;
    return `${negative ? '-' : ''}${front}${back === '' ? '' : `.${back}`}`;
  },
};

const year: Type = {
  meta: 0,
  read(reader) {
    const value = reader.uint(1);
    return `${value === 0 ? 0 : 1900 + value}`;
  },
};
const raw = (bytes: number): Type => ({ meta: 0, read: (reader) => `0x${hex(reader.take(bytes))}` });

/** enum_field_types of both; 140 and 141 are MariaDB's compressed columns, 242 MySQL's vectors. */
const TYPES: Readonly<Record<number, Type>> = {
  1: whole(1),
  2: whole(2),
  3: whole(4),
  4: floating(4),
  5: floating(8),
  7: whole(4),
  8: whole(8),
  9: whole(3),
  10: date,
  11: raw(3),
  12: raw(8),
  13: year,
  14: date,
  15: varchar(text),
  16: bit,
  17: timestamp2,
  18: datetime2,
  19: time2,
  140: blob(binary),
  141: varchar(binary),
  242: blob(binary),
  245: blob(binary),
  246: decimal,
  249: blob(text),
  250: blob(text),
  251: blob(text),
  252: blob(text),
  253: varchar(text),
  254: string,
  255: blob(binary),
};
