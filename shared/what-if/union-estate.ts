import type { Estate, Link, Service } from '../estate/schema';
import { placesOf } from '../topology/nodes';

const byId = <T extends { id: string }>(first: readonly T[], more: readonly T[]): T[] => [
  ...first,
  ...more.filter(({ id }) => !first.some((each) => each.id === id)),
];

/**
 * Two estates in one picture: everything of the first in its order, then what only the second has. Drawn once, it holds
 * still while one shows the first, a step between, or the second. The same estate twice is that estate.
 */
export function unionOf(first: Estate, second: Estate): Estate {
  if (first === second) return first;
  return {
    ...second,
    sites: byId(first.sites, second.sites),
    subnets: byId(first.subnets, second.subnets),
    hosts: byId(first.hosts, second.hosts),
    services: byId(first.services, second.services).map((service) => ({
      ...service,
      hosts: [...new Set([...hostsIn(first, service), ...hostsIn(second, service)])],
    })),
    links: [
      ...first.links,
      ...second.links.filter(
        (link) => !first.links.some((each) => each.id === link.id && sameWay(each, link)),
      ),
    ],
    actors: byId(first.actors, second.actors),
    scenarios: [],
  };
}

const hostsIn = ({ services }: Estate, { id }: Service): string[] =>
  services.find((service) => service.id === id)?.hosts ?? [];

/** Do both go the same way, so that they are one line? */
export const sameWay = (a: Link, b: Link): boolean =>
  a.from === b.from && a.to === b.to && a.protocol === b.protocol && a.port === b.port;

/** Is this place of the union one of this estate? A service that is placed nowhere there is at all of its places. */
export function isPlaceOf(estate: Estate, service: string, host: string | null): boolean {
  const own = estate.services.find(({ id }) => id === service);
  if (!own) return false;
  const places = placesOf(own);
  return places.some((place) => place.host === null || place.host === host);
}

/** Places of one estate under their names in the union. */
export function nameInUnion(union: Estate, service: string, host: string | null): string[] {
  const own = union.services.find(({ id }) => id === service);
  if (!own) return [];
  const places = placesOf(own);
  return places.filter((place) => host === null || place.host === host).map(({ id }) => id);
}
