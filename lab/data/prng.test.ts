import { describe, expect, it } from 'vitest';
import { random } from './prng';

const take = (seed: number, stream: string, count = 5) => {
  const rng = random(seed, stream);
  return Array.from({ length: count }, () => rng.bits());
};

/** Changing these changes everybody's data: not by accident. */
const KNOWN = [1044970177, 4085434249, 2570725865, 1665995325, 2691771032];

describe('random', () => {
  it('gives the same numbers for the same seed and stream, on every machine', () => {
    expect(take(1, 'orders')).toEqual(take(1, 'orders'));
    expect(take(1, 'orders')).toEqual(KNOWN);
  });

  it('gives other numbers for another seed or stream', () => {
    expect(take(2, 'orders')).not.toEqual(take(1, 'orders'));
    expect(take(1, 'files')).not.toEqual(take(1, 'orders'));
  });

  it('spreads evenly', () => {
    const rng = random(3, 'dice');
    const fair = [0, 0, 0, 0, 0, 0];
    for (let i = 0; i < 60_000; i++) {
      const side = rng.below(6);
      fair[side] = (fair[side] ?? 0) + 1;
    }
    for (const count of fair) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  it('has nothing to pick from nothing', () => {
    expect(() => random(1, 'x').pick([])).toThrow(RangeError);
  });
});
