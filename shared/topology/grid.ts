import type { Topology, TopologyNode } from '../views/topology';
import { type Box, type Form, groupId } from './boxes';
import { tiersOf } from './tiers';

/**
 * Who stands in which row and column, before anything has a place in pixels. Sites are blocks of columns, tiers
 * are blocks of rows. Only ids, sites, tiers, links and the order of the estate file decide.
 */

/** One thing to draw, with its size; where it stands follows from row and column. */
export interface Placed extends Pick<Box, 'id' | 'what' | 'width' | 'height' | 'members' | 'open'> {
  row: number;
  column: number;
  /** Distance from the top of its row. */
  down: number;
}
export interface Grid {
  /** Site of each column; undefined: the column of addresses that the estate does not know. */
  columns: { site: string | null | undefined; width: number }[];
  /** Tier of each row; null is the row of the users. A tier with many servers has several rows. */
  rows: { tier: string | null; height: number }[];
  placed: Placed[];
}

const CARD = { width: 216, height: 100 } as const;
const COMPACT = { width: 216, height: 54 } as const;
const ACTOR = { width: 216, height: 34 } as const;
const OUTSIDE = { width: 176, height: 28, pitch: 36 } as const;
export const TILE = { width: 236, height: 84 } as const;
export const ROW = { width: 212, height: 24, pitch: 26, gutter: 14, head: 30, foot: 10 } as const;
/** So many cards of one site and tier side by side, then a new row. */
const PER_SHELF = 6;
/** So many unknown addresses beside one row of servers, then one box for the rest. */
const MOST_STRANGERS = 4;

/** Columns of rows in an open group: about twice as wide as high. */
export const rowColumns = (count: number): number => Math.max(1, Math.round(Math.sqrt(count * 0.24)));

export function gridOf(topology: Topology, form: Form, open: (group: string) => boolean): Grid {
  const grid: Grid = { columns: [], rows: [{ tier: null, height: 0 }], placed: [] };
  const tiers = tiersOf(topology.nodes);
  const sites = sitesOf(topology);
  const cells = new Map<string, TopologyNode[]>();
  for (const node of topology.nodes) {
    const id = groupId(node.site, node.tier);
    cells.set(id, [...(cells.get(id) ?? []), node]);
  }
  const of = (site: string | null, tier: string) => cells.get(groupId(site, tier)) ?? [];
  const firstRow = new Map<string, number>();
  for (const tier of tiers) {
    const most = Math.max(...sites.map((site) => of(site, tier).length));
    firstRow.set(tier, grid.rows.length);
    const shelves = form === 'group' ? 1 : Math.ceil(most / PER_SHELF);
    for (let shelf = 0; shelf < shelves; shelf++) grid.rows.push({ tier, height: 0 });
  }
  for (const site of sites) {
    const from = grid.columns.length;
    for (const tier of tiers) {
      const row = firstRow.get(tier) ?? 0;
      const nodes = of(site, tier);
      if (nodes.length === 0) continue;
      if (form === 'group') grid.placed.push(groupBox(groupId(site, tier), nodes, row, from, open));
      else grid.placed.push(...nodes.map((node, i) => card(node, form, row, from, i)));
    }
    const mine = grid.placed.filter((box) => box.column >= from);
    const columns = Math.max(1, ...mine.map((box) => box.column - from + 1));
    for (let column = from; column < from + columns; column++) grid.columns.push({ site, width: CARD.width });
  }
  placeActors(topology, grid);
  placeOutside(topology, grid);
  for (const box of grid.placed) {
    const column = grid.columns[box.column];
    const row = grid.rows[box.row];
    if (column) column.width = Math.max(column.width, box.width);
    if (row) row.height = Math.max(row.height, box.down + box.height);
  }
  return grid;
}

/** Sites in the order of the hosts; last the services that no host carries yet. */
function sitesOf({ hosts, nodes }: Pick<Topology, 'hosts' | 'nodes'>): (string | null)[] {
  const used = new Set(nodes.map((node) => node.site));
  const inOrder = [...new Set([...hosts.map((host) => host.site), ...used])];
  const placed = inOrder.filter((site) => site !== null && used.has(site));
  return used.has(null) ? [...placed, null] : placed;
}

const alone = { members: [], open: false, down: 0 } as const;

const card = (node: TopologyNode, form: Form, row: number, column: number, i: number): Placed => ({
  id: node.id,
  what: 'node',
  ...(form === 'compact' ? COMPACT : CARD),
  ...alone,
  row: row + Math.floor(i / PER_SHELF),
  column: column + (i % PER_SHELF),
});

function groupBox(
  id: string,
  nodes: readonly TopologyNode[],
  row: number,
  column: number,
  isOpen: (group: string) => boolean,
): Placed {
  const open = isOpen(id);
  const columns = rowColumns(nodes.length);
  const size = open
    ? {
        width: ROW.gutter + columns * (ROW.width + ROW.gutter),
        height: ROW.head + Math.ceil(nodes.length / columns) * ROW.pitch + ROW.foot,
      }
    : TILE;
  return { id, what: 'group', ...size, members: nodes.map((node) => node.id), open, row, column, down: 0 };
}

/** Where the box of an end of a link is: the node itself, or the group that it is in. */
export function boxFinder(placed: readonly Pick<Placed, 'id' | 'members'>[]): (id: string) => string | null {
  const byId = new Map<string, string>();
  for (const box of placed) for (const id of [box.id, ...box.members]) byId.set(id, box.id);
  return (id) => byId.get(id) ?? null;
}

/** An actor stands above the first server it talks to; if somebody stands there, in the next free column. */
function placeActors({ actors, links }: Topology, grid: Grid): void {
  const find = boxFinder(grid.placed);
  const taken = new Set<number>();
  for (const actor of actors) {
    const target = find(links.find((link) => link.from === actor.id)?.to ?? '');
    let column = grid.placed.find((box) => box.id === target)?.column ?? 0;
    while (taken.has(column)) column += 1;
    if (column >= grid.columns.length)
      grid.columns.push({ site: grid.columns.at(-1)?.site ?? null, width: CARD.width });
    taken.add(column);
    grid.placed.push({ id: actor.id, what: 'actor', ...ACTOR, ...alone, row: 0, column });
  }
}

/** Addresses that the estate does not know stand in a column of their own, beside whom they talk to. */
function placeOutside({ links }: Topology, grid: Grid): void {
  const find = boxFinder(grid.placed);
  const known = new Set<string>();
  const beside = new Map<number, string[]>();
  for (const { from, to } of links)
    for (const [end, other] of [
      [from, to],
      [to, from],
    ] as const) {
      const peer = grid.placed.find((box) => box.id === find(other));
      if (find(end) !== null || known.has(end) || !peer) continue;
      known.add(end);
      beside.set(peer.row, [...(beside.get(peer.row) ?? []), end]);
    }
  if (beside.size === 0) return;
  const column = grid.columns.push({ site: undefined, width: OUTSIDE.width }) - 1;
  for (const [row, addresses] of beside) {
    const apart = addresses.length <= MOST_STRANGERS ? addresses : addresses.slice(0, MOST_STRANGERS - 1);
    const rest = addresses.slice(apart.length);
    const put = (id: string, what: Box['what'], members: readonly string[], i: number) =>
      grid.placed.push({
        id,
        what,
        width: OUTSIDE.width,
        height: OUTSIDE.height,
        members,
        open: false,
        row,
        column,
        down: i * OUTSIDE.pitch,
      });
    for (const [i, address] of apart.entries()) put(address, 'outside', [], i);
    if (rest.length > 0) put(`strangers ${row}`, 'strangers', rest, apart.length);
  }
}
