import type { Grid, Placed } from './grid';
import { headingOf, ordinalOfColumn, type Plan, type Side } from './route-plan';

/** Least and most distance between two lines that leave one side of one box. */
const SPACING = 20;
/** Way there and way back of one link stand apart, with a number on each. */
const TWO_WAYS = 44;
/** Lines from above and from below that end in one channel must not run on top of each other. */
const BELOW_SHIFT = 10;

export interface Ports {
  /** Distance from the middle of the side: to the right at top and bottom, downwards at left and right. */
  offset(plan: Plan, end: 'a' | 'b'): number;
}

interface Use {
  plan: Plan;
  end: 'a' | 'b';
}

/**
 * Gives every line its own place on the side of the box that it leaves. Straight lines stand in the middle, at the
 * same place at both ends; the others on the side that they turn to, so that they cross as little as possible.
 */
export function placePorts(grid: Grid, plans: readonly Plan[]): Ports {
  const sides = new Map<string, { box: Placed; side: Side; uses: Use[] }>();
  for (const plan of plans)
    for (const end of ['a', 'b'] as const) {
      const box = plan[end];
      const side = end === 'a' ? plan.aSide : plan.bSide;
      const key = `${box.id} ${side}`;
      const entry = sides.get(key) ?? { box, side, uses: [] };
      entry.uses.push({ plan, end });
      sides.set(key, entry);
    }
  const offsets = new Map<Plan, { a: number; b: number }>();
  const set = ({ plan, end }: Use, offset: number) =>
    offsets.set(plan, { ...(offsets.get(plan) ?? { a: 0, b: 0 }), [end]: offset });
  for (const { box, side, uses } of sides.values()) {
    const flat = side === 'top' || side === 'bottom';
    const room = (flat ? box.width : box.height) / 2 - (flat ? 12 : 6);
    const straight = uses.filter((use) => use.plan.straight);
    const half = spread(straight, room, set);
    const heading = (use: Use) =>
      flat ? headingOf(use.plan, use.end, grid.columns) - ordinalOfColumn(box.column) : risingOf(use, box);
    const others = uses.filter((use) => !use.plan.straight);
    const shift = side === 'top' ? BELOW_SHIFT : 0;
    const before = others.filter((use) => heading(use) < 0).toSorted((x, y) => heading(y) - heading(x));
    const after = others.filter((use) => heading(use) >= 0).toSorted((x, y) => heading(x) - heading(y));
    const alone = straight.length === 0 && Math.min(before.length, after.length) === 0;
    for (const [sign, list] of [
      [-1, before],
      [1, after],
    ] as const) {
      const free = alone ? 2 * room : room - half - shift;
      const step = Math.min(flat ? SPACING : 16, Math.max(2, free / Math.max(1, list.length)));
      // Alone on its side, a line leaves in the middle.
      const first = alone ? -((list.length - 1) / 2) * step : half + step * (half > 0 ? 1 : 0.5);
      for (const [i, use] of list.entries()) set(use, sign * (first + i * step + shift));
    }
  }
  return { offset: (plan, end) => offsets.get(plan)?.[end] ?? 0 };
}

/** Places the straight lines about the middle; half of what they take. */
function spread(straight: readonly Use[], room: number, set: (use: Use, offset: number) => void): number {
  const widths = straight.map((use) => (use.plan.bundle.twoWays ? TWO_WAYS : SPACING));
  const total = widths.reduce((sum, width) => sum + width, 0);
  const scale = total > 2 * room ? (2 * room) / total : 1;
  let at = (-total * scale) / 2;
  for (const [i, use] of straight.entries()) {
    const width = (widths[i] ?? SPACING) * scale;
    set(use, at + width / 2);
    at += width;
  }
  return (total * scale) / 2;
}

/** At the left and right sides: below zero goes up. */
function risingOf({ plan, end }: Use, box: Placed): number {
  const other = end === 'a' ? plan.b : plan.a;
  return other.row - box.row || other.down - box.down || 1;
}
