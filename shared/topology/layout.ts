import type { Topology } from '../views/topology';
import type { Box, Form } from './boxes';
import { bundlesOf } from './bundles';
import { type Grid, gridOf, ROW, rowColumns } from './grid';
import {
  type Columns,
  type CorridorTracks,
  channelTracks,
  corridorTracks,
  drawRoutes,
  type LinkRoute,
  type Piece,
  piecesOf,
  type Rows,
} from './link-routes';
import { placePorts } from './ports';
import { corridorsOf, type Plan, planRoutes } from './route-plan';

/**
 * Where everything stands in the picture: sites are columns, tiers are lanes. Only ids, sites, tiers, links and
 * the order of the estate file decide, so the same estate is always the same picture and no server moves because
 * of its health. All lengths are pixels at scale 1.
 */

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
}
export interface Layout {
  form: Form;
  width: number;
  height: number;
  sites: SiteColumn[];
  lanes: Lane[];
  /** x of the column for addresses that the estate does not know; null when there is none. */
  outsideX: number | null;
  boxes: Box[];
  links: LinkRoute[];
}
export interface LayoutOptions {
  form?: Form;
  /** Of groups: which are drawn as rows. */
  open?: (group: string) => boolean;
  /** Least height of the space between two rows of cards. */
  between?: number;
}

/** Room for the lane labels, left of the first site. */
const LABELS = 124;
const BETWEEN_SITES = 20;
/** Room for the site's name. */
const HEAD = 34;
const FOOT = 22;
const CORRIDOR = { edge: 28, inner: 46, across: 84, track: 16, lead: 18, label: 172, outside: 110 } as const;
const CHANNEL = { track: 18, lead: 20, tail: 18 } as const;
/** A lane begins a little above its first row. */
const LANE_ABOVE = 16;

/** Places every server, actor and unknown address, and routes every link. */
export function layoutOf(topology: Topology, options: LayoutOptions = {}): Layout {
  const { form = 'card', open = () => false, between = 64 } = options;
  const grid = gridOf(topology, form, open);
  const plans = planRoutes(grid, bundlesOf(topology.links, grid.placed));
  const ports = placePorts(grid, plans);
  const tracks = corridorTracks(grid, plans);
  const columns = placeColumns(grid, plans, tracks);
  const pieces = piecesOf(plans, columns, ports);
  const rows = placeRows(grid, pieces, between);
  const boxes = grid.placed.map((box): Box => {
    const { id, what, width, height, members, open } = box;
    return { id, what, x: columns.x(box), y: rows.y(box), width, height, members, open };
  });
  return {
    form,
    width: columns.width,
    height: rows.height,
    sites: columns.sites,
    lanes: rows.lanes,
    outsideX: columns.outsideX,
    boxes: [...boxes, ...boxes.flatMap(rowsIn)],
    links: drawRoutes(plans, pieces, ports, columns, rows),
  };
}

/** The servers in an open group, column after column. */
function rowsIn(group: Box): Box[] {
  if (group.what !== 'group' || !group.open) return [];
  const perColumn = Math.ceil(group.members.length / rowColumns(group.members.length));
  return group.members.map((id, i) => ({
    id,
    what: 'row',
    x: group.x + ROW.gutter + Math.floor(i / perColumn) * (ROW.width + ROW.gutter),
    y: group.y + ROW.head + (i % perColumn) * ROW.pitch,
    width: ROW.width,
    height: ROW.height,
    members: [],
    open: false,
  }));
}

function placeColumns(grid: Grid, plans: readonly Plan[], tracks: CorridorTracks) {
  const corridors = corridorsOf(grid.columns);
  const starts: number[] = [];
  const columnX: number[] = [];
  const sites: SiteColumn[] = [];
  const isAcross = (column: number) =>
    plans.some((plan) => plan.straight && plan.aSide === 'right' && plan.a.column === column);
  const widthOf = (corridor: number, edge: boolean, across: boolean) => {
    const count = tracks.count[corridor] ?? 0;
    const lines = count === 0 ? 0 : 2 * CORRIDOR.lead + (count - 1) * CORRIDOR.track;
    const room = edge && count > 0 ? lines + CORRIDOR.label : lines;
    return Math.max(across ? CORRIDOR.across : edge ? CORRIDOR.edge : CORRIDOR.inner, room);
  };
  let x = LABELS;
  let outsideX: number | null = null;
  for (const [i, column] of grid.columns.entries()) {
    const first = i === 0 || grid.columns[i - 1]?.site !== column.site;
    const last = i === grid.columns.length - 1 || grid.columns[i + 1]?.site !== column.site;
    if (first && i > 0) x += BETWEEN_SITES;
    const siteX = x;
    const left = corridors.left[i] ?? 0;
    if (first) {
      starts[left] = x;
      const least = column.site === undefined ? CORRIDOR.outside : 0;
      x += Math.max(least, widthOf(left, true, false));
    }
    columnX.push(x);
    if (column.site === undefined) outsideX = x;
    x += column.width;
    const right = corridors.right[i] ?? 0;
    starts[right] = x;
    x += widthOf(right, last, isAcross(i) && !last);
    if (column.site === undefined) continue;
    if (first) sites.push({ id: column.site, x: siteX, width: 0 });
    const site = sites.at(-1);
    if (site) site.width = x - site.x;
  }
  const columns: Columns = {
    x: (box) => (columnX[box.column] ?? 0) + ((grid.columns[box.column]?.width ?? 0) - box.width) / 2,
    portX(box, side, offset) {
      const at = columns.x(box);
      if (side === 'left') return at;
      return side === 'right' ? at + box.width : at + box.width / 2 + offset;
    },
    trackX: (plan) => {
      const corridor = plan.corridor ?? 0;
      const from = (starts[corridor] ?? 0) + CORRIDOR.lead;
      return from + (tracks.track.get(plan) ?? 0) * CORRIDOR.track;
    },
  };
  return { ...columns, sites, outsideX, width: x };
}

function placeRows(grid: Grid, pieces: readonly Piece[], between: number) {
  const channels = channelTracks(pieces, grid.rows.length);
  const rowY: number[] = [];
  const channelY: number[] = [];
  const lanes: Lane[] = [];
  let y = HEAD;
  for (const [i, row] of grid.rows.entries()) {
    if (i === 0 || grid.rows[i - 1]?.tier !== row.tier)
      lanes.push({ tier: row.tier, y: i === 0 ? 0 : y - LANE_ABOVE });
    rowY.push(y);
    y += row.height;
    channelY.push(y);
    const count = channels.count[i] ?? 0;
    const lines = count === 0 ? 0 : CHANNEL.lead + (count - 1) * CHANNEL.track + CHANNEL.tail;
    const last = i === grid.rows.length - 1;
    y += last ? Math.max(FOOT, lines) : row.height === 0 ? Math.max(12, lines) : Math.max(between, lines);
  }
  const rows: Rows = {
    y: (box) => (rowY[box.row] ?? 0) + box.down,
    trackY: (piece) =>
      (channelY[piece.channel] ?? 0) + CHANNEL.lead + (channels.track.get(piece) ?? 0) * CHANNEL.track,
  };
  return { ...rows, lanes, height: y };
}
