import type { Topology, TopologyLink } from '../views/topology';

/**
 * How much of each server is drawn. `card`: everything; `compact`: a card for a low window; `group`: the servers
 * of one site and tier together, folded to a tile with counts or open as rows.
 */
export type Form = 'card' | 'compact' | 'group';

export interface Box {
  id: string;
  /** `row`: a server inside an open group. `strangers`: more unknown addresses than are drawn one by one. */
  what: 'node' | 'actor' | 'outside' | 'strangers' | 'group' | 'row';
  x: number;
  y: number;
  width: number;
  height: number;
  /** Of a group: its servers, in the order of the estate. Of `strangers`: the addresses. */
  members: readonly string[];
  /** Of a group: drawn as rows. */
  open: boolean;
}
export type Rect = Pick<Box, 'x' | 'y' | 'width' | 'height'>;

/** Over so many servers they are drawn as rows of 24 px, over the other as one tile for each site and tier. */
export const MOST_CARDS = 40;
export const MOST_ROWS = 150;

/** The servers of one site and tier. */
export const groupId = (site: string | null, tier: string): string => `${site ?? ''}/${tier}`;

/** The group of a node in this picture; null for what is no server of the estate. */
export function groupOf({ nodes }: Pick<Topology, 'nodes'>, id: string): string | null {
  const node = nodes.find((each) => each.id === id);
  return node ? groupId(node.site, node.tier) : null;
}

/** Stable key of a link in one topology. */
export const linkKey = (link: Pick<TopologyLink, 'from' | 'to' | 'protocol' | 'port'>): string =>
  `${link.from} ${link.to} ${link.protocol} ${link.port ?? ''}`;
