/** Lanes from the users down to the data; a tier that is not named here comes after them, by name. */
const TIERS = [
  'entry',
  'balancer',
  'web',
  'application',
  'health',
  'cache',
  'session',
  'database',
  'files',
  'backup',
  'monitoring',
];
const rank = (tier: string): number => {
  const at = TIERS.indexOf(tier);
  return at < 0 ? TIERS.length : at;
};

/** The tiers that are used, in the order of their lanes. */
export const tiersOf = (nodes: readonly { tier: string }[]): string[] =>
  [...new Set(nodes.map((node) => node.tier))].toSorted(
    (a, b) => rank(a) - rank(b) || (a < b ? -1 : Number(a > b)),
  );
