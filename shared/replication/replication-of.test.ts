import { expect, test } from 'vitest';
import type { HostReading } from '../snapshot';
import {
  answered,
  fact,
  failure,
  healthyDb,
  NOW,
  patronus,
  SQL_FACTS,
  snapshotOf,
  unreachable,
} from '../testing/patronus';
import { Replication } from '../views/replication';
import { replicationOf } from './replication-of';

const member = (db: HostReading) => {
  const [cluster] = Replication.parse(replicationOf(patronus(), snapshotOf({ db }))).clusters;
  return { cluster, member: cluster?.members[0] };
};
const says = (tables: Record<string, Record<string, string>[]>) => {
  const { sql } = SQL_FACTS;
  const rows = Object.entries(tables).map(([name, given]) => [
    name,
    { at: NOW, evidence: `sql/mysql.${name}`, rows: given, cut: false },
  ]);
  const facts = {
    'mysql.sources': fact(tables.channels ? ['10.0.20.9:3306'] : [], 'sql/mysql.channels'),
    'mysql.replicas': fact(tables.dumps ? ['10.0.20.3'] : [], 'sql/mysql.dumps'),
  };
  return answered(
    healthyDb({
      services: {
        sql: {
          facts: { ...sql?.facts, ...facts },
          tables: { ...sql?.tables, ...Object.fromEntries(rows) },
        },
      },
    }),
  );
};

test('Patronus: one standalone writable server, and the statement that shows it has no replica', () => {
  const { cluster, member: sql } = member(answered(healthyDb()));
  expect(sql).toMatchObject({
    server: {
      node: 'sql',
      host: 'db',
      product: 'MySQL',
      version: [9, 7, 4],
      identity: { uuid: '916f45d7-e5a5-11f1-8538-666a7e163d75' },
    },
    role: 'standalone',
    writable: true,
    lag: null,
  });
  expect(cluster?.findings).toMatchObject([
    {
      code: 'NO_REPLICA',
      nodes: ['sql'],
      evidence: [
        { host: 'db', id: 'sql/mysql.dumps' },
        { host: 'db', id: 'sql/mysql.channels' },
      ],
    },
  ]);
});

test.each([
  ['a replica', { channels: [{ Source_Host: '10.0.20.9', Source_Port: '3306' }] }, 'replica'],
  ['a primary', { dumps: [{ may: '1', peer: '10.0.20.3:4001', user: 'repl' }] }, 'primary'],
])('%s says so itself, and then there is no such finding', (_name, facts, role) => {
  const { cluster, member: sql } = member(says(facts));
  expect(sql?.role).toBe(role);
  expect(sql?.lag?.seconds ?? null).toBeNull();
  expect(cluster?.findings).toEqual([]);
});

const silent = failure('E_SQL_TIMEOUT', 'query');
const UNKNOWN: [string, HostReading][] = [
  ['unreachable', unreachable(failure('E_LOST', 'lost'), healthyDb())],
  ['unasked', { state: 'unasked' }],
  ['stopped, with facts left behind', answered(healthyDb({ processes: {}, listeners: [] }))],
  [
    'silent, with facts left behind',
    answered(healthyDb({ services: { sql: { facts: SQL_FACTS.sql?.facts ?? {}, error: silent } } })),
  ],
  ['answering without a statement', answered(healthyDb({ services: { sql: { facts: {} } } }))],
];
test.each(UNKNOWN)('of a server that is %s, nothing is claimed', (_name, db) => {
  expect(member(db).member).toMatchObject({
    role: 'unknown',
    writable: null,
    lag: null,
    server: { gtid: { executed: null } },
  });
});

test('a database that is in no cluster is one of its own; a declared one keeps its name', () => {
  expect(replicationOf(patronus(), snapshotOf({})).clusters.map((one) => one.id)).toEqual(['sql']);
  const clusters = [
    {
      id: 'main',
      title: { en: 'Main', fr: 'Principal' },
      technology: 'none',
      members: [{ service: 'sql', role: 'primary' }],
    },
  ];
  expect(replicationOf(patronus({ clusters }), snapshotOf({})).clusters).toMatchObject([
    { id: 'main', title: 'Main', members: [{ server: { node: 'sql' }, role: 'standalone' }] },
  ]);
});
