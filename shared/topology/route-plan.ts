import type { Bundle } from './bundles';
import type { Grid, Placed } from './grid';

/**
 * Which way every line goes, told in rows, columns, channels and corridors. Channel r is the free space under row
 * r; corridors run beside the columns from top to bottom. No server ever stands in either, so no line crosses one.
 */

export type Side = 'top' | 'bottom' | 'left' | 'right';
export interface Plan {
  bundle: Bundle;
  /** The upper end, in one row the left one. */
  a: Placed;
  b: Placed;
  /** The connection is opened by `b`. */
  reversed: boolean;
  aSide: Side;
  bSide: Side;
  /** Straight down or straight across: both ends share one place. */
  straight: boolean;
  channelA: number | null;
  corridor: number | null;
  channelB: number | null;
}

/** The corridors beside a column. Columns of one site share the one between them; sites never share one. */
export function corridorsOf(columns: Grid['columns']): { left: number[]; right: number[]; count: number } {
  const left: number[] = [];
  const right: number[] = [];
  let next = 0;
  for (const [i, column] of columns.entries()) {
    const shares = i > 0 && columns[i - 1]?.site === column.site;
    left.push(shares ? next - 1 : next++);
    right.push(next++);
  }
  return { left, right, count: next };
}

/** Order of columns and corridors from left to right, on one scale. */
export const ordinalOfColumn = (column: number): number => column * 3 + 1;
const ordinalsOfCorridors = (columns: Grid['columns']): Map<number, number> => {
  const { left, right } = corridorsOf(columns);
  const ordinals = new Map<number, number>();
  for (const [i, corridor] of right.entries()) ordinals.set(corridor, ordinalOfColumn(i) + 1);
  for (const [i, corridor] of left.entries())
    if (!ordinals.has(corridor)) ordinals.set(corridor, ordinalOfColumn(i) - 1);
  return ordinals;
};

export function planRoutes(grid: Grid, bundles: readonly Bundle[]): Plan[] {
  const byId = new Map(grid.placed.map((box) => [box.id, box]));
  const ways = new Ways(grid);
  return bundles.flatMap((bundle) => {
    const from = byId.get(bundle.from);
    const to = byId.get(bundle.to);
    if (!from || !to) return [];
    const reversed =
      to.row < from.row || (to.row === from.row && (to.column < from.column || to.down < from.down));
    const [a, b] = reversed ? [to, from] : [from, to];
    return [{ bundle, a, b, reversed, ...ways.between(a, b) }];
  });
}

type Way = Omit<Plan, 'bundle' | 'a' | 'b' | 'reversed'>;
const direct = (aSide: Side, bSide: Side): Way => ({
  aSide,
  bSide,
  straight: true,
  channelA: null,
  corridor: null,
  channelB: null,
});

class Ways {
  readonly #occupied: ReadonlySet<string>;
  readonly #corridors: ReturnType<typeof corridorsOf>;
  readonly #ordinals: ReadonlyMap<number, number>;
  constructor(grid: Grid) {
    this.#occupied = new Set(grid.placed.map((box) => `${box.row} ${box.column}`));
    this.#corridors = corridorsOf(grid.columns);
    this.#ordinals = ordinalsOfCorridors(grid.columns);
  }

  between(a: Placed, b: Placed): Way {
    const outside = b.what === 'outside' || b.what === 'strangers';
    if (a.row === b.row) {
      const near = !this.#anything(range(a.column + 1, b.column).map((column) => [a.row, column]));
      if (near && !outside && a.what !== 'group') return direct('right', 'left');
      if (!outside) return { ...direct('bottom', 'bottom'), straight: false, channelA: a.row };
      const beside = { ...direct('right', 'left'), straight: false, corridor: this.#left(b) };
      return near && a.what !== 'group' ? beside : { ...beside, aSide: 'bottom', channelA: a.row };
    }
    const free = !this.#anything(range(a.row + 1, b.row).map((row) => [row, a.column]));
    if (a.column === b.column && free) return direct('bottom', 'top');
    if (b.row === a.row + 1 && !outside)
      return { ...direct('bottom', 'top'), straight: false, channelA: a.row };
    return this.#byCorridor(a, b, outside);
  }

  /** Down a corridor: the one with the shortest way, at best one that both ends stand beside. */
  #byCorridor(a: Placed, b: Placed, outside: boolean): Way {
    const cost = (corridor: number) => {
      const at = this.#ordinals.get(corridor) ?? 0;
      const turns = Number(this.#side(a, corridor) === null) + Number(this.#side(b, corridor) === null);
      const far = Math.abs(at - ordinalOfColumn(a.column)) + Math.abs(at - ordinalOfColumn(b.column));
      return far * 10 + turns;
    };
    const corridors = outside ? [this.#left(b)] : range(0, this.#corridors.count);
    // The right one of two that are equally good.
    const corridor = corridors.toSorted((one, other) => cost(one) - cost(other) || other - one)[0] ?? 0;
    const aSide = this.#side(a, corridor);
    const bSide = this.#side(b, corridor);
    return {
      straight: false,
      aSide: aSide ?? 'bottom',
      channelA: aSide === null ? a.row : null,
      corridor,
      channelB: bSide === null ? b.row - 1 : null,
      bSide: bSide ?? 'top',
    };
  }

  /** The side of a card that a corridor touches. Groups are left at the top and the bottom only. */
  #side(box: Placed, corridor: number): 'left' | 'right' | null {
    if (box.what === 'group') return null;
    if (this.#corridors.right[box.column] === corridor) return 'right';
    return this.#left(box) === corridor ? 'left' : null;
  }
  #left(box: Placed): number {
    return this.#corridors.left[box.column] ?? 0;
  }
  #anything(cells: readonly (readonly [number, number])[]): boolean {
    return cells.some(([row, column]) => this.#occupied.has(`${row} ${column}`));
  }
}

/** Whole numbers from `from` up to, not including, `to`. */
export const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);

/** Where a line goes first when it leaves a side of one of its ends, on the scale of the columns. */
export function headingOf(plan: Plan, end: 'a' | 'b', columns: Grid['columns']): number {
  if (plan.corridor !== null) return ordinalsOfCorridors(columns).get(plan.corridor) ?? 0;
  return ordinalOfColumn((end === 'a' ? plan.b : plan.a).column);
}
