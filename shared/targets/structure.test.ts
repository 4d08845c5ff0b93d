import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { applyScenario } from '../estate/apply-scenario';
import type { Estate } from '../estate/schema';
import { standAfter } from './loss';
import { structureOf } from './structure';
import { ESTATES, estatesFrom } from './targets.test-kit';
import { variantsOf } from './variants';

const estateOf = estatesFrom((file) =>
  readFileSync(path.resolve(import.meta.dirname, '../../estates', file), 'utf8'),
);
const target = (name: string, scenario: string): Estate => {
  const applied = applyScenario(estateOf(name), scenario);
  if (!applied.ok) throw new Error(applied.error[0]?.message);
  return applied.value;
};
/** "web@web-1+web-2 parallel" for each part of a workflow. */
const partsOf = (estate: Estate, workflow = 'request'): string[] => {
  const path = structureOf(estate).paths.find((each) => each.workflow === workflow);
  return (path?.parts ?? []).map(
    ({ services, servers, redundancy }) =>
      `${services.join('+')}@${servers.map(({ id }) => id).join('+')} ${redundancy.kind}`,
  );
};

test('Patronus today is three in series, each a single point of failure', () => {
  const patronus = estateOf('patronus');
  expect(partsOf(patronus)).toEqual(['web@web single', 'db@db single', 'files@files single']);
  expect(structureOf(patronus).singlePoints).toMatchObject([
    { server: 'web', because: 'one-server', workflows: ['request'] },
    { server: 'db', because: 'one-server' },
    { server: 'files', because: 'one-server' },
  ]);
});

test('a replica takes the database off the list, and nothing else', () => {
  const minimal = target('patronus', 'minimal-replica');
  expect(partsOf(minimal)).toEqual(['web@web single', 'db+db2@db+db2 failover', 'files@files single']);
  expect(structureOf(minimal).singlePoints.map(({ server }) => server)).toEqual(['web', 'files']);
});

test('the pair of everything has no single point, and names its balancer as a part', () => {
  const pair = target('patronus', 'balanced-pair');
  expect(partsOf(pair)).toEqual([
    'balancer@balancer-1+balancer-2 failover',
    'web@web-1+web-2 parallel',
    'db+db-replica+session@db-1+db-2 failover',
    'files+files-replica@files-1+files-2 failover',
  ]);
  expect(structureOf(pair)).toMatchObject({ singlePoints: [], gaps: [] });
});

test('containers are counted by the machines that they run on', () => {
  expect(partsOf(target('patronus', 'web-containers'))).toContain('web@web-1+web-2 parallel');
  const crowded = target('patronus', 'web-containers');
  const onOne = {
    ...crowded,
    hosts: crowded.hosts.map((host) => (host.id === 'pod-web-2' ? { ...host, within: 'web-1' } : host)),
  };
  expect(structureOf(onOne).singlePoints).toMatchObject([{ server: 'web-1', because: 'one-machine' }]);
  // The balancer then has nothing to choose from, and still stands in the way because the workflow names it.
  expect(partsOf(onOne)).toContain('web@web-1 single');
});

test('a balancer that chooses between servers is needed, even where the workflow does not name it', () => {
  const webPair = target('patronus', 'web-pair');
  expect(partsOf(webPair)).toEqual([
    'balancer@balancer single',
    'web@web+web2 parallel',
    'db+db2@db+db2 failover',
    'files@files single',
  ]);
  expect(structureOf(webPair).gaps).toEqual([{ kind: 'not-placed', service: 'balancer' }]);
});

test('embassy: clients choose; what is managed stands on the master alone, so its part is the master', () => {
  const embassy = estateOf('embassy');
  expect(partsOf(embassy)).toEqual(['api+django+video@master+standby parallel']);
  expect(partsOf(embassy, 'publish')).toEqual(['cmi@master single']);
  const { clients, singletons, singlePoints } = structureOf(embassy);
  expect(clients).toEqual([{ policy: 'server-choice', actor: 'mobile', servers: ['master', 'standby'] }]);
  expect(singletons).toEqual(['cmi']);
  expect(singlePoints).toMatchObject([{ server: 'master', workflows: ['publish'] }]);
  expect(partsOf(target('embassy', 'cmi-on-both'), 'publish')).toEqual([
    'cmi+django+db-master+db-standby@master+standby failover',
  ]);
});

test('longjump: a cache helps and is not needed; servers without hosts are as many as there are at least', () => {
  const longjump = estateOf('longjump');
  expect(partsOf(longjump)).toEqual([
    'balancer@balancer single',
    'web@web#1+web#2 parallel',
    'app@app#1+app#2 parallel',
    'db-primary+db-replica@primary-host+replica-host failover',
    'documents@documents single',
  ]);
  expect(structureOf(longjump).paths[0]?.helpful).toEqual(['cache']);
});

test('software servers: on one machine they are one part, in containers they fall with their node', () => {
  expect(partsOf(target('software-servers', 'one-machine'))).toEqual([
    'front+module-a+module-b@server single',
  ]);
  expect(partsOf(target('software-servers', 'distributed'))).toEqual([
    'front+module-a@server-1 single',
    'module-b@server-2 single',
  ]);
  expect(partsOf(target('software-servers', 'containers'))).toEqual(['front+module-a+module-b@node single']);
});

describe('a loss', () => {
  const pair = structureOf(target('patronus', 'balanced-pair'));
  const state = (...lost: string[]) => standAfter(pair, new Set(lost))[0]?.state;
  test.each([
    [[], 'whole'],
    [['care-1'], 'whole'],
    [['web-1'], 'thinner'],
    [['db-2'], 'thinner'],
    [['db-1'], 'failing-over'],
    [['web-1', 'db-1'], 'failing-over'],
    [['web-1', 'web-2'], 'down'],
    [['db-1', 'db-2'], 'down'],
  ])('of %s leaves the request %s', (lost, expected) => {
    expect(state(...lost)).toBe(expected);
  });

  test('as the problem of Patronus is proved: each server in turn, requests are still answered; today none', () => {
    const everyOne = pair.paths.flatMap(({ parts }) => parts.flatMap(({ servers }) => servers));
    expect(everyOne.length).toBe(8);
    for (const { id } of everyOne) expect(state(id), id).not.toBe('down');
    const today = structureOf(estateOf('patronus'));
    for (const id of ['web', 'db', 'files']) expect(standAfter(today, new Set([id]))[0]?.state).toBe('down');
  });

  test.each(ESTATES)('%s: what is lost more is never better, over every pair of servers', (name) => {
    const order = ['whole', 'thinner', 'failing-over', 'down'];
    for (const { made } of variantsOf(estateOf(name), 'en')) {
      if (!made.ok) continue;
      const all = made.structure.paths.flatMap(({ parts }) => parts.flatMap(({ servers }) => servers));
      const rank = (...lost: string[]) =>
        standAfter(made.structure, new Set(lost)).map((each) => order.indexOf(each.state));
      for (const one of all)
        for (const other of all) {
          const alone = rank(one.id);
          for (const [n, worse] of rank(one.id, other.id).entries())
            expect(worse).toBeGreaterThanOrEqual(alone[n] ?? 0);
        }
    }
  });
});
