/** Of several measurements of the same thing: the middle, the extremes, and how many there were. */
export interface Summary {
  median: number;
  min: number;
  max: number;
  n: number;
}

/** @throws Error when there is nothing to summarise: a missing figure must not look like 0. */
export function summarise(values: readonly number[]): Summary {
  const sorted = [...values].sort((a, b) => a - b);
  const [min] = sorted;
  const max = sorted.at(-1);
  if (min === undefined || max === undefined) throw new Error('no measurement');
  const middle = (sorted.length - 1) / 2;
  const median = ((sorted[Math.floor(middle)] ?? min) + (sorted[Math.ceil(middle)] ?? max)) / 2;
  return { median, min, max, n: sorted.length };
}

export const times = async <T>(n: number, work: (index: number) => Promise<T>): Promise<T[]> => {
  const results: T[] = [];
  for (let i = 0; i < n; i++) results.push(await work(i));
  return results;
};
