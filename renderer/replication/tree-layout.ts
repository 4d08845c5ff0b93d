import type { ReplicationTree, TreeRow } from '@shared/replication/tree';

/** Where each card of the tree stands and how its arrows run. Pixels; the same tree, the same picture. */

export const CARD = { width: 248, height: 92 };
const GAP = 34;
const TOP = 4;
/** What stands right of a card: received, waiting, missing. */
const GUTTER = 118;
const LANE = 10;
/** Between a card's edge and the nearest line that leaves it. */
const OFF = 12;

export interface PlacedRow {
  row: TreeRow;
  x: number;
  y: number;
}
export interface Line {
  /** Of the row it leads to. */
  to: string;
  from: string;
  path: string;
  /** Its tip, which points right. */
  tip: { x: number; y: number };
  /** Where the lines turns down: there stands its mark. */
  mark: { x: number; y: number };
}
export interface TreeLayout {
  width: number;
  height: number;
  rows: PlacedRow[];
  branches: Line[];
  arrows: Line[];
}

/** Cards one below the other, each tier a step to the right; deep trees take smaller steps. */
export function layoutOf({ rows, arrows }: ReplicationTree): TreeLayout {
  const deepest = Math.max(0, ...rows.map(({ depth }) => depth));
  const step = deepest > 2 ? 26 : 40;
  const left = arrows.length === 0 ? 0 : LANE * arrows.length + OFF;
  const placed = rows.map((row, n) => ({
    row,
    x: left + row.depth * step,
    y: TOP + n * (CARD.height + GAP),
  }));
  const at = new Map(placed.map((one) => [one.row.id, one]));
  const middle = ({ y }: PlacedRow) => y + CARD.height / 2;
  const branches = placed.flatMap((child): Line[] => {
    const parent = child.row.parent === null ? undefined : at.get(child.row.parent);
    if (!parent) return [];
    const siblings = placed.filter(({ row }) => row.parent === child.row.parent);
    // The first one turns off nearest to the cards, so that no line crosses another.
    const nth = siblings.length - 1 - siblings.indexOf(child);
    const spread = Math.min(8, (step - 2 * OFF + 4) / Math.max(1, siblings.length - 1));
    const x = parent.x + OFF + nth * spread;
    const y = middle(child);
    return [
      {
        from: parent.row.id,
        to: child.row.id,
        path: `M${x} ${parent.y + CARD.height}V${y}H${child.x - 6}`,
        tip: { x: child.x, y },
        mark: { x, y: child.y - GAP / 2 },
      },
    ];
  });
  const extra = arrows.flatMap(({ from, to }, n): Line[] => {
    const [source, target] = [at.get(from), at.get(to)];
    if (!source || !target) return [];
    const x = LANE / 2 + n * LANE;
    const [y1, y2] = [middle(source) + 16, middle(target) - 16];
    return [
      {
        from,
        to,
        path: `M${source.x} ${y1}H${x}V${y2}H${target.x - 6}`,
        tip: { x: target.x, y: y2 },
        mark: { x, y: (y1 + y2) / 2 },
      },
    ];
  });
  return {
    width: left + deepest * step + CARD.width + GUTTER,
    height: TOP + rows.length * (CARD.height + GAP) - GAP + 14,
    rows: placed,
    branches,
    arrows: extra,
  };
}
