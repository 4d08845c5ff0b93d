import type { Rect } from './boxes';
import type { Layout } from './layout';
import type { LinkRoute, Point } from './link-routes';

/**
 * Where the text and the numbers of each line go. No label lies on another label, a number, a card, the name of a
 * site or its border; where there is no room the text is shorter, or comes only when its server is in focus.
 */

/** What one line would like to say. */
export interface LabelWish {
  /** Of its route. */
  key: string;
  /** Steps of the request path, as numbers in circles; a line for both ways has two. */
  stops: number;
  /** Width in pixels of each wording, the fullest first. */
  widths: readonly number[];
}
export interface LabelPlace {
  key: string;
  stops: Point[];
  /** Which wording fits, and where; null: none. */
  text: LabelText | null;
}

/** `toward`: which end of its room the text keeps to, so that a short text stays beside its line. */
export interface LabelText extends Rect {
  wording: number;
  toward: 'left' | 'middle' | 'right';
}

export const LABEL_HEIGHT = 16;
/** Half the distance between the way there and the way back, when one line carries both. */
export const TWO_WAYS = 15;
const STOP = 18;
/** A card's badges hang over its lower border. */
const BADGES = 10;
const STEP = 8;
/** Text beside a line, and beside its numbers. */
const AWAY = 7;
/** In pixels of way along the line: how bad it is to lie on somebody else's line. */
const ON_A_LINE = 140;

/** A line for both ways is drawn as two, but only where it runs straight. */
export const isTwoLines = (route: LinkRoute): boolean =>
  route.twoWays && route.points.length === 2 && route.points[0]?.x === route.points[1]?.x;

export function placeLabels(layout: Layout, wishes: readonly LabelWish[]): LabelPlace[] {
  const routes = new Map(layout.links.map((route) => [route.key, route]));
  const segments = layout.links.flatMap(segmentsOf);
  const taken = obstaclesOf(layout);
  const free = (box: Rect) => taken.every((other) => !intersects(box, other));
  const places = new Map<string, LabelPlace>();
  const lines = (box: Rect, key: string) =>
    segments.filter((segment) => segment.key !== key && intersects(box, segment)).length;

  const wanted = wishes.flatMap((wish) => {
    const route = routes.get(wish.key);
    return route ? [{ wish, route }] : [];
  });
  for (const { wish, route } of wanted) {
    const stops = wish.stops === 0 ? [] : stopsOf(route, wish.stops, free, lines);
    taken.push(...stops.map(stopBox));
    places.set(wish.key, { key: wish.key, stops, text: null });
  }
  // A short text for each line first; what is left of the room makes texts fuller.
  for (const fullest of [false, true])
    for (const { wish, route } of wanted) {
      const place = places.get(wish.key);
      if (!place) continue;
      const { text } = place;
      const rest = text === null ? taken : taken.filter((other) => other !== text);
      const clear = (box: Rect) => rest.every((other) => !intersects(box, other));
      for (const [wording, width] of wish.widths.entries()) {
        if (!fullest && wording === 0 && wish.widths.length > 1) continue;
        if (text !== null && wording >= text.wording) break;
        const box = textOf(route, place.stops, width, clear, lines);
        if (!box) continue;
        if (text !== null) taken.splice(taken.indexOf(text), 1);
        place.text = { ...box, wording };
        taken.push(place.text);
        break;
      }
    }
  return [...places.values()];
}

const intersects = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** What no label may touch: boxes with what hangs on them, borders and names of sites. */
export function obstaclesOf(layout: Layout): Rect[] {
  const boxes = layout.boxes
    .filter((box) => box.what !== 'row')
    .map((box) => ({
      x: box.x - 8,
      y: box.y - 2,
      width: box.width + 10,
      height: box.height + (box.what === 'node' ? BADGES : 2) + 2,
    }));
  const sites = layout.sites.flatMap((site) => [
    { x: site.x - 2, y: 0, width: 4, height: layout.height },
    { x: site.x + site.width - 2, y: 0, width: 4, height: layout.height },
    { x: site.x, y: 0, width: site.width, height: 26 },
    { x: site.x, y: layout.height - 2, width: site.width, height: 4 },
  ]);
  return [...boxes, ...sites];
}

interface Segment extends Rect {
  key: string;
}

/** The pieces of a line as thin boxes. */
function segmentsOf(route: LinkRoute): Segment[] {
  const half = isTwoLines(route) ? TWO_WAYS : 1;
  return route.points.slice(1).map((to, i) => {
    const from = route.points[i] ?? to;
    const vertical = from.x === to.x;
    return {
      key: route.key,
      x: Math.min(from.x, to.x) - (vertical ? half : 0),
      y: Math.min(from.y, to.y) - (vertical ? 0 : 1),
      width: vertical ? 2 * half : Math.abs(to.x - from.x),
      height: vertical ? Math.abs(to.y - from.y) : 2,
    };
  });
}

type Lines = (box: Rect, key: string) => number;
type Spot = Point & { vertical: boolean; cost: number };

/** Places along a line, the middle of its longest piece first. */
function spotsOn(route: LinkRoute): Spot[] {
  const pieces = route.points.slice(1).map((to, i) => {
    const from = route.points[i] ?? to;
    return { from, to, length: Math.abs(to.x - from.x) + Math.abs(to.y - from.y) };
  });
  const longest = Math.max(...pieces.map((piece) => piece.length));
  return pieces.flatMap(({ from, to, length }) => {
    const count = Math.max(0, Math.floor(length / 2 / STEP));
    const vertical = from.x === to.x;
    const spots: Spot[] = [];
    for (let i = -count; i <= count; i++) {
      const t = length === 0 ? 0.5 : 0.5 + (i * STEP) / length;
      const x = from.x + (to.x - from.x) * t;
      const y = from.y + (to.y - from.y) * t;
      spots.push({ x, y, vertical, cost: Math.abs(i) * STEP + (longest - length) / 2 });
    }
    return spots;
  });
}

const stopBox = ({ x, y }: Point): Rect => ({ x: x - STOP / 2, y: y - STOP / 2, width: STOP, height: STOP });

/** The numbers stand on their line, side by side where it is drawn as two. */
function stopsOf(route: LinkRoute, count: number, free: (box: Rect) => boolean, lines: Lines): Point[] {
  const two = count > 1 && isTwoLines(route);
  const at = (spot: Point): Point[] =>
    two
      ? [
          { x: spot.x - TWO_WAYS, y: spot.y },
          { x: spot.x + TWO_WAYS, y: spot.y },
        ]
      : Array.from({ length: count }, (_, i) => ({ x: spot.x + (i - (count - 1) / 2) * STOP, y: spot.y }));
  const best = cheapest(
    spotsOn(route),
    (spot) => at(spot).every((stop) => free(stopBox(stop))),
    (spot) => at(spot).reduce((sum, stop) => sum + lines(stopBox(stop), route.key) * ON_A_LINE, 0),
  );
  return best ? at(best) : [];
}

/** The text stands beside the numbers, else beside or above its line. */
function textOf(
  route: LinkRoute,
  stops: readonly Point[],
  width: number,
  free: (box: Rect) => boolean,
  lines: Lines,
): Omit<LabelText, 'wording'> | null {
  const half = isTwoLines(route) ? TWO_WAYS : 0;
  const [first] = stops;
  const candidates: { box: Omit<LabelText, 'wording'>; cost: number }[] = [];
  const add = (x: number, y: number, toward: LabelText['toward'], cost: number) =>
    candidates.push({ box: { x, y, width, height: LABEL_HEIGHT, toward }, cost });
  const last = stops.at(-1);
  if (first && last) {
    add(last.x + STOP / 2 + 3, last.y - LABEL_HEIGHT / 2, 'left', 0);
    add(first.x - STOP / 2 - 3 - width, first.y - LABEL_HEIGHT / 2, 'right', 4);
  }
  for (const { x, y, vertical, cost } of spotsOn(route)) {
    const far = first ? Math.abs(x - first.x) + Math.abs(y - first.y) : cost;
    if (vertical) {
      add(x + half + AWAY, y - LABEL_HEIGHT / 2, 'left', far + 8);
      add(x - half - AWAY - width, y - LABEL_HEIGHT / 2, 'right', far + 12);
    } else {
      add(x - width / 2, y - LABEL_HEIGHT - 2, 'middle', far + 8);
      add(x - width / 2, y - LABEL_HEIGHT / 2, 'middle', far + 30);
      add(x - width / 2, y + 3, 'middle', far + 24);
    }
  }
  const best = cheapest(
    candidates,
    ({ box }) => free(box),
    ({ box }) => lines(box, route.key) * ON_A_LINE,
  );
  return best?.box ?? null;
}

/** The best possible one. Looks at the near ones first, and no further than a better one could be. */
function cheapest<T extends { cost: number }>(
  values: readonly T[],
  possible: (value: T) => boolean,
  extra: (value: T) => number,
): T | null {
  let best: { value: T; cost: number } | null = null;
  for (const value of values.toSorted((a, b) => a.cost - b.cost)) {
    if (best && best.cost <= value.cost) break;
    if (!possible(value)) continue;
    const cost = value.cost + extra(value);
    if (!best || cost < best.cost) best = { value, cost };
  }
  return best?.value ?? null;
}
