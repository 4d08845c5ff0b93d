import type { Topology } from '../views/topology';
import type { Box, Rect } from './boxes';
import { linkKey } from './boxes';
import type { Layout } from './layout';
import type { LinkRoute, Point } from './link-routes';

/** One thing with its links and what is at their other ends: what stays lit while the rest steps back. */
export interface Neighbourhood {
  ids: ReadonlySet<string>;
  /** Keys of links. */
  links: ReadonlySet<string>;
}

/** Of a node, an actor, an address, or a group of nodes. */
export function neighbourhoodOf(topology: Pick<Topology, 'links'>, centre: readonly string[]): Neighbourhood {
  const own = new Set(centre);
  const ids = new Set(centre);
  const links = new Set<string>();
  for (const link of topology.links) {
    if (!own.has(link.from) && !own.has(link.to)) continue;
    ids.add(link.from).add(link.to);
    links.add(linkKey(link));
  }
  return { ids, links };
}

/**
 * Lines from a row to where the bundle leaves its group, for every row that a lit link reaches: along the gutter
 * left of the row, then along the border of the group.
 */
export function tailsOf(
  layout: Layout,
  lit: Neighbourhood,
  links: ReadonlyMap<string, { from: string; to: string }>,
): Point[][] {
  const rows = new Map(layout.boxes.filter((box) => box.what === 'row').map((box) => [box.id, box]));
  const boxes = new Map(layout.boxes.map((box) => [box.id, box]));
  const seen = new Set<string>();
  return layout.links.flatMap((route) =>
    route.links.flatMap((key) => {
      const link = links.get(key);
      if (!link || !lit.links.has(key)) return [];
      return (['from', 'to'] as const).flatMap((end) => {
        const row = rows.get(link[end]);
        const group = boxes.get(route[end]);
        const id = `${route.key} ${end} ${link[end]}`;
        if (!row || !group || seen.has(id)) return [];
        seen.add(id);
        return [tail(row, group, portOf(route, end))];
      });
    }),
  );
}

const portOf = (route: LinkRoute, end: 'from' | 'to'): Point =>
  (end === 'from' ? route.points[0] : route.points.at(-1)) ?? { x: 0, y: 0 };

function tail(row: Box, group: Rect, port: Point): Point[] {
  const y = row.y + row.height / 2;
  const gutter = row.x - 6;
  const edge = Math.abs(port.y - group.y) < 1 ? group.y : group.y + group.height;
  return [
    { x: row.x, y },
    { x: gutter, y },
    { x: gutter, y: edge },
    { x: port.x, y: edge },
  ];
}
