import { describe, expect, it } from 'vitest';
import { actsOf } from '../runbook/commands-of';
import { dryRunOf } from '../runbook/dry-run';
import { planHash } from '../runbook/fingerprint';
import { orderOf } from '../runbook/order';
import type { RunPlan } from '../runbook/plan';
import { shownCommand } from '../runbook/render';
import { problemsOf } from '../runbook/validate';
import { HAPROXY } from '../switchover/full.test-kit';
import { event } from '../switchover/switchover.test-kit';
import { planFailover } from './plan-failover';
import { type FailoverTold, failoverInputOf, STONITH } from './plan-failover.test-kit';

const planned = (told: FailoverTold = {}): RunPlan => {
  const made = planFailover(failoverInputOf(told));
  if (!made.ok) throw new Error(made.reasons.map(({ code }) => code).join(', '));
  return made.plan;
};
const SEMI = { source: false, replica: true, needed: 1, clients: 0 };
const STOPPED = { receiverOn: true, applierOn: false };

/** Every kind of plan that there is. */
const PLANS = {
  mysql: {
    acting: { traffic: [HAPROXY], fence: [STONITH] },
    awake: ['app.purge'],
    members: {
      'db-b': { semiSync: SEMI, events: [event('purge', { status: 'REPLICA_SIDE_DISABLED' })] },
      'db-c': { semiSync: SEMI },
    },
  },
  mariadb: { dialect: 'mariadb', awake: null },
  'mysql without its host': { cutOff: true },
  'mariadb without its host': { dialect: 'mariadb', cutOff: true },
  'mysql, applier stopped': { members: { 'db-b': { channels: [stoppedChannel('mysql')] } } },
  'mariadb, applier stopped': {
    dialect: 'mariadb',
    members: { 'db-b': { channels: [stoppedChannel('mariadb')] } },
  },
} satisfies Record<string, FailoverTold>;

function stoppedChannel(dialect: 'mysql' | 'mariadb') {
  const channel = failoverInputOf({ dialect }).readings.members['db-b']?.channels?.[0];
  if (!channel) throw new Error('db-b follows nobody');
  return { ...channel, ...STOPPED };
}

describe.each(Object.entries(PLANS))('the plan: %s', (name, told) => {
  const plan = planned(told);
  const { before, leaves } = orderOf(plan);
  const sent = (id: string) => {
    const leaf = leaves.find((one) => one.id === id);
    return leaf ? actsOf(leaf).map((command) => shownCommand(command)) : [];
  };

  it('is one that the engine runs', () => {
    expect(problemsOf(plan)).toEqual([]);
  });

  it('opens nobody before the old one is isolated, the loss was counted again, and all received was applied', () => {
    for (const need of ['isolated', 'received', 'no-more-lost', 'drain', 'detach'])
      expect([...(before.get('open') ?? [])], need).toContain(need);
    const opening = leaves.filter((leaf) =>
      actsOf(leaf).some((command) => /read_only = 0/.test(shownCommand(command))),
    );
    expect(opening.map(({ id }) => id)).toEqual(['open']);
  });

  it('drains before anything throws away what was received, on every server', () => {
    const throwsAway = /^(RESET|CHANGE) |^STOP (REPLICA|SLAVE) (FOR|'')/;
    const destroyers = leaves.filter(({ id }) => sent(id).some((text) => throwsAway.test(text)));
    expect(destroyers.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['detach', 'forget', 'follow-db-c']),
    );
    for (const { id } of destroyers) expect([...(before.get(id) ?? [])], id).toContain('drain');
    // Of the others it is proved besides that the new primary has all of it.
    const follow = leaves.find(({ id }) => id === 'follow-db-c');
    expect(follow?.precheck.map(({ id }) => id)).toContain('holds received');
    expect([...(before.get('follow-db-c') ?? [])]).toContain('received-db-c');
  });

  it('starts no thread that could delete a relay log', () => {
    const starts = leaves.filter(({ id }) => id !== 'follow-db-c').flatMap(({ id }) => sent(id));
    expect(starts.filter((text) => /^START /.test(text) && !/SQL_THREAD/.test(text))).toEqual([]);
  });

  it('takes no fence back, and says so', () => {
    const fences = plan.steps.filter(({ id }) => id.startsWith('fence-'));
    expect(
      fences.every(({ undo, ifItFails, nature }) => !undo && ifItFails === 'go-on' && nature === 'hard'),
    ).toBe(true);
    expect(plan.warnings.map(({ code }) => code)).toContain('WARN_FENCE_STAYS');
  });

  it('reads the same every time', async () => {
    const text = dryRunOf(plan).rows.flatMap(
      ({ number, id, needs, looks, sent: all, changes, undo, goesOn }) => [
        `${number} ${id} ← ${needs.join(' ') || '—'}${goesOn ? ' (goes on)' : ''}`,
        ...looks.map(({ when, prompt, text: look }) => `  ${when} ${prompt}${look}`),
        ...all.map((one) => `  ${one.prompt}${one.text}`),
        ...changes.map(({ fact, from, to }) => `  ${fact}: ${from || '∅'} → ${to || '∅'}`),
        ...undo.map((one) => `  ↶ ${one.prompt}${one.text}`),
      ],
    );
    await expect(`${text.join('\n')}\n`).toMatchFileSnapshot(`golden/${name.replaceAll(/\W+/g, '-')}.txt`);
  });
});

it('asks a person whether it is isolated only where nothing could prove it', () => {
  const gate = (told: FailoverTold) => planned(told).steps.find(({ id }) => id === 'isolated');
  expect(gate({})).toMatchObject({ suffices: 'any', typed: 'db-a', unless: [{ id: 'nobody runs' }] });
  expect(gate({ cutOff: true })).toMatchObject({ typed: 'db-a', unless: [] });
  const both = gate({ acting: { fence: [STONITH] } });
  expect(both).toMatchObject({ unless: [{ id: 'nobody runs' }, { id: 'cut off by power' }] });
});

it('a fence that is not possible is not in the plan, and is named', () => {
  const plan = planned({ mayStop: false });
  expect(plan.steps.some(({ id }) => id === 'fence-stop')).toBe(false);
  expect(plan.warnings).toContainEqual({
    code: 'WARN_NO_FENCE',
    params: { way: 'stop-service', id: '', host: 'db-a', because: 'NO_RIGHT' },
  });
});

it('consent is to that loss alone: another loss is another plan', () => {
  const digest = (text: string) => text;
  const hash = (told: FailoverTold) => planHash(planned(told), digest);
  const loss = failoverInputOf({}).look.loss;
  if (loss?.kind !== 'exact') throw new Error('no loss');
  expect(hash({})).toBe(hash({}));
  expect(hash({ look: { loss: { ...loss, transactions: '13' } } })).not.toBe(hash({}));
  expect(hash({ look: { loss: { ...loss, gtids: loss.gtids.replace('1012', '1011') } } })).not.toBe(hash({}));
  const codes = [
    loss,
    { ...loss, transactions: '0', gtids: '' },
    { kind: 'unknown', lastSeen: null } as const,
    {
      kind: 'at-least',
      transactions: '3',
      gtids: loss.gtids,
      lastSeen: null,
      by: 'log',
      decoded: null,
    } as const,
  ].map((one) => planned({ look: { loss: one } }).title.code);
  expect(codes).toEqual(['TITLE_EXACT', 'TITLE_NOTHING', 'TITLE_UNKNOWN', 'TITLE_AT_LEAST']);
});

it('whoever is ahead of the one that was named does not follow it', () => {
  const choice = { kind: 'asked', node: 'db-b', because: [], behind: ['db-c'] } as const;
  const ranked = failoverInputOf({}).look.ranked.map((one) =>
    one.node === 'db-c' ? { ...one, against: [{ code: 'DELAYED', params: {} }] } : one,
  );
  const plan = planned({
    look: { choice: { ...choice, because: [], behind: ['db-c'] }, ranked },
    overrides: [{ code: 'REFUSED_FAILOVER_BEHIND', typed: 'DB-C' }],
  });
  expect(plan.steps.some(({ id }) => id === 'follow-db-c')).toBe(false);
  expect(plan.warnings).toContainEqual({
    code: 'WARN_LEFT_OUT',
    params: { from: 'db-a', to: 'db-b', nodes: 'db-c' },
  });
  expect(plan.overrides).toEqual([{ code: 'REFUSED_FAILOVER_BEHIND', typed: 'DB-C' }]);
});

it('begins only while nobody hears again whoever had been lost, and asks nothing of a link that still looks whole', () => {
  const checks = (told: FailoverTold) => planned(told).preconditions.map(({ id }) => id);
  const input = failoverInputOf();
  const lost = (node: string) => {
    const found = input.replication.members.find(({ server }) => server.node === node)?.server.channels ?? [];
    return { channels: found.map((one) => ({ ...one, receiver: 'connecting' as const })) };
  };
  expect(checks({})).toEqual([]);
  expect(checks({ servers: { 'db-c': lost('db-c') } })).toEqual(['deaf db-c']);
  expect(checks({ servers: { 'db-b': lost('db-b'), 'db-c': lost('db-c') } })).toEqual([
    'deaf db-b',
    'deaf db-c',
  ]);
});
