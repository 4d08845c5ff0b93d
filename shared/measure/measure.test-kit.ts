import type { MeasuredValue, Verdict } from './model';

/** Numbers that look like chance and are the same at every run (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** The values of a measurement by path; one that came to nothing fails the test with its reason. */
export function valuesOf(verdict: Verdict): Record<string, MeasuredValue> {
  if (verdict.state === 'unknown') throw new Error(verdict.why);
  return Object.fromEntries(verdict.values.map((value) => [value.path, value]));
}

export const whyOf = (verdict: Verdict): string =>
  verdict.state === 'unknown' ? verdict.why : `measured ${JSON.stringify(verdict.values)}`;
