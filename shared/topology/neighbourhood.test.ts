import { expect, test } from 'vitest';
import { groupOf, linkKey } from './boxes';
import { bundlesOf } from './bundles';
import { layoutOf } from './layout';
import { manyEstate } from './many.test-kit';
import { neighbourhoodOf, tailsOf } from './neighbourhood';
import { topologyOf } from './topology-of';
import { assignTracks } from './tracks';

const estate = manyEstate({ hosts: 60, links: 120, sites: 2 });
const topology = topologyOf(estate, { estate: 'many', takenAt: 0, periodMs: 1000, hosts: {} });

test('a neighbourhood is the links of a node and their other ends, and nothing else', () => {
  const found = neighbourhoodOf(topology, ['web-1']);
  const own = topology.links.filter((link) => link.from === 'web-1' || link.to === 'web-1');
  expect(own.length).toBeGreaterThan(0);
  expect([...found.links]).toEqual(own.map(linkKey));
  expect([...found.ids].toSorted()).toEqual(
    [...new Set(['web-1', ...own.flatMap((link) => [link.from, link.to])])].toSorted(),
  );
});

test('every lit end in an open group has a line from its row to where its bundle leaves', () => {
  const layout = layoutOf(topology, { form: 'group', open: () => true });
  const links = new Map(topology.links.map((link) => [linkKey(link), link]));
  const tails = tailsOf(layout, neighbourhoodOf(topology, ['web-1']), links);
  const rows = new Map(layout.boxes.map((box) => [box.id, box]));
  const starts = tails.map(([start]) => start);
  const row = rows.get('web-1');
  expect(tails.length).toBeGreaterThan(1);
  expect(starts).toContainEqual({ x: row?.x, y: (row?.y ?? 0) + 12 });
  const ports = layout.links.flatMap((route) => [route.points[0], route.points.at(-1)]);
  for (const tail of tails) expect(ports).toContainEqual(tail.at(-1));
  expect(tailsOf(layoutOf(topology, { form: 'group' }), neighbourhoodOf(topology, ['web-1']), links)).toEqual(
    [],
  );
});

test('links between folded groups are one line with all of them, links inside one are not drawn', () => {
  const { links } = layoutOf(topology, { form: 'group' });
  const across = topology.links.filter((link) => {
    const [from, to] = [groupOf(topology, link.from) ?? link.from, groupOf(topology, link.to) ?? link.to];
    return from !== to;
  });
  expect(links.flatMap((route) => route.links).toSorted()).toEqual(across.map(linkKey).toSorted());
  const pairs = links.map((route) => `${route.from} ${route.to}`);
  expect(new Set(pairs).size).toBe(pairs.length);
});

test('links between single servers stay single, each with its own key', () => {
  const placed = [
    { id: 'a', members: [] },
    { id: 'b', members: [] },
  ];
  const [first] = topology.links;
  if (!first) throw new Error('no link');
  const two = [80, 443].map((port) => ({ ...first, from: 'a', to: 'b', port }));
  expect(bundlesOf(two, placed).map((bundle) => bundle.key)).toEqual(two.map(linkKey));
});

test.each([
  [
    'apart',
    [
      [0, 10],
      [20, 30],
    ],
    0,
    [0, 0],
  ],
  [
    'touching',
    [
      [0, 10],
      [10, 30],
    ],
    0,
    [0, 1],
  ],
  [
    'too near',
    [
      [0, 10],
      [15, 30],
    ],
    8,
    [0, 1],
  ],
  [
    'backwards',
    [
      [10, 0],
      [5, 30],
    ],
    0,
    [0, 1],
  ],
  [
    'a third fits again',
    [
      [0, 10],
      [5, 30],
      [12, 20],
    ],
    0,
    [0, 1, 0],
  ],
] as const)('tracks: %s', (_name, spans, gap, tracks) => {
  const given = spans.map(([from, to]) => ({ from, to }));
  expect(assignTracks(given, gap).tracks).toEqual(tracks);
});
