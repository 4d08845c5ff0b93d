/** Words of the dense picture: groups, bundles, focus and search. */
export const graph = {
  group: (tier: string, n: number) => (n === 1 ? `${tier}, 1 server` : `${tier}, ${n} servers`),
  open: 'Open',
  fold: 'Fold',
  foldAll: 'Fold all groups',
  openAll: 'Open all groups',
  links: (n: number) => (n === 1 ? '1 link' : `${n} links`),
  linksOf: (n: number, all: number) => `${n} of ${all} links`,
  strangers: (n: number) => (n === 1 ? '1 more address' : `${n} more addresses`),
  found: (at: number, all: number) => `${at} of ${all}`,
  foundAll: (all: number) => (all === 1 ? '1 found, Enter goes there' : `${all} found, Enter goes there`),
  matching: (n: number) => (n === 1 ? '1 found' : `${n} found`),
  linked: (n: number) => (n === 1 ? '1 linked' : `${n} linked`),
};
