import type { Snapshot } from '@shared/snapshot';
import { isSuspect } from '@shared/watch/wake';

export type Freshness = 'fresh' | 'stale' | 'old';

/**
 * How far to trust a reading: after 3 missed looks its age is said in words, after 10 its number is no longer
 * shown. What was read before the desk slept is stale at once. `at` and `now` in epoch milliseconds.
 */
export function freshnessOf(
  at: number,
  now: number,
  { periodMs, suspectBefore }: Pick<Snapshot, 'periodMs' | 'suspectBefore'>,
): Freshness {
  const missed = (now - at) / periodMs;
  if (missed > 10) return 'old';
  return missed > 3 || isSuspect(at, now, suspectBefore) ? 'stale' : 'fresh';
}
