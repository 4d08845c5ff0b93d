/** State of a generator that gives the same numbers for the same seed on every machine: four words of 32 bits. */
export type GeneratorState = [number, number, number, number];

/** A start that depends on every bit of the seed, a whole number. */
export function seeded(seed: number): GeneratorState {
  const state: GeneratorState = [0x9e3779b9, Math.floor(seed / 2 ** 32) >>> 0, seed >>> 0, 1];
  for (let n = 0; n < 12; n += 1) next(state);
  return state;
}

/** A number of [0, 1) with 32 random bits, and the state moved on (sfc32 of PractRand). */
export function next(state: GeneratorState): number {
  const [a, b, c, count] = state;
  const sum = (a + b + count) | 0;
  state[0] = b ^ (b >>> 9);
  state[1] = (c + (c << 3)) | 0;
  state[2] = (((c << 21) | (c >>> 11)) + sum) | 0;
  state[3] = (count + 1) | 0;
  return (sum >>> 0) / 2 ** 32;
}

/** A normal number with mean 0 and deviation 1 (Box and Muller). */
const normal = (state: GeneratorState): number =>
  Math.sqrt(-2 * Math.log(1 - next(state))) * Math.cos(2 * Math.PI * next(state));

/** A gamma number of this shape, at least 1 (Marsaglia and Tsang 2000). */
function gamma(shape: number, state: GeneratorState): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(state);
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    if (Math.log(1 - next(state)) < x * x * 0.5 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** A number between `low` and `high` with its mode at `mode`: the beta distribution whose mean PERT takes. */
export function betaPert(low: number, mode: number, high: number, state: GeneratorState): number {
  const width = high - low;
  if (width <= 0) return mode;
  const a = gamma(1 + (4 * (mode - low)) / width, state);
  const b = gamma(1 + (4 * (high - mode)) / width, state);
  return low + (width * a) / (a + b);
}
