import { ByteReader } from './byte-reader';
import { crc32 } from './crc32';

/**
 * Takes a binary log apart into its events, as bytes come in. Every event says its own length, so nothing that stands
 * *in* one can be taken for another. The text that mysqlbinlog prints has no such frame: on MySQL 9.7 and MariaDB 10.11 the
 * words of a CREATE TABLE and the name of a table can hold lines that look like transactions and rows, and were seen to.
 */

/** Event types of both dialects (mysql: binary_log::Log_event_type; MariaDB: Log_event_type of log_event.h). */
export const EVENT = {
  query: 2,
  format: 15,
  xid: 16,
  tableMap: 19,
  gtid: 33,
  anonymous: 34,
  previousGtids: 35,
  xaPrepare: 38,
  payload: 40,
  taggedGtid: 42,
  mariadbGtid: 162,
  mariadbGtidList: 163,
  startEncryption: 164,
  compressedQuery: 165,
} as const;

export interface LogEvent {
  readonly type: number;
  /** Epoch seconds, by the clock of the server that wrote it. */
  readonly seconds: number;
  readonly server: number;
  /** What is between the header and the checksum; null: nobody asked for it, or it is too much to be kept in memory. */
  readonly body: Uint8Array | null;
}

/** Why the rest of a file cannot be read; what came before it stands. */
export type LogTrouble = 'not-a-log' | 'encrypted' | 'damaged';

export interface LogSink {
  /** An event begins: its nineteen bytes of header. `false`: what is in it is not asked for, and its body will be null. */
  head(type: number, header: Uint8Array): boolean;
  /** The rest of it as it stands in the file, checksum included, in pieces; all of them before `event`. */
  bytes(piece: Uint8Array): void;
  event(event: LogEvent): void;
}

const MAGIC = [0xfe, 0x62, 0x69, 0x6e];
const ENCRYPTED = 0xfd;
const HEADER = 19;
const CHECKSUM = 4;
/** A longer event passes through: its rows are not told, its transaction is. */
const KEPT = 1024 * 1024;

interface Open {
  header: Uint8Array;
  size: number;
  /** What came of it so far. */
  seen: number;
  crc: number;
  /** Null: it is too long to be kept. */
  pieces: Uint8Array[] | null;
  /** Up to the last four bytes, held back because they may be the checksum. */
  tail: Uint8Array;
}

export class LogSplitter {
  trouble: LogTrouble | null = null;
  private readonly sink: LogSink;
  private rest = new Uint8Array();
  private started = false;
  private checksums = false;
  private open: Open | null = null;

  constructor(sink: LogSink) {
    this.sink = sink;
  }

  /** Does the file end within an event? Asked when all of it was pushed. */
  get torn(): boolean {
    return this.rest.length > 0 || this.open !== null;
  }

  push(piece: Uint8Array): void {
    let bytes = this.rest.length === 0 ? piece : joined(this.rest, piece);
    this.rest = new Uint8Array();
    while (this.trouble === null) {
      const used = this.step(bytes);
      if (used === 0) break;
      bytes = bytes.subarray(used);
    }
    if (this.trouble === null) this.rest = bytes.slice();
  }

  /** How many of the bytes were understood; 0: more of them are needed. */
  private step(bytes: Uint8Array): number {
    if (!this.started) return this.start(bytes);
    if (this.open) return this.go(this.open, bytes);
    if (bytes.length < HEADER) return 0;
    const header = bytes.slice(0, HEADER);
    const size = new ByteReader(header, 9).uint(4);
    if (size < HEADER) {
      // preallocated space that was never written is all zeros: the log ends here
      if (header.every((byte) => byte === 0)) return bytes.length;
      this.trouble = 'damaged';
      return 0;
    }
    const pieces = this.sink.head(header[4] ?? 0, header) && size <= KEPT ? [] : null;
    this.open = { header, size, seen: HEADER, crc: crc32(header), pieces, tail: new Uint8Array() };
    if (size === HEADER) this.end(this.open);
    return HEADER;
  }

  private start(bytes: Uint8Array): number {
    if (bytes.length < MAGIC.length) return 0;
    this.started = true;
    if (MAGIC.some((byte, index) => bytes[index] !== byte))
      this.trouble = bytes[0] === ENCRYPTED ? 'encrypted' : 'not-a-log';
    return MAGIC.length;
  }

  private go(open: Open, bytes: Uint8Array): number {
    const piece = bytes.subarray(0, open.size - open.seen);
    if (piece.length === 0) return 0;
    open.seen += piece.length;
    open.pieces?.push(piece.slice());
    const known = open.tail.length === 0 ? piece : joined(open.tail, piece);
    const sure = Math.max(0, known.length - CHECKSUM);
    open.crc = crc32(known.subarray(0, sure), open.crc);
    open.tail = known.slice(sure);
    this.sink.bytes(piece);
    if (open.seen === open.size) this.end(open);
    return piece.length;
  }

  private end({ header, crc, pieces, tail }: Open): void {
    this.open = null;
    const head = new ByteReader(header);
    const seconds = head.uint(4);
    const type = head.uint(1);
    const server = head.uint(4);
    const body = pieces && joined(...pieces);
    // The first event says whether there are checksums; its own is made before its "in use" flag is set.
    if (type === EVENT.format) this.checksums = body !== null && hasChecksums(body);
    else if (this.checksums && new ByteReader(tail).uint(4) !== crc) {
      this.trouble = 'damaged';
      return;
    }
    if (type === EVENT.startEncryption) {
      this.trouble = 'encrypted';
      return;
    }
    const checked = this.checksums ? CHECKSUM : 0;
    this.sink.event({ type, seconds, server, body: body?.subarray(0, body.length - checked) ?? null });
  }
}

/** Of the body of a format event: its last five bytes are the algorithm and its own checksum (since 5.6 and 10.0). */
function hasChecksums(body: Uint8Array): boolean {
  return body[body.length - CHECKSUM - 1] === 1;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
