import type { CheckResult, Stars } from '../views/assessment';

/**
 * Confidence: the share of checks that were really measured, in fifths begun, as the anchors do it (Azure Migrate:
 * 0–20 % one star … 81–100 % five). Without a single check there is no star: 0 of 0 is unknown.
 */
export function starsOf(checks: readonly Pick<CheckResult, 'state'>[]): Stars {
  const of = checks.length;
  const measured = checks.filter(({ state }) => state !== 'unknown').length;
  // whole numbers: 1 of 5 is one star exactly, whatever a fraction would round to
  return { stars: of === 0 ? null : Math.max(1, Math.ceil((5 * measured) / of)), measured, of };
}
