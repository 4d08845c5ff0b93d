export type Freshness = 'fresh' | 'stale' | 'old';

/**
 * How far to trust a reading: after 3 missed looks its age is said in words, after 10 its number is no longer
 * shown. `at` and `now` in epoch milliseconds, `periodMs` between two looks.
 */
export function freshnessOf(at: number, now: number, periodMs: number): Freshness {
  const missed = (now - at) / periodMs;
  if (missed > 10) return 'old';
  return missed > 3 ? 'stale' : 'fresh';
}
