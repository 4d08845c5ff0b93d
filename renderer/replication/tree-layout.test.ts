import { clusterOf, following, member } from '@shared/replication/cluster.test-kit';
import type { ServerReading } from '@shared/replication/model';
import { treeOf } from '@shared/replication/tree';
import { expect, test } from 'vitest';
import { CARD, layoutOf } from './tree-layout';

const db = member('db', 1);
const follower = (n: number, source = 1): ServerReading =>
  member(`db-${n}`, n, { channels: [following(source)] });
const of = (...servers: ServerReading[]) => layoutOf(treeOf(clusterOf(servers)));

test('each tier stands to the right of the one above, and no card on another', () => {
  const { rows, branches, arrows } = of(db, follower(2), follower(3, 2), follower(4));
  expect(rows.map(({ row, x }) => [row.id, x])).toEqual([
    ['db', 0],
    ['db-2', 40],
    ['db-3', 80],
    ['db-4', 40],
  ]);
  for (const [n, { y }] of rows.entries()) expect(y - (rows[n - 1]?.y ?? -999)).toBeGreaterThan(CARD.height);
  expect(branches.map(({ from, to }) => `${from}>${to}`)).toEqual(['db>db-2', 'db-2>db-3', 'db>db-4']);
  expect(arrows).toEqual([]);
});

test('lines of siblings lie beside each other, the nearest to the cards first', () => {
  const { branches } = of(db, ...[2, 3, 4, 5, 6, 7].map((n) => follower(n)));
  const xs = branches.map(({ mark }) => mark.x);
  expect(xs).toEqual(xs.toSorted((a, b) => b - a));
  expect(new Set(xs).size).toBe(6);
  expect(Math.max(...xs)).toBeLessThan(40);
});

test('the way back of a circle is an arrow in a lane of its own, left of all cards', () => {
  const circle = of(member('db', 1, { channels: [following(2)] }), follower(2));
  expect(circle.arrows.map(({ from, to }) => `${from}>${to}`)).toEqual(['db-2>db']);
  expect(circle.arrows[0]?.mark.x).toBeLessThan(Math.min(...circle.rows.map(({ x }) => x)));
});

test('deep trees stay within a screen: six tiers', () => {
  const chain = [db, ...[2, 3, 4, 5, 6].map((n) => follower(n, n - 1))];
  expect(of(...chain).width).toBeLessThan(520);
});
