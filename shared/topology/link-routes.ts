import type { Box } from './layout';

export interface Point {
  x: number;
  y: number;
}
export interface LinkRoute {
  key: string;
  /** Corners of a line of vertical and horizontal pieces, from the end that opens the connection. */
  points: Point[];
  /** Middle of its longest piece: where numbers and labels go. */
  middle: Point & { vertical: boolean };
}

interface Ends {
  key: string;
  from: string;
  to: string;
}
type Side = 'top' | 'bottom' | 'left' | 'right';
type Shape = 'down' | 'step' | 'round' | 'across' | 'under';

/** How a line between two boxes runs; `a` is the upper one, or the left one in the same lane. */
function shapeOf(a: Box, b: Box, boxes: readonly Box[]): Shape {
  const others = boxes.filter((box) => box !== a && box !== b);
  if (a.lane === b.lane) {
    const between = others.some((box) => box.lane === a.lane && box.x > a.x && box.x < b.x);
    return between ? 'under' : 'across';
  }
  const overlap = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const inTheWay = others.some(
    (box) => box.lane > a.lane && box.lane < b.lane && box.x < b.x + b.width && b.x < box.x + box.width,
  );
  if (overlap >= 60 && !inTheWay) return 'down';
  return b.lane === a.lane + 1 ? 'step' : 'round';
}

const SIDES: Readonly<Record<Shape, readonly [Side, Side]>> = {
  down: ['bottom', 'top'],
  step: ['bottom', 'top'],
  round: ['right', 'right'],
  across: ['right', 'left'],
  under: ['bottom', 'bottom'],
};

const TURNS: Readonly<Record<Shape, number>> = { down: 0, across: 0, step: 1, under: 1, round: 1 };

/** Spreads the lines that leave one side of one box, in the order of the links. */
class Ports {
  readonly #count = new Map<string, number>();
  readonly #taken = new Map<string, number>();
  reserve(box: Box, side: Side): void {
    const key = `${box.id} ${side}`;
    this.#count.set(key, (this.#count.get(key) ?? 0) + 1);
  }
  take(box: Box, side: Side): Point {
    const key = `${box.id} ${side}`;
    const index = this.#taken.get(key) ?? 0;
    this.#taken.set(key, index + 1);
    const centred = index - ((this.#count.get(key) ?? 1) - 1) / 2;
    const flat = side === 'top' || side === 'bottom';
    const offset = centred * (flat ? 36 : 18);
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    switch (side) {
      case 'top':
        return { x: middle.x + offset, y: box.y };
      case 'bottom':
        return { x: middle.x + offset, y: box.y + box.height };
      case 'left':
        return { x: box.x, y: middle.y + offset };
      case 'right':
        return { x: box.x + box.width, y: middle.y + offset };
    }
  }
}

/** Routes links as orthogonal lines that avoid cards: straight where possible, else through gaps and gutters. */
export function routeLinks(boxes: readonly Box[], links: readonly Ends[]): LinkRoute[] {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const planned = links.flatMap(({ key, from, to }) => {
    const start = byId.get(from);
    const end = byId.get(to);
    if (!start || !end || start === end) return [];
    const reversed = end.lane < start.lane || (end.lane === start.lane && end.x < start.x);
    const [a, b] = reversed ? [end, start] : [start, end];
    return [{ key, a, b, reversed, shape: shapeOf(a, b, boxes) }];
  });
  const ports = new Ports();
  for (const { a, b, shape } of planned) {
    ports.reserve(a, SIDES[shape][0]);
    ports.reserve(b, SIDES[shape][1]);
  }
  // Straight lines take the upper places, so that those that turn downwards do not cross them.
  const inOrder = planned.toSorted((one, other) => TURNS[one.shape] - TURNS[other.shape]);
  const routes = new Map<string, LinkRoute>();
  let track = 0;
  for (const { key, a, b, reversed, shape } of inOrder) {
    const p = ports.take(a, SIDES[shape][0]);
    const q = ports.take(b, SIDES[shape][1]);
    const points = corners(shape, a, b, p, q, boxes, TURNS[shape] === 0 ? 0 : track++ % 4);
    routes.set(key, { key, points: reversed ? points.toReversed() : points, middle: middleOf(points) });
  }
  return planned.flatMap(({ key }) => routes.get(key) ?? []);
}

function corners(
  shape: Shape,
  a: Box,
  b: Box,
  p: Point,
  q: Point,
  boxes: readonly Box[],
  track: number,
): Point[] {
  switch (shape) {
    case 'down': {
      const low = Math.max(a.x, b.x) + 12;
      const high = Math.min(a.x + a.width, b.x + b.width) - 12;
      const x = Math.min(high, Math.max(low, a.width < b.width ? p.x : q.x));
      return [
        { x, y: p.y },
        { x, y: q.y },
      ];
    }
    case 'step': {
      const y = q.y - 18 - track * 6;
      return [p, { x: p.x, y }, { x: q.x, y }, q];
    }
    case 'round': {
      const right = Math.max(a.x + a.width, b.x + b.width);
      const free = !boxes.some(
        (box) => box.lane >= a.lane && box.lane <= b.lane && box.x >= a.x + a.width && box.x < right,
      );
      const x = (free ? right : a.x + a.width) + 24 + track * 10;
      if (free) return [p, { x, y: p.y }, { x, y: q.y }, q];
      const y = b.y - 18 - track * 6;
      const top = { x: b.x + b.width / 2, y: b.y };
      return [p, { x, y: p.y }, { x, y }, { x: top.x, y }, top];
    }
    case 'across': {
      if (p.y === q.y) return [p, q];
      const x = q.x - 14;
      return [p, { x, y: p.y }, { x, y: q.y }, q];
    }
    case 'under': {
      const y = Math.max(p.y, q.y) + 14 + track * 6;
      return [p, { x: p.x, y }, { x: q.x, y }, q];
    }
  }
}

function middleOf(points: readonly Point[]): LinkRoute['middle'] {
  let longest = { length: -1, x: 0, y: 0, vertical: true };
  for (const [i, to] of points.entries()) {
    const from = points[i - 1];
    if (!from) continue;
    const length = Math.abs(to.x - from.x) + Math.abs(to.y - from.y);
    const vertical = to.x === from.x;
    if (length > longest.length)
      longest = { length, x: (from.x + to.x) / 2, y: (from.y + to.y) / 2, vertical };
  }
  return { x: longest.x, y: longest.y, vertical: longest.vertical };
}
