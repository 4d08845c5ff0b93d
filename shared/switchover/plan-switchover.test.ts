import { expect, it } from 'vitest';
import { actsOf } from '../runbook/commands-of';
import { dryRunOf } from '../runbook/dry-run';
import { orderOf } from '../runbook/order';
import type { RunPlan } from '../runbook/plan';
import { afterState, predicted } from '../runbook/predict';
import { problemsOf } from '../runbook/validate';
import { FULL_MARIADB, FULL_MYSQL, HAPROXY } from './full.test-kit';
import { planSwitchover } from './plan-switchover';
import { inputOf, type Told } from './switchover.test-kit';
import { createWorld } from './world.test-kit';

const planned = (told: Told): RunPlan => {
  const made = planSwitchover(inputOf(told));
  if (!made.ok) throw new Error(made.reasons.map(({ code }) => code).join(', '));
  return made.plan;
};

/** Semi-sync that waits for both replicas: the old primary has to follow before the new one opens. */
const NEEDS_TWO: Told = {
  members: {
    'db-a': { semiSync: { source: true, replica: false, needed: 2, clients: 2 } },
    'db-b': { semiSync: { source: false, replica: true, needed: 2, clients: 0 } },
    'db-c': { semiSync: { source: false, replica: true, needed: 2, clients: 0 } },
  },
};
const TRAFFIC: Told = {
  acting: {
    boot: 'as-was',
    traffic: [
      HAPROXY,
      {
        kind: 'setting',
        id: 'app',
        hosts: ['web-1'],
        file: '/srv/app/.env',
        key: 'DB_HOST',
        values: { 'db-a': '10.0.0.1', 'db-b': 'a/b&c\\d' },
        reload: ['systemctl', 'reload', 'apache2'],
      },
      {
        kind: 'command',
        id: 'address',
        host: 'db-a',
        run: { 'db-a': ['move-address', 'a'], 'db-b': ['move-address', 'b'] },
        verify: ['where-is-it'],
        values: { 'db-a': 'a', 'db-b': 'b' },
      },
    ],
  },
  readings: {
    hosts: Object.fromEntries(
      ['lb', 'web-1'].map((host) => [
        host,
        {
          host,
          identity: { host, hostKey: 'k', name: host, machine: 'm', sql: null },
          sudoRefuses: [],
          errors: [],
        },
      ]),
    ),
  },
};
const PLANS: readonly (readonly [string, Told])[] = [
  ['MySQL', {}],
  ['MariaDB', { dialect: 'mariadb' }],
  ['MySQL with everything', FULL_MYSQL],
  ['MariaDB with everything', FULL_MARIADB],
  ['semi-sync that waits for two', NEEDS_TWO],
  ['three traffic hooks', TRAFFIC],
];

it.each(PLANS)('%s: the engine finds nothing wrong with the plan', (_, told) => {
  expect(problemsOf(planned(told))).toEqual([]);
});

it.each(PLANS)('%s: each step does what it says, and nothing else', (_, told) => {
  const plan = planned(told);
  const world = createWorld(plan.facts);
  const done = new Set<string>();
  for (const step of orderOf(plan).leaves) {
    for (const command of actsOf(step)) world.run(command);
    done.add(step.id);
    expect(world.all(), step.id).toEqual(new Map([...predicted(plan, done)].sort()));
  }
  expect(world.all()).toEqual(new Map([...afterState(plan)].sort()));
});

it.each(PLANS)(
  '%s: whatever was done before the point of no return, undoing restores all of it',
  (_, told) => {
    const plan = planned(told);
    const { leaves } = orderOf(plan);
    const point = leaves.findIndex(({ nature }) => nature === 'point-of-no-return');
    expect(point).toBeGreaterThan(8);
    for (let count = 1; count <= point; count += 1) {
      const world = createWorld(plan.facts);
      const before = world.all();
      const done = leaves.slice(0, count);
      for (const step of done) for (const command of actsOf(step)) world.run(command);
      for (const step of done.toReversed()) for (const command of step.undo?.apply ?? []) world.run(command);
      expect(world.all(), `after ${leaves[count - 1]?.id}`).toEqual(before);
    }
  },
);

it('that test sees an undo that is missing', () => {
  const plan = planned(FULL_MARIADB);
  const world = createWorld(plan.facts);
  const before = world.all();
  const locking = orderOf(plan).leaves.find(({ id }) => id === 'lock-accounts');
  for (const command of locking ? actsOf(locking) : []) world.run(command);
  expect(world.all()).not.toEqual(before);
});

it.each([
  ['mysql', FULL_MYSQL],
  ['mariadb', FULL_MARIADB],
] as const)('every statement of a full plan, in order: %s', async (name, told) => {
  const { rows } = dryRunOf(planned(told));
  const text = rows.flatMap(({ number, id, needs, sent, looks, changes, undo }) => [
    `${number} ${id} ← ${needs.join(' ') || '—'}`,
    ...looks.filter(({ when }) => when === 'before').map((one) => `  ? ${one.prompt}${one.text}`),
    ...sent.map((one) => `  ${one.prompt}${one.text}`),
    ...looks.filter(({ when }) => when === 'until').map((one) => `  … ${one.prompt}${one.text}`),
    ...changes.map(({ fact, from, to }) => `  ${fact}: ${from || '∅'} → ${to || '∅'}`),
    ...undo.map((one) => `  ↶ ${one.prompt}${one.text}`),
  ]);
  await expect(`${text.join('\n')}\n`).toMatchFileSnapshot(`golden/${name}.txt`);
});

it('writes stop only when all else is done, and nothing but rows 10 to 16 happens until they start', () => {
  const plan = planned(FULL_MYSQL);
  const inside = plan.steps.filter(({ group }) => group === 'writes-stop').map(({ number }) => number);
  expect(inside).toEqual(['10', '11', '12', '13', '15', '15b1', '15c', '15d', '16']);
  const { before } = orderOf(plan);
  for (const early of ['warm', 'boot-db-a', 'boot-db-c', 'events-off', 'drain-writers', 'no-errant'])
    expect(before.get('freeze'), early).toContain(early);
  expect(before.get('open')).toContain('semi-sync-on');
  expect(planned({}).steps.filter(({ group }) => group === 'writes-stop')).toHaveLength(6);
});

it('MariaDB locks privileged accounts before it freezes, and only those that were open', () => {
  const plan = planned(FULL_MARIADB);
  expect(orderOf(plan).before.get('freeze')).toContain('lock-accounts');
  expect(plan.facts.map(({ key }) => key).filter((key) => key.includes('account'))).toEqual([
    "db-a/account o'brien@10.%",
  ]);
});

it('a replica that follows the new primary already is left alone, and seen to follow in the end', () => {
  const ids = planned(FULL_MARIADB).steps.map(({ id }) => id);
  expect(ids).not.toContain('follow-db-c');
  expect(ids).toContain('confirm-db-c');
});

it('sessions of the plan keep out of the log, bound every lock, and hold no secret', () => {
  const plan = planned(FULL_MYSQL);
  for (const { service, session } of Object.values(plan.targets)) {
    if (service === null) continue;
    expect(session.join()).toMatch(/lock_wait_timeout = 5\b.*sql_log_bin = 0/);
  }
  expect(Object.keys(plan.secrets)).toEqual(['replication of db-b', 'replication of db-a']);
});

it('the same readings give the same plan', () => {
  expect(planned(FULL_MYSQL)).toEqual(planned(structuredCloneOf(FULL_MYSQL)));
});
const structuredCloneOf = (told: Told): Told => JSON.parse(JSON.stringify(told)) as Told;

it('policy as-was leaves what a restart brings alone', () => {
  expect(planned({ acting: { boot: 'as-was' } }).steps.some(({ id }) => id.startsWith('boot'))).toBe(false);
});

it('a wait of the estate bounds how long writes may be stopped', () => {
  const limit = (seconds: number) => planned({ acting: { catchUpSeconds: seconds } }).limitMs ?? 0;
  expect(limit(30) - limit(20)).toBe(10_000);
});
