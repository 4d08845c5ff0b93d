import { expect, test } from 'vitest';
import { EDGE_MEMORY_MS, foldEdges, MAX_EDGES } from './fold-edges';

const listeners = [{ address: '0.0.0.0', port: 3306 }];
const inbound = { local: '10.0.20.2', localPort: 3306, peer: '10.0.10.1', peerPort: 50001 };
const outbound = { local: '10.0.20.2', localPort: 40001, peer: '10.0.20.1', peerPort: 445 };

test('the listening end decides the direction, and ephemeral ports fold into one edge', () => {
  const edges = foldEdges([], [inbound, { ...inbound, peerPort: 50002 }, outbound], listeners, 1000);
  expect(edges).toEqual([
    {
      direction: 'in',
      peer: '10.0.10.1',
      port: 3306,
      count: 2,
      firstSeen: 1000,
      lastSeen: 1000,
      samples: 1,
      of: 1,
    },
    {
      direction: 'out',
      peer: '10.0.20.1',
      port: 445,
      count: 1,
      firstSeen: 1000,
      lastSeen: 1000,
      samples: 1,
      of: 1,
    },
  ]);
});

test('an edge keeps its first sight, counts its samples and stays after it is gone', () => {
  const first = foldEdges([], [inbound], listeners, 1000);
  const second = foldEdges(first, [], listeners, 2000);
  const third = foldEdges(second, [{ ...inbound, count: 4 }], listeners, 3000);
  expect(second).toMatchObject([{ firstSeen: 1000, lastSeen: 1000, samples: 1, of: 2, count: 1 }]);
  expect(third).toMatchObject([{ firstSeen: 1000, lastSeen: 3000, samples: 2, of: 3, count: 4 }]);
  expect(foldEdges(third, [], listeners, 3000 + EDGE_MEMORY_MS)).toEqual([]);
});

test('ten thousand peers stay bounded', () => {
  const crowd = Array.from({ length: 10_000 }, (_, n) => ({ ...inbound, peer: `10.1.${n >> 8}.${n & 255}` }));
  expect(foldEdges([], crowd, listeners, 1)).toHaveLength(MAX_EDGES);
});
