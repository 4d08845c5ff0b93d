/**
 * Reads little-endian numbers out of bytes that came from elsewhere. Reading past the end gives zeros and is
 * remembered in `over`: whoever decodes looks at it once, at the end, and then believes nothing of what was read.
 */
export class ByteReader {
  over = false;
  private at: number;
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  /** Bytes that were not read yet. */
  get left(): number {
    return this.bytes.length - this.at;
  }

  take(length: number): Uint8Array {
    if (!(length >= 0 && length <= this.left)) {
      this.over = true;
      this.at = this.bytes.length;
      return new Uint8Array();
    }
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  skip(length: number): void {
    this.take(length);
  }

  /** An unsigned number of up to 6 bytes. */
  uint(length: number): number {
    const end = this.at + length;
    if (end > this.bytes.length) {
      this.take(length);
      return 0;
    }
    let value = 0;
    for (let index = end - 1; index >= this.at; index -= 1) value = value * 256 + (this.bytes[index] ?? 0);
    this.at = end;
    return value;
  }

  /** An unsigned number of any length. */
  big(length: number): bigint {
    return this.take(length).reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n);
  }

  /** Text of one byte a character: names of the protocol, never values of people. */
  ascii(length: number): string {
    return String.fromCharCode(...this.take(length));
  }

  /** A number as MySQL packs it (net_field_length): one byte below 251, else 2, 3 or 8 bytes after a mark. */
  packed(): number {
    const first = this.uint(1);
    if (first < 251) return first;
    if (first === 252) return this.uint(2);
    if (first === 253) return this.uint(3);
    const wide = first === 254 ? this.big(8) : -1n;
    if (wide >= 0n && wide <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(wide);
    this.over = true;
    return 0;
  }

  /**
   * A number of mysql::serialization, as tagged GTID events write theirs: as many one bits at the low end of the first byte
   * as bytes follow it, the rest of the bits are the value (libs/mysql/serialization/variable_length_integers.h).
   */
  variable(): bigint {
    const first = this.uint(1);
    let follow = 0;
    while (follow < 8 && (first >> follow) & 1) follow += 1;
    const low = follow >= 7 ? 0n : BigInt(first >> (follow + 1));
    return low | (this.big(follow) << BigInt(Math.max(0, 7 - follow)));
  }

  /** The same with a sign: the lowest bit says whether the rest is to be inverted. */
  signedVariable(): bigint {
    const value = this.variable();
    return value & 1n ? -(value >> 1n) - 1n : value >> 1n;
  }
}

/** UTF-8 as text; null for bytes that are none. */
export function utf8(bytes: Uint8Array): string | null {
  try {
    return decodeURIComponent([...bytes].map((byte) => `%${hexByte(byte)}`).join(''));
  } catch {
    return null;
  }
}

/** "0a1b", without a mark before it. */
export const hex = (bytes: Uint8Array): string => [...bytes].map(hexByte).join('');

const hexByte = (byte: number): string => byte.toString(16).padStart(2, '0');
