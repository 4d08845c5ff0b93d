/** The greatest value of an integer column, by its type as the server writes it; null: no integer that is known. */
export function maximumOf(columnType: string): bigint | null {
  const match = /^(tiny|small|medium|big)?int(?:eger)?(?:\(\d+\))?(?<unsigned> unsigned)?/i.exec(columnType);
  if (!match) return null;
  const bits = BITS[(match[1] ?? '').toLowerCase()];
  if (bits === undefined) return null;
  const all = 1n << bits;
  return match.groups?.unsigned ? all - 1n : all / 2n - 1n;
}

const BITS: Readonly<Record<string, bigint>> = { tiny: 8n, small: 16n, medium: 24n, '': 32n, big: 64n };

/**
 * How much of the type's values is used up, in whole percent, rounded down: the values below the next one. null where
 * either is not understood. 64-bit numbers stay exact.
 */
export function usedPercent(columnType: string, next: string | null | undefined): number | null {
  const maximum = maximumOf(columnType);
  if (maximum === null || !next || !/^\d+$/.test(next)) return null;
  const value = BigInt(next);
  const used = value > 0n ? value - 1n : 0n;
  return Number((used * 100n) / maximum);
}
