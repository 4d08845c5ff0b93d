import { describe, expect, it } from 'vitest';
import type { Topology, TopologyLink, TopologyNode } from '../views/topology';
import { type Box, linkKey } from './boxes';
import { layoutOf } from './layout';
import { type Direction, neighbourOf } from './walk';

const node = (id: string, site: string | null, tier: string, health: TopologyNode['health'] = 'up') =>
  ({
    id,
    service: id,
    title: id,
    host: id,
    address: null,
    site,
    tier,
    kind: 'x',
    role: 'x',
    product: null,
    version: null,
    health,
    takenAt: null,
  }) satisfies TopologyNode;
const link = (from: string, to: string, port = 80): TopologyLink => ({
  from,
  to,
  protocol: 'tcp',
  port,
  declared: true,
  observed: true,
  configured: [],
  unknown: false,
  broken: false,
  firstSeen: null,
  lastSeen: null,
  count: null,
});
const topology = (nodes: TopologyNode[], links: TopologyLink[], actors = ['users']): Topology => ({
  takenAt: 0,
  estate: 'test',
  actors: actors.map((id) => ({ id, title: id })),
  hosts: nodes.flatMap((each) =>
    each.site === null
      ? []
      : [{ id: each.id, address: '', site: each.site, state: 'answered' as const, at: 0 }],
  ),
  nodes,
  links,
  findings: [],
});
const patronus = topology(
  [node('web', 'dc', 'web'), node('db', 'dc', 'database'), node('files', 'dc', 'files')],
  [link('users', 'web'), link('web', 'db', 3306), link('web', 'files', 445)],
);
const box = (boxes: readonly Box[], id: string): Box => {
  const found = boxes.find((each) => each.id === id);
  if (!found) throw new Error(`no box ${id}`);
  return found;
};
const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describe('layoutOf', () => {
  it('stacks the tiers of one site in their order', () => {
    const { boxes, lanes, sites } = layoutOf(patronus);
    expect(lanes.map((lane) => lane.tier)).toEqual([null, 'web', 'database', 'files']);
    expect(sites.map((site) => site.id)).toEqual(['dc']);
    expect(new Set(['web', 'db', 'files'].map((id) => box(boxes, id).x)).size).toBe(1);
    expect(box(boxes, 'users').y).toBeLessThan(box(boxes, 'web').y);
  });

  it('is the same picture whatever the health', () => {
    const sick = { ...patronus, nodes: patronus.nodes.map((each) => ({ ...each, health: 'down' as const })) };
    expect(layoutOf(sick)).toEqual(layoutOf(patronus));
  });

  it('puts sites side by side in the order of the hosts, services without a host last', () => {
    const { sites } = layoutOf(
      topology([node('c', null, 'web'), node('a', 'paris', 'web'), node('b', 'lyon', 'web')], []),
    );
    expect(sites.map((site) => site.id)).toEqual(['paris', 'lyon', null]);
    const [first, second] = sites;
    expect((first?.x ?? 0) + (first?.width ?? 0)).toBeLessThan(second?.x ?? 0);
  });

  it('never lets two boxes overlap, in any form', () => {
    const nodes = ['a', 'b', 'c', 'd', 'e', 'f'].map((id, i) =>
      node(id, i % 2 ? 'x' : 'y', i < 3 ? 'web' : 'database'),
    );
    const crowded = topology(
      nodes,
      [link('a', '192.0.2.1'), link('a', '192.0.2.2'), link('d', '192.0.2.3')],
      ['u', 'v'],
    );
    for (const options of [
      {},
      { between: 0 },
      { form: 'compact' },
      { form: 'group', open: () => true },
    ] as const) {
      const boxes = layoutOf(crowded, options).boxes.filter((each) => each.what !== 'row');
      for (const [i, one] of boxes.entries())
        for (const other of boxes.slice(i + 1))
          expect(overlap(one, other), `${one.id} ${other.id}`).toBe(false);
    }
  });

  it('gives an address that the estate does not know a box beside whom it talks to', () => {
    const { boxes, outsideX, links } = layoutOf(
      topology([node('web', 'dc', 'web')], [link('web', '10.0.10.53', 11211)]),
    );
    const stranger = box(boxes, '10.0.10.53');
    expect(stranger).toMatchObject({ what: 'outside', x: outsideX, y: box(boxes, 'web').y });
    expect(links).toHaveLength(1);
  });
});

describe('link routes', () => {
  const everything = topology(
    [
      node('lb', 'dc', 'balancer'),
      node('web-a', 'dc', 'web'),
      node('web-b', 'dc', 'web'),
      node('web-c', 'dc', 'web'),
      node('db', 'dc', 'database'),
      node('files', 'dc', 'files'),
      node('far', 'cloud', 'files'),
    ],
    [
      link('users', 'lb'),
      link('lb', 'web-a'),
      link('lb', 'web-b'),
      link('web-a', 'web-c'),
      link('web-a', 'db'),
      link('db', 'web-b'),
      link('web-a', 'files'),
      link('files', 'far'),
      link('lb', 'far'),
    ],
  );
  const layout = layoutOf(everything);

  it('routes every link once, from its own end to its other end', () => {
    expect(layout.links.map((route) => route.key)).toEqual(everything.links.map(linkKey));
    for (const [i, route] of layout.links.entries()) {
      const { from, to } = everything.links[i] ?? { from: '', to: '' };
      const [start, end] = [route.points[0], route.points.at(-1)];
      for (const [point, id] of [
        [start, from],
        [end, to],
      ] as const) {
        const at = box(layout.boxes, id);
        expect(point?.x, id).toBeGreaterThanOrEqual(at.x);
        expect(point?.x, id).toBeLessThanOrEqual(at.x + at.width);
        expect(point?.y, id).toBeGreaterThanOrEqual(at.y);
        expect(point?.y, id).toBeLessThanOrEqual(at.y + at.height);
      }
    }
  });

  it('draws only vertical and horizontal pieces', () => {
    for (const { points } of layout.links)
      for (const [i, to] of points.entries()) {
        const from = points[i - 1];
        if (from) expect(from.x === to.x || from.y === to.y).toBe(true);
      }
  });

  it('goes round a card that stands between two tiers', () => {
    const { boxes, links } = layoutOf(patronus);
    const route = links.find((each) => each.key.startsWith('web files'));
    const db = box(boxes, 'db');
    const crosses = route?.points.some((to, i) => {
      const from = route.points[i - 1];
      if (!from) return false;
      const inside = (low: number, high: number, a: number, b: number) =>
        Math.max(a, b) > low && Math.min(a, b) < high;
      return inside(db.x, db.x + db.width, from.x, to.x) && inside(db.y, db.y + db.height, from.y, to.y);
    });
    expect(route?.points).toHaveLength(4);
    expect(crosses).toBe(false);
  });
});

describe('neighbourOf', () => {
  const { boxes } = layoutOf(patronus);
  it.each<[string, Direction, string | null]>([
    ['users', 'down', 'web'],
    ['web', 'down', 'db'],
    ['files', 'up', 'db'],
    ['files', 'down', null],
    ['web', 'right', null],
    ['nobody', 'up', null],
  ])('%s %s → %s', (from, direction, to) => {
    expect(neighbourOf(boxes, from, direction)).toBe(to);
  });
});
