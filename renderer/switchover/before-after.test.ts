import { clusterOf, following, member } from '@shared/replication/cluster.test-kit';
import { expect, test } from 'vitest';
import { beforeAfter } from './before-after';

const chain = clusterOf([
  member('c', 3, { channels: [following(2)] }),
  member('b', 2, { channels: [following(1)] }),
  member('a', 1),
]);

test('before is as the servers say, the top first', () => {
  expect(beforeAfter(chain, 'b').before).toEqual([
    { node: 'a', tier: 0, writable: true, source: null },
    { node: 'b', tier: 1, writable: false, source: 'a' },
    { node: 'c', tier: 2, writable: false, source: 'b' },
  ]);
});

test('after, one takes writes and everybody else follows it', () => {
  const { after } = beforeAfter(chain, 'b');
  expect(after).toEqual([
    { node: 'b', tier: 0, writable: true, source: null },
    { node: 'a', tier: 1, writable: false, source: 'b' },
    { node: 'c', tier: 1, writable: false, source: 'b' },
  ]);
});

test('who is not known to be read-only is not said to be', () => {
  const silent = clusterOf([member('a', 1), member('b', 2, { readOnly: null })]);
  expect(beforeAfter(silent, 'b').before.find(({ node }) => node === 'b')?.writable).toBeNull();
});
