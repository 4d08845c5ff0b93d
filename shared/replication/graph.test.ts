import { describe, expect, test } from 'vitest';
import { edgesOf, primariesOf, roleOf, shapeOf, tierOf } from './graph';
import type { ServerReading } from './model';
import { channel, dump, server } from './replication.test-kit';

/** "b<a" reads: b follows a. Told by both ends, by addresses as an estate gives them. */
function estate(...words: string[]): ServerReading[] {
  const names = [...new Set(words.flatMap((word) => word.split('<')))].sort();
  const address = (name: string) => `10.0.0.${name.charCodeAt(0)}`;
  return names.map((name) =>
    server(name, {
      channels: words
        .filter((word) => word.startsWith(`${name}<`))
        .map((word) => channel({ name: word, source: { host: address(word.split('<')[1] ?? '') } })),
      dumps: words
        .filter((word) => word.endsWith(`<${name}`))
        .map((word) => dump({ host: address(word.split('<')[0] ?? '') })),
    }),
  );
}

test.each([
  ['alone', ['a'], ['a'], { a: 'standalone' }],
  ['star', ['b<a', 'c<a'], ['a'], { a: 'primary', b: 'replica', c: 'replica' }],
  ['chain', ['b<a', 'c<b'], ['a'], { a: 'primary', b: 'intermediate', c: 'replica' }],
  ['tree', ['b<a', 'c<b', 'd<a', 'e<b'], ['a'], { b: 'intermediate', d: 'replica' }],
  ['multi-source', ['c<a', 'c<b'], ['a', 'b'], { a: 'primary', b: 'primary', c: 'replica' }],
  ['circular', ['a<b', 'b<a'], ['a', 'b'], { a: 'intermediate', b: 'intermediate' }],
  ['circular', ['a<c', 'b<a', 'c<b', 'd<c'], ['a', 'b', 'c'], { d: 'replica' }],
  ['islands', ['b<a', 'c'], ['a'], { c: 'standalone' }],
] as const)('%s: %j', (shape, words, primaries, roles) => {
  const servers = estate(...words);
  const edges = edgesOf(servers);
  expect(edges.every((edge) => edge.toldBy === 'both')).toBe(true);
  expect(shapeOf(servers, edges)).toBe(shape);
  expect(primariesOf(servers, edges)).toEqual(primaries);
  for (const [node, role] of Object.entries(roles)) {
    const found = servers.find((one) => one.node === node);
    expect([node, found && roleOf(found, edges)]).toEqual([node, role]);
  }
});

test('tiers count from who follows nobody, and a circle ends', () => {
  const chain = edgesOf(estate('b<a', 'c<b', 'd<c'));
  expect(['a', 'b', 'c', 'd'].map((node) => tierOf(node, chain))).toEqual([0, 1, 2, 3]);
  const circle = edgesOf(estate('a<b', 'b<a'));
  expect(tierOf('a', circle)).toBe(1);
});

describe('who is meant', () => {
  const uuid = (n: number) => `0000000${n}-0000-0000-0000-000000000000`;

  test('the uuid that the source told is proof; an address that leads to another uuid is not followed', () => {
    const a = server('a', { identity: { uuid: uuid(1) } });
    const moved = channel({ source: { host: a.address, uuid: uuid(9) } });
    const [edge] = edgesOf([a, server('b', { channels: [moved] })]);
    expect(edge).toMatchObject({ from: null, sourceName: a.address, to: 'b' });
    const renamed = channel({ source: { host: 'old-name', uuid: uuid(1) } });
    expect(edgesOf([a, server('b', { channels: [renamed] })])[0]).toMatchObject({ from: 'a' });
  });

  test('two members with one server id are nobody', () => {
    const twins = ['a', 'b'].map((node) => server(node, { identity: { serverId: '7' } }));
    const lost = channel({ source: { host: '192.0.2.1', serverId: '7' } });
    expect(edgesOf([...twins, server('c', { channels: [lost] })])[0]).toMatchObject({ from: null });
  });

  test('ports tell two servers of one address apart', () => {
    const at = (node: string, port: number) => server(node, { address: '10.0.0.1', identity: { port } });
    const follows = channel({ source: { host: '10.0.0.1', port: 3307 } });
    const edges = edgesOf([at('a', 3306), at('b', 3307), server('c', { channels: [follows] })]);
    expect(edges[0]).toMatchObject({ from: 'b', sourceName: '10.0.0.1:3307' });
  });

  test('a source and a replica that no estate names are shown as such', () => {
    const strange = [dump({ host: '192.0.2.9' })];
    const a = server('a', { channels: [channel({ source: { host: '192.0.2.1' } })], dumps: strange });
    expect(edgesOf([a])).toMatchObject([
      { from: null, sourceName: '192.0.2.1', to: 'a', toldBy: 'replica' },
      { from: 'a', to: null, replicaName: '192.0.2.9', toldBy: 'source' },
    ]);
  });
});

describe('a session that the source has not missed yet', () => {
  const old = server('a', {
    channels: [channel({ source: { host: '10.0.0.98' } })],
    dumps: [dump({ host: '10.0.0.98', uuid: null })],
  });
  const promoted = (over: Parameters<typeof server>[1] = {}) =>
    server('b', { address: '10.0.0.98', channels: [], dumps: [dump({ host: '10.0.0.97' })], ...over });
  const atAddress = { ...old, address: '10.0.0.97' };

  test('is no edge: after a switchover nobody stands in a circle', () => {
    const servers = [atAddress, promoted()];
    const edges = edgesOf(servers);
    expect(edges).toMatchObject([{ from: 'b', to: 'a', toldBy: 'both' }]);
    expect(shapeOf(servers, edges)).toBe('star');
    expect(primariesOf(servers, edges)).toEqual(['b']);
  });

  test.each([
    ['does not answer', { state: 'silent', channels: null }],
    ['does not tell its channels', { channels: null }],
    [
      'follows somebody who could be the source by another name',
      {
        channels: [channel({ source: { host: 'db.example.net' } })],
      },
    ],
  ] as const)('counts while the replica %s', (_, over) => {
    const edges = edgesOf([{ ...atAddress, channels: [] }, promoted(over as never)]);
    expect(edges).toContainEqual(expect.objectContaining({ from: 'a', to: 'b', toldBy: 'source' }));
  });

  test('counts when only a server id says whose it is: ids are copied with images', () => {
    const strange = { ...atAddress, channels: [], dumps: [dump({ host: '192.0.2.9', serverId: '7' })] };
    const edges = edgesOf([strange, promoted({ identity: { serverId: '7' }, dumps: [] })]);
    expect(edges).toMatchObject([{ from: 'a', to: 'b', toldBy: 'source' }]);
  });
});

test('a silent member claims nothing, but its replicas name it', () => {
  const silent = server('a', { state: 'silent', channels: null, dumps: null });
  const b = server('b', { channels: [channel({ source: { host: silent.address } })] });
  const servers = [silent, b];
  const edges = edgesOf(servers);
  expect(edges).toMatchObject([{ from: 'a', to: 'b', toldBy: 'replica' }]);
  expect(roleOf(silent, edges)).toBe('unknown');
  expect(primariesOf(servers, edges)).toEqual(['a']);
  expect(shapeOf([silent, server('c')], [])).toBe('unknown');
});
