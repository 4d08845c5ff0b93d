import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseEstate } from '../estate/parse';
import type { Estate } from '../estate/schema';
import type { Topology } from '../views/topology';
import type { Form, Rect } from './boxes';
import { type LabelPlace, obstaclesOf, placeLabels } from './labels';
import { type Layout, layoutOf } from './layout';
import { manyEstate } from './many.test-kit';
import { topologyOf } from './topology-of';

/** What must hold of every picture: of the five estates, and of generated ones in each form. */

const estatesDir = resolve(import.meta.dirname, '../../estates');
const read = (file: string): Estate => {
  const parsed = parseEstate(readFileSync(resolve(estatesDir, file), 'utf8'), file);
  if (!parsed.ok) throw new Error(file);
  return parsed.value;
};
const unasked = (estate: Estate): Topology =>
  topologyOf(estate, { estate: estate.estate, takenAt: 0, periodMs: 1000, hosts: {} });

const pictures: [string, Topology, Form, (group: string) => boolean][] = [];
for (const file of readdirSync(estatesDir).filter((name) => name.endsWith('.yaml')))
  for (const form of ['card', 'compact', 'group'] as const)
    pictures.push([`${file} ${form}`, unasked(read(file)), form, () => true]);
for (const [hosts, links] of [
  [12, 40],
  [40, 120],
] as const)
  for (const sites of [1, 3])
    pictures.push([
      `${hosts} hosts, ${sites} sites`,
      unasked(manyEstate({ hosts, links, sites })),
      'card',
      () => false,
    ]);
const five = unasked(manyEstate({ hosts: 500, links: 800 }));
pictures.push(['500 hosts, folded', five, 'group', () => false]);
pictures.push(['500 hosts, some open', five, 'group', (group) => group.endsWith('web')]);
pictures.push(['120 hosts, open', unasked(manyEstate({ hosts: 120, links: 200 })), 'group', () => true]);

const intersects = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const inside = (a: Rect, b: Rect): boolean =>
  b.x <= a.x && a.x + a.width <= b.x + b.width && b.y <= a.y && a.y + a.height <= b.y + b.height;
const pairsOf = <T>(all: readonly T[]): [T, T][] =>
  all.flatMap((one, i) => all.slice(i + 1).map((other): [T, T] => [one, other]));
const wishesOf = (layout: Layout) =>
  layout.links.map((route, i) => ({ key: route.key, stops: i % 4 === 0 ? 1 : 0, widths: [150, 60, 24] }));
const stopRects = (place: LabelPlace): Rect[] =>
  place.stops.map(({ x, y }) => ({ x: x - 8.5, y: y - 8.5, width: 17, height: 17 }));

describe.each(pictures)('%s', (_name, topology, form, open) => {
  const layout = layoutOf(topology, { form, open });
  const standing = layout.boxes.filter((box) => box.what !== 'row');

  it('is the same picture each time, whatever the health', () => {
    const sick = { ...topology, nodes: topology.nodes.map((node) => ({ ...node, health: 'down' as const })) };
    expect(layoutOf(sick, { form, open })).toEqual(layout);
  });

  it('shows every server once, and nothing on top of anything', () => {
    const shown = layout.boxes.flatMap((box) =>
      box.what === 'node' || box.what === 'row'
        ? [box.id]
        : box.what === 'group' && !box.open
          ? box.members
          : [],
    );
    expect(shown.toSorted()).toEqual(topology.nodes.map((node) => node.id).toSorted());
    expect(
      pairsOf(standing)
        .filter(([one, other]) => intersects(one, other))
        .map(([one, other]) => `${one.id} and ${other.id}`),
    ).toEqual([]);
    for (const row of layout.boxes.filter((box) => box.what === 'row')) {
      const group = standing.find((box) => box.members.includes(row.id));
      expect(group && inside(row, group), row.id).toBe(true);
    }
  });

  it('leads every line from box to box, in right angles, and through no box', () => {
    const drawn = new Set(layout.links.flatMap((route) => route.links));
    expect(drawn.size).toBeGreaterThan(0);
    const faults: string[] = [];
    for (const route of layout.links)
      for (const [i, to] of route.points.entries()) {
        const from = route.points[i - 1];
        if (!from) continue;
        if (from.x !== to.x && from.y !== to.y) faults.push(`${route.key} is not at right angles`);
        const piece = {
          x: Math.min(from.x, to.x),
          y: Math.min(from.y, to.y),
          width: Math.abs(to.x - from.x),
          height: Math.abs(to.y - from.y),
        };
        for (const box of standing) {
          const core = { x: box.x + 1, y: box.y + 1, width: box.width - 2, height: box.height - 2 };
          if (intersects(piece, core)) faults.push(`${route.key} runs through ${box.id}`);
        }
      }
    expect(faults).toEqual([]);
  });

  it('places labels so that none touches another, a number, a card or a border', () => {
    const places = placeLabels(layout, wishesOf(layout));
    const texts = places.flatMap((place) => (place.text ? [place.text] : []));
    const stops = places.flatMap(stopRects);
    const walls = obstaclesOf(layout);
    expect(texts.length).toBeGreaterThan(0);
    const placed = pairsOf([...texts, ...stops]).filter(([one, other]) => intersects(one, other));
    const onWalls = [...texts, ...stops].filter((one) => walls.some((wall) => intersects(one, wall)));
    expect([placed, onWalls]).toEqual([[], []]);
  });
});

it.each(pictures.filter(([name]) => /yaml (card|compact)/.test(name)))(
  '%s: every number of the request path has its place, and nearly every line at least a mark',
  (_name, topology, form) => {
    const layout = layoutOf(topology, { form });
    const wishes = wishesOf(layout);
    const places = placeLabels(layout, wishes);
    expect(places.map((place) => place.stops.length)).toEqual(wishes.map((wish) => wish.stops));
    expect(places.filter((place) => place.text === null).length).toBeLessThanOrEqual(places.length / 10);
  },
);

it('a label does not move because of what is counted: the same wishes, the same places', () => {
  const layout = layoutOf(five, { form: 'group' });
  expect(placeLabels(layout, wishesOf(layout))).toEqual(placeLabels(layout, wishesOf(layout)));
});

it('places 500 servers and 800 links within the time of a frame or two', () => {
  const start = performance.now();
  const layout = layoutOf(five, { form: 'group' });
  placeLabels(layout, wishesOf(layout));
  // Generous: the machines of the tests are slow and shared. A quadratic step shows as seconds.
  expect(performance.now() - start).toBeLessThan(400);
});
