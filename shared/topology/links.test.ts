import { expect, test } from 'vitest';
import type { HostAnswer, HostReading } from '../snapshot';
import {
  answer,
  answered,
  edge,
  fact,
  failure,
  healthyDb,
  healthyFiles,
  healthyWeb,
  MOUNT,
  NOW,
  patronus,
  snapshotOf,
  unreachable,
} from '../testing/patronus';
import { linksOf } from './links';

const links = (hosts: Record<string, HostReading> = {}, estate = patronus()) =>
  linksOf(estate, snapshotOf(hosts)).map((link) => ({
    ...link,
    name: `${link.from} → ${link.to}:${link.port}`,
  }));
const named = (name: string, hosts?: Record<string, HostReading>, estate?: ReturnType<typeof patronus>) =>
  links(hosts, estate).find((link) => link.name === name);
const web = (more: Partial<HostAnswer>) => ({ web: answered(healthyWeb(more)) });

test('a healthy Patronus has exactly its three links, each declared and seen', () => {
  expect(links()).toEqual([
    expect.objectContaining({
      name: 'users → app:80',
      declared: true,
      observed: true,
      unknown: false,
      path: [1, 5],
      count: 1,
    }),
    expect.objectContaining({
      name: 'app → sql:3306',
      declared: true,
      observed: true,
      unknown: false,
      path: [3],
    }),
    expect.objectContaining({
      name: 'app → share:445',
      declared: true,
      observed: true,
      configured: ['mount'],
      path: [4],
    }),
  ]);
});

const DROPPED: [string, ReturnType<typeof edge>][] = [
  ['loopback', edge('out', '127.0.0.1', 80)],
  ['IPv6 loopback', edge('in', '::1', 80)],
  ['its own address', edge('out', '10.0.10.1', 80)],
  ['SSH from outside', edge('in', '192.0.2.7', 22)],
  ['the rest of a server that ended', edge('out', '10.0.9.9', 0)],
  ['an sshd on another port', edge('in', '192.0.2.7', 2222, { process: 'sshd' })],
];
test.each(DROPPED)('no link: %s', (_name, dropped) => {
  const edges = [...healthyWeb().edges, dropped];
  expect(links(web({ edges })).map((link) => link.name)).toEqual(links().map((link) => link.name));
});

test('SSH through the jump host is the console’s own, between two others it is a link', () => {
  const edges = [...healthyWeb().edges, edge('out', '10.0.20.2', 22)];
  expect(named('app → 10.0.20.2:22', web({ edges }))).toMatchObject({ declared: false, observed: true });
  const jumps = patronus({
    hosts: [
      { id: 'web', site: 'datacenter', address: '10.0.10.1' },
      { id: 'db', site: 'datacenter', address: '10.0.20.2', ssh: { jump: 'web' } },
      { id: 'files', site: 'datacenter', address: '10.0.20.1' },
    ],
  });
  expect(named('app → 10.0.20.2:22', web({ edges }), jumps)).toBeUndefined();
});

test.each([
  ['an address nobody knows', edge('out', '203.0.113.9', 443), 'app → 203.0.113.9:443'],
  ['a port nobody declares', edge('out', '10.0.20.1', 9100), 'app → 10.0.20.1:9100'],
  ['a guest of the web server’s other port', edge('in', '203.0.113.9', 9100), '203.0.113.9 → 10.0.10.1:9100'],
])('seen but not declared: %s', (_name, extra, name) => {
  const hosts = web({ edges: [...healthyWeb().edges, extra] });
  expect(named(name, hosts)).toMatchObject({ declared: false, observed: true, configured: [] });
  expect(links(hosts)).toHaveLength(4);
});

test('a stranger at the database is no user', () => {
  const db = answered(healthyDb({ edges: [edge('in', '203.0.113.9', 3306)] }));
  expect(named('203.0.113.9 → sql:3306', { db })).toMatchObject({
    declared: false,
    observed: true,
    protocol: 'mysql',
  });
});

test('an actor with addresses of its own is only seen from there', () => {
  const users = (from: string[]) => patronus({ actors: [{ id: 'users', title: 'Users', from }] });
  expect(named('users → app:80', {}, users(['10.0.9.0/24']))).toMatchObject({ observed: true });
  expect(named('users → app:80', {}, users(['192.0.2.0/24']))).toMatchObject({ observed: false });
  expect(named('10.0.9.9 → app:80', {}, users(['192.0.2.0/24']))).toMatchObject({ declared: false });
});

test('both ends report the same conversations: the larger count, the longest time', () => {
  const hosts = {
    ...web({
      edges: [edge('out', '10.0.20.2', 3306, { count: 4, firstSeen: NOW - 10, process: 'apache2' })],
    }),
    db: answered(healthyDb({ edges: [edge('in', '10.0.10.1', 3306, { count: 5, lastSeen: NOW - 1 })] })),
  };
  expect(named('app → sql:3306', hosts)).toMatchObject({ count: 5, firstSeen: NOW - 60_000, lastSeen: NOW });
});

test('conversations of several users add up; those of an older sample are over', () => {
  const edges = [
    edge('in', '10.0.9.1', 80, { count: 2 }),
    edge('in', '10.0.9.2', 80, { count: 3 }),
    edge('in', '10.0.9.3', 80, { count: 9, lastSeen: NOW - 30_000 }),
  ];
  expect(named('users → app:80', web({ edges }))).toMatchObject({ count: 5 });
});

const SEEN: [string, Record<string, HostReading>, boolean, boolean][] = [
  ['one end answers and saw it', { db: unreachable(failure('E_TCP_TIMEOUT', 'tcp')) }, true, false],
  ['neither end was asked', { web: { state: 'unasked' }, db: { state: 'unasked' } }, false, true],
  [
    'both ends are gone, and it was seen before',
    { web: unreachable(failure('E_LOST', 'lost'), healthyWeb()), db: unreachable(failure('E_LOST', 'lost')) },
    true,
    true,
  ],
  [
    'both ends answer, no socket was read yet',
    { ...web({ facts: {}, edges: [] }), db: answered(healthyDb({ facts: {}, edges: [] })) },
    false,
    true,
  ],
  [
    'both ends answer and never saw it',
    { ...web({ edges: [] }), db: answered(healthyDb({ edges: [] })) },
    false,
    false,
  ],
];
test.each(SEEN)('app → sql when %s', (_name, hosts, observed, unknown) => {
  expect(named('app → sql:3306', hosts)).toMatchObject({ declared: true, observed, unknown });
});

test('a configuration that names an address without a port is the link to the only service there', () => {
  const configured = [
    MOUNT,
    { ...MOUNT, origin: 'dsn' as const, service: 'app', address: '10.0.20.2', port: 0 },
  ];
  expect(named('app → sql:3306', web({ configured }))?.configured).toEqual(['dsn']);
});

test('a configuration alone makes a link that is neither declared nor seen', () => {
  const configured = [
    { ...MOUNT, origin: 'vhost' as const, service: 'app', address: '10.9.9.9', port: 8080 },
  ];
  expect(named('app → 10.9.9.9:8080', web({ configured }))).toMatchObject({
    declared: false,
    observed: false,
    configured: ['vhost'],
  });
});

test('instances on several hosts are linked each with each', () => {
  const estate = patronus({
    services: [
      { id: 'app', kind: 'apache', role: 'web', hosts: ['web', 'files'] },
      { id: 'sql', kind: 'mysql', role: 'database', hosts: ['db'] },
      { id: 'share', kind: 'samba', role: 'files', hosts: ['files'] },
    ],
  });
  const names = links({}, estate)
    .filter((link) => link.declared)
    .map((link) => link.name);
  expect(names).toContain('app@web → sql:3306');
  expect(names).toContain('app@files → sql:3306');
});

test('replication is drawn with the data: the replica opens the connection to its source', () => {
  const estate = patronus({
    hosts: [...patronus().hosts, { id: 'db2', site: 'datacenter', address: '10.0.20.3' }],
    services: [...patronus().services, { id: 'sql2', kind: 'mysql', role: 'database', hosts: ['db2'] }],
    links: [
      ...patronus().links,
      { id: 'r', from: 'sql', to: 'sql2', protocol: 'mysql', purpose: 'replicate' },
    ],
  });
  const db2 = answered(answer({ process: 'mysqld', port: 3306, edges: [edge('out', '10.0.20.2', 3306)] }));
  expect(named('sql → sql2:3306', { db2 }, estate)).toMatchObject({ declared: true, observed: true });
  expect(named('sql2 → sql:3306', { db2 }, estate)).toBeUndefined();
});

test('an address that two hosts say they have names neither', () => {
  const bridge = { 'host.addresses': fact(['10.0.20.1', '172.17.0.1'], 'host.identity') };
  const hosts = {
    ...web({ edges: [edge('out', '172.17.0.1', 445)] }),
    files: answered(healthyFiles({ facts: { ...healthyFiles().facts, ...bridge } })),
  };
  expect(named('app → share:445', hosts)?.observed).toBe(true);
  const db = answered(healthyDb({ facts: { ...healthyDb().facts, ...bridge }, edges: [] }));
  const both = {
    ...hosts,
    db,
    files: answered(healthyFiles({ facts: { ...healthyFiles().facts, ...bridge }, edges: [] })),
  };
  expect(named('app → 172.17.0.1:445', both)).toMatchObject({ declared: false, observed: true });
});
