/** SHA-256 (FIPS 180-4) without anything of the system: plans are named where there is none, and at once. */

/** The hash of a text's UTF-8, hexadecimal. */
export function sha256(text: string): string {
  const words = padded(utf8(text));
  const state = Uint32Array.from(INITIAL);
  const schedule = new Uint32Array(64);
  for (let block = 0; block < words.length; block += 16) compress(state, schedule, words, block);
  return Array.from(state, (word) => word.toString(16).padStart(8, '0')).join('');
}

/** The UTF-8 of a text; half of a pair stands for the replacement character, as everywhere. */
function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const letter of text) {
    const found = letter.codePointAt(0) ?? 0;
    const code = found >= 0xd800 && found <= 0xdfff ? 0xfffd : found;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), rest(code));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), rest(code >> 6), rest(code));
    else bytes.push(0xf0 | (code >> 18), rest(code >> 12), rest(code >> 6), rest(code));
  }
  return bytes;
}
const rest = (code: number): number => 0x80 | (code & 0x3f);

/** Bytes as words, followed by a one, zeros and the length in bits: a multiple of 16 words. */
function padded(bytes: readonly number[]): Uint32Array {
  const words = new Uint32Array((((bytes.length + 8) >> 6) + 1) * 16);
  for (const [at, byte] of bytes.entries()) put(words, at, byte);
  put(words, bytes.length, 0x80);
  words[words.length - 2] = Math.floor(bytes.length / 2 ** 29);
  words[words.length - 1] = (bytes.length << 3) >>> 0;
  return words;
}

function put(words: Uint32Array, at: number, byte: number): void {
  const word = at >> 2;
  words[word] = (words[word] ?? 0) | (byte << (24 - 8 * (at & 3)));
}

const turn = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

function compress(state: Uint32Array, w: Uint32Array, words: Uint32Array, block: number): void {
  for (let t = 0; t < 16; t += 1) w[t] = words[block + t] ?? 0;
  for (let t = 16; t < 64; t += 1) {
    const [far, near] = [w[t - 15] ?? 0, w[t - 2] ?? 0];
    const s0 = turn(far, 7) ^ turn(far, 18) ^ (far >>> 3);
    const s1 = turn(near, 17) ^ turn(near, 19) ^ (near >>> 10);
    w[t] = (w[t - 16] ?? 0) + s0 + (w[t - 7] ?? 0) + s1;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let t = 0; t < 64; t += 1) {
    const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const first = (h + s1 + ((e & f) ^ (~e & g)) + (ROUND[t] ?? 0) + (w[t] ?? 0)) | 0;
    const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const second = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  for (const [at, word] of [a, b, c, d, e, f, g, h].entries()) state[at] = (state[at] ?? 0) + word;
}

/** The first primes, of whose roots the constants are the fractions. */
function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n += 1) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}

const fractionOf = (root: number): number => Math.floor((root - Math.floor(root)) * 2 ** 32);
const INITIAL = Uint32Array.from(primes(8), (prime) => fractionOf(Math.sqrt(prime)));
const ROUND = Uint32Array.from(primes(64), (prime) => fractionOf(Math.cbrt(prime)));
