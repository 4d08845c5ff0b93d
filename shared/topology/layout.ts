import type { Topology, TopologyLink, TopologyNode } from '../views/topology';
import { type LinkRoute, routeLinks } from './link-routes';

/**
 * Where everything stands in the picture: sites are columns, tiers are lanes. Only ids, sites, tiers and the
 * order of the estate file decide, so the same estate is always the same picture and no server moves because
 * of its health. All lengths are pixels at scale 1.
 */

export const CARD = { width: 216, height: 100 } as const;
const ACTOR = { width: 216, height: 34 } as const;
const OUTSIDE = { width: 176, height: 28 } as const;
/** Room for the lane labels, left of the first site. */
const LABELS = 124;
const BETWEEN_CARDS = 56;
const BETWEEN_SITES = 20;
const PAD = 28;
/** Room at the right of a site for links that go round a lane. */
const GUTTER = 132;
/** Room for the label of a link that leaves the estate. */
const BEFORE_OUTSIDE = 110;
const LEAST_SITE = 300;

export interface Box {
  id: string;
  what: 'node' | 'actor' | 'outside';
  lane: number;
  x: number;
  y: number;
  width: number;
  height: number;
}
export interface SiteColumn {
  /** null: services that no host carries yet. */
  id: string | null;
  x: number;
  width: number;
}
export interface Lane {
  /** Tier; null is the lane of the users. */
  tier: string | null;
  y: number;
  height: number;
}
export interface Layout {
  width: number;
  height: number;
  sites: SiteColumn[];
  lanes: Lane[];
  /** x of the column for addresses that the estate does not know; null when there is none. */
  outsideX: number | null;
  boxes: Box[];
  links: LinkRoute[];
}

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

/** Stable key of a link in one topology. */
export const linkKey = (link: Pick<TopologyLink, 'from' | 'to' | 'protocol' | 'port'>): string =>
  `${link.from} ${link.to} ${link.protocol} ${link.port ?? ''}`;

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];

function sitesOf({ hosts, nodes }: Pick<Topology, 'hosts' | 'nodes'>): (string | null)[] {
  const used = new Set(nodes.map((node) => node.site));
  const inOrder: (string | null)[] = unique(hosts.map((host) => host.site)).filter((site) => used.has(site));
  for (const site of used) if (site !== null && !inOrder.includes(site)) inOrder.push(site);
  return used.has(null) ? [...inOrder, null] : inOrder;
}

/**
 * Places every node, actor and unknown address and routes every link.
 * `laneHeight` is the distance between two tiers: smaller for a low window, never less than a card needs.
 */
export function layoutOf(topology: Topology, laneHeight = 176): Layout {
  const { nodes, links, actors } = topology;
  const tiers = unique(nodes.map((node) => node.tier)).toSorted(
    (a, b) => rank(a) - rank(b) || a.localeCompare(b, 'en'),
  );
  const height = Math.max(laneHeight, CARD.height + 32);
  const headHeight = actors.length > 0 ? 104 : 44;
  const lanes: Lane[] = [{ tier: null, y: 0, height: headHeight }];
  for (const [i, tier] of tiers.entries()) lanes.push({ tier, y: headHeight + i * height, height });

  const boxes: Box[] = [];
  const sites: SiteColumn[] = [];
  let x = LABELS;
  for (const id of sitesOf(topology)) {
    const inSite = nodes.filter((node) => node.site === id);
    const rows = tiers.map((tier) => inSite.filter((node) => node.tier === tier));
    const most = Math.max(...rows.map((row) => row.length));
    const width = Math.max(LEAST_SITE, PAD + most * (CARD.width + BETWEEN_CARDS) - BETWEEN_CARDS + GUTTER);
    sites.push({ id, x, width });
    for (const [i, row] of rows.entries())
      for (const [j, node] of row.entries())
        boxes.push(cardBox(node, x + PAD, i + 1, j, headHeight + i * height));
    x += width + BETWEEN_SITES;
  }

  placeActors(topology, boxes);
  const outsideX = x + BEFORE_OUTSIDE;
  const outside = placeOutside(topology, boxes, outsideX);
  return {
    width: outside ? outsideX + OUTSIDE.width + PAD : x - BETWEEN_SITES,
    height: headHeight + tiers.length * height,
    sites,
    lanes,
    outsideX: outside ? outsideX : null,
    boxes,
    links: routeLinks(
      boxes,
      links.map((link) => ({ key: linkKey(link), from: link.from, to: link.to })),
    ),
  };
}

const cardBox = (node: TopologyNode, x: number, lane: number, column: number, laneY: number): Box => ({
  id: node.id,
  what: 'node',
  lane,
  x: x + column * (CARD.width + BETWEEN_CARDS),
  y: laneY + 20,
  ...CARD,
});

/** An actor stands above the first server it talks to, several of them side by side. */
function placeActors({ actors, links }: Topology, boxes: Box[]): void {
  const nodes = boxes.filter((box) => box.what === 'node');
  const above = new Map<number, number>();
  for (const actor of actors) {
    const to = links.find((link) => link.from === actor.id)?.to;
    const under = nodes.find((box) => box.id === to) ?? nodes[0];
    const centre = under ? under.x + under.width / 2 : LABELS + PAD + CARD.width / 2;
    const already = above.get(centre) ?? 0;
    above.set(centre, already + 1);
    const x = centre - ACTOR.width / 2 + already * (ACTOR.width + 16);
    boxes.push({ id: actor.id, what: 'actor', lane: 0, x, y: 32, ...ACTOR });
  }
}

/** Addresses that the estate does not know stand in a column of their own, beside whom they talk to. */
function placeOutside({ links }: Topology, boxes: Box[], x: number): boolean {
  const known = new Map(boxes.map((box) => [box.id, box]));
  const stacked = new Map<number, number>();
  for (const link of links)
    for (const [end, other] of [
      [link.from, link.to],
      [link.to, link.from],
    ] as const) {
      const peer = known.get(other);
      if (known.has(end) || !peer) continue;
      const row = stacked.get(peer.lane) ?? 0;
      stacked.set(peer.lane, row + 1);
      const box: Box = { id: end, what: 'outside', lane: peer.lane, x, y: peer.y + row * 36, ...OUTSIDE };
      known.set(end, box);
      boxes.push(box);
    }
  return stacked.size > 0;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The nearest box in a direction, or null: what the arrow keys walk to. */
export function neighbourOf(boxes: readonly Box[], id: string, direction: Direction): string | null {
  const from = boxes.find((box) => box.id === id);
  if (!from) return null;
  const centre = (box: Box) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
  const at = centre(from);
  let best: { id: string; cost: number } | null = null;
  for (const box of boxes) {
    if (box.id === id) continue;
    const dx = centre(box).x - at.x;
    const dy = centre(box).y - at.y;
    const along = { left: -dx, right: dx, up: -dy, down: dy }[direction];
    const across = Math.abs(direction === 'left' || direction === 'right' ? dy : dx);
    if (along <= 0 || across > along * 2) continue;
    const cost = along + across * 2;
    if (!best || cost < best.cost) best = { id: box.id, cost };
  }
  return best?.id ?? null;
}
