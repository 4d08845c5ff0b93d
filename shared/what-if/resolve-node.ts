import type { Estate } from '../estate/schema';
import type { Place } from './scene';

/** What a name of a node stands for. */
export interface NodesNamed {
  places: readonly Place[];
  hosts: readonly string[];
}

/**
 * What falls when this node falls: a place, all places of a service, a host with everything on it and within it, or a site.
 * A host may bear the name of a service that runs on it; the name then means the service, as everywhere in the estate.
 * undefined: the estate has nothing of this name.
 */
export function nodesNamed(estate: Estate, places: readonly Place[], name: string): NodesNamed | undefined {
  const place = places.filter(({ id }) => id === name);
  if (place.length > 0) return { places: place, hosts: [] };
  if (estate.services.some(({ id }) => id === name)) {
    return { places: places.filter(({ service }) => service.id === name), hosts: [] };
  }
  const first = estate.hosts.filter(({ id, site }) => id === name || site === name).map(({ id }) => id);
  const isKnown = first.length > 0 || estate.sites.some(({ id }) => id === name);
  if (!isKnown) return undefined;
  const hosts = withInner(estate, first);
  return { places: places.filter(({ host }) => host !== null && hosts.includes(host)), hosts };
}

/** Hosts and, again and again, what runs within them. */
function withInner(estate: Estate, first: readonly string[]): string[] {
  const all = new Set(first);
  for (let before = -1; before < all.size; ) {
    before = all.size;
    for (const { id, within } of estate.hosts) if (within !== undefined && all.has(within)) all.add(id);
  }
  return [...all];
}

/** Every name that `nodesNamed` knows. */
export const nodeNames = (estate: Estate, places: readonly Place[]): string[] => [
  ...places.map(({ id }) => id),
  ...estate.services.map(({ id }) => id),
  ...estate.hosts.map(({ id }) => id),
  ...estate.sites.map(({ id }) => id),
];
