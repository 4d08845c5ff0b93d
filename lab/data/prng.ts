/** A small seeded generator (sfc32): the same seed and stream name always give the same numbers. Not for secrets. */
export interface Random {
  /** 0 ≤ x < 1 */
  readonly next: () => number;
  /** Whole number, 0 ≤ n < limit. */
  readonly below: (limit: number) => number;
  /** 32 random bits, as an unsigned number. */
  readonly bits: () => number;
  /** One of them. @throws RangeError when there is none */
  readonly pick: <T>(items: readonly T[]) => T;
}

/**
 * An independent stream for each purpose, so that more rows of one table change nothing in another.
 * @param seed the lab's seed
 * @param stream what the numbers are for
 */
export function random(seed: number, stream: string): Random {
  let [a, b, c, d] = [seed >>> 0, hash(stream), 0x9e3779b9, 1];
  const bits = () => {
    const sum = (((a + b) >>> 0) + d) >>> 0;
    d = (d + 1) >>> 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) >>> 0;
    c = ((c << 21) | (c >>> 11)) >>> 0;
    c = (c + sum) >>> 0;
    return sum;
  };
  for (let i = 0; i < 15; i++) bits();
  const next = () => bits() / 2 ** 32;
  const below = (limit: number) => Math.floor(next() * limit);
  const pick = <T>(items: readonly T[]): T => {
    const item = items[below(items.length)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  };
  return { next, below, bits, pick };
}

/** FNV-1a. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return h;
}
