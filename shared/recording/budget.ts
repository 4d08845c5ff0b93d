import type { Stage } from './frame';

/** What a recorder may keep. */
export interface Budget {
  /** Bytes on disk in one day (UTC). */
  dayBytes: number;
  /** Days after which a file is removed. */
  days: number;
}
export const DEFAULT_BUDGET: Budget = { dayBytes: 50_000_000, days: 14 };

/** Shares of the day's bytes from which on less is kept. */
const NO_RAW_FROM = 0.6;
const COARSE_FROM = 0.8;

/** While `coarse`, a host whose state did not change is written at most this often, milliseconds. */
export const COARSE_MS = 60_000;

/**
 * How much is kept with `used` bytes of the day written: first raw outputs are left out, then looks that changed
 * nothing but numbers are thinned out, and at the end of the budget nothing is kept until the next day. Every
 * change of the stage is written down, so that a gap is seen as one.
 */
export function stageOf(used: number, budget: Budget): Stage {
  const share = used / budget.dayBytes;
  if (share >= 1) return 'nothing';
  if (share >= COARSE_FROM) return 'coarse';
  return share >= NO_RAW_FROM ? 'no-raw' : 'whole';
}
