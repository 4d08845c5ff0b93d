import type { Rect } from './boxes';
import type { Bundle } from './bundles';
import type { Grid, Placed } from './grid';
import type { Ports } from './ports';
import { corridorsOf, type Plan, type Side } from './route-plan';
import { assignTracks, type Span } from './tracks';

export interface Point {
  x: number;
  y: number;
}
export interface LinkRoute extends Bundle {
  /** Corners of a line of vertical and horizontal pieces, from the end that opens the connection. */
  points: Point[];
}

/** Tracks of the vertical pieces, by corridor, and how many each corridor has. */
export interface CorridorTracks {
  track: ReadonlyMap<Plan, number>;
  count: readonly number[];
}

export function corridorTracks(grid: Grid, plans: readonly Plan[]): CorridorTracks {
  const track = new Map<Plan, number>();
  const count: number[] = [];
  for (let corridor = 0; corridor < corridorsOf(grid.columns).count; corridor++) {
    const mine = plans.filter((plan) => plan.corridor === corridor);
    const spans = mine.map((plan) => verticalOf(plan));
    // The shortest nearest to the cards: a line that goes further leaves them room.
    const order = mine.map((_, i) => i).toSorted((i, j) => length(spans[i]) - length(spans[j]));
    const assigned = assignTracks(order.flatMap((i) => spans[i] ?? []));
    for (const [at, i] of order.entries()) {
      const plan = mine[i];
      if (plan) track.set(plan, assigned.tracks[at] ?? 0);
    }
    count.push(assigned.count);
  }
  return { track, count };
}

/** Of the piece in the corridor, in rows: channel r lies at r + 0.5. */
function verticalOf({ a, b, channelA, channelB }: Plan): Span {
  const from = channelA === null ? a.row : channelA + 0.5;
  const to = channelB === null ? b.row : channelB + 0.5;
  return { from: Math.min(from, to), to: Math.max(from, to) };
}
const length = (span: Span | undefined): number => (span ? span.to - span.from : 0);

/** A horizontal piece in a channel. */
export interface Piece {
  plan: Plan;
  which: 'A' | 'B';
  channel: number;
  from: number;
  to: number;
}

/** The horizontal pieces, once every x is known. */
export function piecesOf(plans: readonly Plan[], at: Columns, ports: Ports): Piece[] {
  return plans.flatMap((plan) => {
    const { a, b, channelA, channelB, corridor } = plan;
    const aX = at.portX(a, plan.aSide, ports.offset(plan, 'a'));
    const bX = at.portX(b, plan.bSide, ports.offset(plan, 'b'));
    const middle = corridor === null ? bX : at.trackX(plan);
    const pieces: Piece[] = [];
    if (channelA !== null) pieces.push({ plan, which: 'A', channel: channelA, from: aX, to: middle });
    if (channelB !== null) pieces.push({ plan, which: 'B', channel: channelB, from: middle, to: bX });
    return pieces;
  });
}

/** Tracks of the horizontal pieces, by channel. */
export function channelTracks(pieces: readonly Piece[], channels: number) {
  const track = new Map<Piece, number>();
  const count: number[] = [];
  for (let channel = 0; channel < channels; channel++) {
    const mine = pieces.filter((piece) => piece.channel === channel).toSorted(byNesting);
    const assigned = assignTracks(mine, 14);
    for (const [i, piece] of mine.entries()) track.set(piece, assigned.tracks[i] ?? 0);
    count.push(assigned.count);
  }
  return { track, count };
}

/**
 * Which piece lies higher, so that parallel lines do not cross: of lines that stay above, the shorter; of lines
 * that go down to the right, the one that starts further right; to the left, the one that starts further left.
 */
function byNesting(one: Piece, other: Piece): number {
  const kind = (piece: Piece) => {
    if (piece.plan.bSide === 'bottom') return 0;
    return piece.to > piece.from ? 1 : 2;
  };
  const by = kind(one) - kind(other);
  if (by !== 0) return by;
  if (kind(one) === 0) return Math.abs(one.to - one.from) - Math.abs(other.to - other.from);
  return kind(one) === 1 ? other.from - one.from : one.from - other.from;
}

/** x of everything; y joins it when the channels have their heights. */
export interface Columns {
  x(box: Placed): number;
  portX(box: Placed, side: Side, offset: number): number;
  trackX(plan: Plan): number;
}
export interface Rows {
  y(box: Placed): number;
  trackY(piece: Piece): number;
}

export const rectOf = (box: Placed, at: Columns, rows: Rows): Rect => ({
  x: at.x(box),
  y: rows.y(box),
  width: box.width,
  height: box.height,
});

/** The corners of every line. */
export function drawRoutes(
  plans: readonly Plan[],
  pieces: readonly Piece[],
  ports: Ports,
  at: Columns,
  rows: Rows,
): LinkRoute[] {
  const byPlan = new Map<Plan, Partial<Record<Piece['which'], number>>>();
  for (const piece of pieces)
    byPlan.set(piece.plan, { ...byPlan.get(piece.plan), [piece.which]: rows.trackY(piece) });
  return plans.map((plan) => {
    const port = (box: Placed, side: Side, offset: number): Point => {
      const y = rows.y(box);
      const vertical = { top: y, bottom: y + box.height, left: 0, right: 0 }[side];
      const flat = side === 'top' || side === 'bottom';
      return { x: at.portX(box, side, offset), y: flat ? vertical : y + box.height / 2 + offset };
    };
    const p = port(plan.a, plan.aSide, ports.offset(plan, 'a'));
    const q = port(plan.b, plan.bSide, ports.offset(plan, 'b'));
    const { A, B } = byPlan.get(plan) ?? {};
    const points = [p];
    if (!plan.straight) {
      const x = plan.corridor === null ? q.x : at.trackX(plan);
      if (A !== undefined) points.push({ x: p.x, y: A });
      points.push({ x, y: A ?? p.y });
      if (plan.corridor !== null) points.push({ x, y: B ?? q.y });
      if (B !== undefined) points.push({ x: q.x, y: B });
    }
    points.push(q);
    const clean = withoutRepeats(points);
    return { ...plan.bundle, points: plan.reversed ? clean.toReversed() : clean };
  });
}

const withoutRepeats = (points: readonly Point[]): Point[] =>
  points.filter((point, i) => i === 0 || point.x !== points[i - 1]?.x || point.y !== points[i - 1]?.y);
