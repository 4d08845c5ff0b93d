/** What a number measures. Numbers of different dimensions never meet. */
export type Dimension = 'bytes' | 'rate' | 'seconds' | 'count' | 'countRate' | 'fraction' | 'money';

/** Money has no base unit: an amount stays in its own currency, by its code of three letters (ISO 4217). */
export const isCurrency = (unit: string): boolean => /^[A-Z]{3}$/.test(unit);

const DECIMAL = { k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15 } as const;
const BINARY = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 } as const;
const DAY = 86_400;
const YEAR = 365.2425 * DAY;

/** Unit → dimension and factor to the base unit of all dimensions but money (bytes, bytes per second, seconds, 1, 1 per second, 1). */
const UNITS: ReadonlyMap<string, { dimension: Dimension; factor: number }> = new Map(build());

function* build(): Generator<[string, { dimension: Dimension; factor: number }]> {
  const prefixes: [string, number][] = [['', 1], ...Object.entries(DECIMAL), ...Object.entries(BINARY)];
  for (const [prefix, factor] of prefixes) {
    // o is the French octet; K is written as often as k.
    for (const name of [`${prefix}B`, `${prefix}o`, ...(prefix === 'k' ? ['KB', 'Ko'] : [])]) {
      yield [name, { dimension: 'bytes', factor }];
      yield [`${name}/s`, { dimension: 'rate', factor }];
      yield [`${name}/min`, { dimension: 'rate', factor: factor / 60 }];
      yield [`${name}/h`, { dimension: 'rate', factor: factor / 3600 }];
      for (const day of ['day', 'd', 'j', 'jour']) {
        yield [`${name}/${day}`, { dimension: 'rate', factor: factor / DAY }];
      }
    }
    // Network rates are in bits: 1 Gbit/s is 125 MB/s, and never 1 GB/s.
    for (const name of [`${prefix}bit/s`, `${prefix}bps`])
      yield [name, { dimension: 'rate', factor: factor / 8 }];
  }
  const times: [string, number][] = [
    ['ms', 1e-3],
    ['s', 1],
    ['min', 60],
    ['h', 3600],
    ['d', DAY],
    ['day', DAY],
    ['j', DAY],
  ];
  for (const [name, factor] of times) yield [name, { dimension: 'seconds', factor }];
  for (const name of ['count', 'files', 'fichiers', 'users', 'streams', '1']) {
    yield [name, { dimension: 'count', factor: 1 }];
  }
  const frequencies: [string, number][] = [
    ['files/s', 1],
    ['1/s', 1],
    ['1/h', 1 / 3600],
    ['1/day', 1 / DAY],
    ['1/year', 1 / YEAR],
    ['files/day', 1 / DAY],
    ['files/d', 1 / DAY],
    ['fichiers/j', 1 / DAY],
    ['users/day', 1 / DAY],
  ];
  for (const [name, factor] of frequencies) yield [name, { dimension: 'countRate', factor }];
  yield ['fraction', { dimension: 'fraction', factor: 1 }];
  yield ['%', { dimension: 'fraction', factor: 0.01 }];
}

/** What a unit measures and its factor to the base unit; undefined for a unit that nobody knows. */
export const unitOf = (name: string): { dimension: Dimension; factor: number } | undefined =>
  UNITS.get(name) ?? (isCurrency(name) ? { dimension: 'money', factor: 1 } : undefined);

/** Factor to the base unit. Only for names that the types of `measure.ts` allow; their test goes through all of them. */
export const factorOf = (name: string): number => UNITS.get(name)?.factor ?? Number.NaN;
