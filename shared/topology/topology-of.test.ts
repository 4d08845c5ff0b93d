import { expect, test } from 'vitest';
import { HOST_KIND } from '../kinds';
import { parsePoll } from '../kinds/host-poll';
import { parseSockets } from '../kinds/host-sockets';
import type { Parsed } from '../kinds/kind';
import type { HostReading } from '../snapshot';
import { Snapshot } from '../snapshot';
import dbPoll from '../testing/outputs/db-host-poll.txt?raw';
import dbFrozen from '../testing/outputs/db-host-poll-frozen.txt?raw';
import dbSockets from '../testing/outputs/db-host-sockets.txt?raw';
import filesPoll from '../testing/outputs/files-host-poll.txt?raw';
import filesSockets from '../testing/outputs/files-host-sockets.txt?raw';
import webPoll from '../testing/outputs/web-host-poll.txt?raw';
import webSockets from '../testing/outputs/web-host-sockets.txt?raw';
import {
  answered,
  fact,
  failure,
  healthyDb,
  healthyFiles,
  healthyWeb,
  NOW,
  patronus,
  snapshotOf,
  unreachable,
} from '../testing/patronus';
import { Topology } from '../views/topology';
import { mergeAnswer } from '../watch/merge-answer';
import { topologyOf } from './topology-of';

/** A reading made of real outputs, on the way that every reading takes. */
function read(host: string, poll: string, sockets: string): HostReading {
  const outcome = (id: string, parsed: Parsed) => {
    const probe = HOST_KIND.probes.find((one) => one.id === id);
    if (!probe) throw new Error(id);
    const evidence = {
      id,
      via: 'ssh' as const,
      sent: 'sh',
      account: 'w',
      route: 'r',
      at: NOW,
      durationMs: 30,
      exit: 0,
      bytes: 1,
    };
    return { probe, service: null, evidence, parsed, error: null };
  };
  const output = (stdout: string) => ({ stdout, stderr: '', exit: 0 });
  const outcomes = [
    outcome('host.poll', parsePoll(output(poll))),
    outcome('host.sockets', parseSockets(output(sockets))),
  ];
  const hostKey = { fingerprint: `SHA256:${host}`, type: 'ssh-ed25519', by: 'estate' };
  return answered(mergeAnswer(null, { at: NOW, durationMs: 30, hostKey, outcomes }, []));
}
const REAL = {
  web: read('web', webPoll, webSockets),
  db: read('db', dbPoll, dbSockets),
  files: read('files', filesPoll, filesSockets),
};

test('the real outputs of three servers give the whole picture and nothing else', () => {
  const snapshot = Snapshot.parse(snapshotOf(REAL));
  const { nodes, links } = Topology.parse(topologyOf(patronus(), snapshot));
  expect(nodes.map(({ id, host, health }) => [id, host, health])).toEqual([
    ['app', 'web', 'up'],
    ['sql', 'db', 'up'],
    ['share', 'files', 'up'],
  ]);
  expect(
    links.map(({ from, to, declared, observed, count }) => [from, to, declared, observed, count]),
  ).toEqual([
    ['users', 'app', true, true, 3],
    ['app', 'sql', true, true, 5],
    ['app', 'share', true, true, 4],
  ]);
});

test('a frozen server is shown as exactly that', () => {
  const snapshot = snapshotOf({ ...REAL, db: read('db', dbFrozen, dbSockets) });
  const { nodes, findings } = topologyOf(patronus(), snapshot);
  expect(nodes[1]).toMatchObject({
    health: 'degraded',
    reason: '1 of 1 mysqld processes are stopped (state T)',
  });
  expect(findings[0]).toMatchObject({ code: 'SERVICE_FROZEN', severity: 'critical', nodes: ['sql'] });
});

test('an unreachable host keeps what was last known, and says why nothing is known now', () => {
  const error = failure('E_TCP_TIMEOUT', 'tcp');
  const last = healthyWeb();
  const { nodes, hosts } = topologyOf(patronus(), snapshotOf({ web: unreachable(error, last) }));
  expect(nodes[0]).toMatchObject({ health: 'unknown', error: 'E_TCP_TIMEOUT', takenAt: NOW });
  expect(hosts[0]).toMatchObject({
    state: 'unreachable',
    error: 'E_TCP_TIMEOUT',
    reason: error.message,
    at: NOW,
  });
});

test('who may write is known only of a server that can be seen', () => {
  expect(topologyOf(patronus(), snapshotOf({})).nodes.map((node) => node.writable)).toEqual([
    undefined,
    true,
    undefined,
  ]);
  const gone = snapshotOf({});
  const reading = gone.hosts.db;
  if (reading?.state !== 'answered') throw new Error('db answers');
  const lost = snapshotOf({ db: unreachable(failure('E_LOST', 'lost'), reading.answer) });
  expect(topologyOf(patronus(), lost).nodes[1]).toMatchObject({
    writable: null,
    product: 'MySQL',
    version: '9.7.4',
  });
});

test('a service on two hosts is two nodes, one that is placed nowhere is one', () => {
  const estate = patronus({
    services: [
      { id: 'app', kind: 'apache', role: 'web', hosts: ['web', 'db'] },
      { id: 'sql', kind: 'mysql', role: 'database' },
      { id: 'share', kind: 'samba', role: 'files', hosts: ['files'] },
    ],
  });
  expect(topologyOf(estate, snapshotOf({})).nodes.map((node) => [node.id, node.health])).toEqual([
    ['app@web', 'up'],
    ['app@db', 'down'],
    ['sql', 'unknown'],
    ['share', 'up'],
  ]);
});

test('the view holds no reading of its own: the same snapshot gives the same picture', () => {
  const snapshot = snapshotOf({});
  expect(topologyOf(patronus(), snapshot)).toEqual(topologyOf(patronus(), structuredClone(snapshot)));
});

test('a link is broken only when an end that answers says so', () => {
  const healthy = { web: answered(healthyWeb()), db: answered(healthyDb()), files: answered(healthyFiles()) };
  const toSql = (hosts: Record<string, HostReading>) =>
    topologyOf(patronus(), snapshotOf(hosts)).links.find((link) => link.from === 'app' && link.to === 'sql');
  const facts = { 'host.sockets.unanswered': fact(['10.0.20.2 3306 4'], 'host.sockets') };
  const web = healthyWeb();
  expect(toSql(healthy)).toMatchObject({ broken: false });
  expect(toSql({ ...healthy, web: answered({ ...web, facts: { ...web.facts, ...facts } }) })).toMatchObject({
    broken: true,
    count: null,
  });
  expect(toSql({ ...healthy, db: answered({ ...healthyDb(), processes: {}, listeners: [] }) })).toMatchObject(
    {
      broken: true,
    },
  );
  expect(toSql({ ...healthy, db: unreachable(failure('E_TCP_TIMEOUT', 'tcp')) })).toMatchObject({
    broken: false,
  });
});
