import type { Service } from '../estate/schema';
import type { TopologyLink, TopologyNode } from '../views/topology';
import type { View } from './view';

/** What rules look up by id again and again: on a thousand hosts, searching the lists took half a second. */
export interface Lookup {
  services: ReadonlyMap<string, Service>;
  nodes: ReadonlyMap<string, TopologyNode>;
  nodesOfHost: ReadonlyMap<string, readonly TopologyNode[]>;
  nodesOfRole: ReadonlyMap<string, readonly TopologyNode[]>;
  /** Declared links by the host of the end that opens them. */
  declaredFromHost: ReadonlyMap<string, readonly TopologyLink[]>;
}

const made = new WeakMap<View, Lookup>();

/** Made once for each view; a view never changes. */
export function lookup(view: View): Lookup {
  const known = made.get(view);
  if (known) return known;
  const nodes = new Map(view.nodes.map((node) => [node.id, node]));
  const placed = view.nodes.filter((node) => node.host !== null);
  const fresh: Lookup = {
    services: new Map(view.estate.services.map((service) => [service.id, service])),
    nodes,
    nodesOfHost: groupBy(placed, (node) => node.host),
    nodesOfRole: groupBy(placed, (node) => node.role),
    declaredFromHost: groupBy(
      view.links.filter((link) => link.declared),
      (link) => nodes.get(link.from)?.host ?? null,
    ),
  };
  made.set(view, fresh);
  return fresh;
}

/** In the order in which they came; what has no key is left out. */
function groupBy<T>(list: readonly T[], key: (one: T) => string | null): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const name = key(one);
    if (name === null) continue;
    const group = groups.get(name);
    if (group) group.push(one);
    else groups.set(name, [one]);
  }
  return groups;
}
