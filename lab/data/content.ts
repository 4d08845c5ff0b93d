import { createHash } from 'node:crypto';
import type { FileSpec } from './files';
import { random } from './prng';
import { WORDS } from './words';

const BLOCK = 256 * 1024;
const HEAD: Readonly<Record<string, string>> = {
  pdf: '%PDF-1.7\n',
  jpg: '\xff\xd8\xff\xe0',
  zip: 'PK\x03\x04',
  docx: 'PK\x03\x04',
  xlsx: 'PK\x03\x04',
};

/** Gives the bytes of files in pieces, whatever their size. One per seed: it keeps a block of text to cut from. */
export function contentMaker(seed: number): (file: FileSpec) => Generator<Buffer> {
  const prose = proseBlock(seed);
  return (file) => (file.text ? textOf(seed, file, prose) : binaryOf(seed, file));
}

/** SHA-256 of a file's bytes, hex. */
export function contentSha256(make: (file: FileSpec) => Generator<Buffer>, file: FileSpec): string {
  const hash = createHash('sha256');
  for (const piece of make(file)) hash.update(piece);
  return hash.digest('hex');
}

/** Compresses like text: a line of its own, then stretches of the common prose. */
function* textOf(seed: number, file: FileSpec, prose: Buffer): Generator<Buffer> {
  const rng = random(seed, `text ${file.id}`);
  const head = Buffer.from(`Document ${file.id}\n\n`).subarray(0, file.size);
  yield head;
  for (let left = file.size - head.length; left > 0; ) {
    const from = rng.below(prose.length / 2);
    const piece = prose.subarray(from, from + Math.min(left, prose.length / 2));
    yield piece;
    left -= piece.length;
  }
}

/** Does not compress, like the packed formats it stands for. */
function* binaryOf(seed: number, file: FileSpec): Generator<Buffer> {
  const rng = random(seed, `binary ${file.id}`);
  const extension = file.path.slice(file.path.lastIndexOf('.') + 1);
  const head = Buffer.from(HEAD[extension] ?? '', 'latin1').subarray(0, file.size);
  yield head;
  for (let left = file.size - head.length; left > 0; ) {
    const length = Math.min(left, BLOCK);
    yield noise(rng.bits() | 1, length);
    left -= length;
  }
}

/** xorshift32: quick, and good enough to look like packed data. */
function noise(start: number, length: number): Buffer {
  const words = new Uint32Array(Math.ceil(length / 4));
  let x = start;
  for (let i = 0; i < words.length; i++) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    words[i] = x;
  }
  return Buffer.from(words.buffer, 0, length);
}

function proseBlock(seed: number): Buffer {
  const rng = random(seed, 'prose');
  const parts: string[] = [];
  let column = 0;
  for (let bytes = 0; bytes < BLOCK; ) {
    const word = rng.pick(WORDS);
    const gap = column > 70 ? '\n' : ' ';
    column = column > 70 ? 0 : column + word.length + 1;
    parts.push(word, gap);
    bytes += Buffer.byteLength(word) + 1;
  }
  return Buffer.from(parts.join('')).subarray(0, BLOCK);
}
