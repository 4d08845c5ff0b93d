import { describe, expect, it } from 'vitest';
import { failoverPlan as en } from '../text/en/failover-plan';
import { failoverPlan as fr } from '../text/fr/failover-plan';
import { sayPlan } from '../text/say-plan';
import type { Refusal } from '../views/lever';
import { planFailover } from './plan-failover';
import { type FailoverTold, failoverInputOf } from './plan-failover.test-kit';

const reasons = (told: FailoverTold): readonly Refusal[] => {
  const made = planFailover(failoverInputOf(told));
  return made.ok ? [] : made.reasons;
};
const codes = (told: FailoverTold) => reasons(told).map(({ code }) => code.replace('REFUSED_', ''));
const unclear = (why: 'nobody' | 'silent' | 'parted' | 'forbidden' | 'behind'): FailoverTold => ({
  look: { choice: { kind: 'unclear', why, nodes: ['db-c'], best: null } },
});
const channel = (dialect: 'mysql' | 'mariadb') => {
  const found = failoverInputOf({ dialect }).readings.members['db-b']?.channels?.[0];
  if (!found) throw new Error('db-b follows nobody');
  return found;
};
const asked = (behind: string[], because: { code: string; params: Record<string, string> }[] = []) =>
  ({ kind: 'asked', node: 'db-b', because, behind }) as const;
const ranked = (node: string, against: string[]) => ({
  ...{ node, received: 'x', applied: 'x', toApply: '0', missing: '0', unchecked: [] },
  against: against.map((code) => ({ code, params: {} })),
});
const verdict = (
  is: 'alive' | 'refusing-clients' | 'hung',
  terms: { observer: string; holds: boolean }[] = [],
) => ({
  ...{ node: 'db-a', verdict: is },
  terms: terms.map((term) => ({ ...term, code: 'replica-hears', params: {}, at: null, evidence: [] })),
});

/** What is told, every reason that follows, and what a person may type to go on in spite of it. */
const CASES: [string, FailoverTold, string[], (string | null)[]][] = [
  [
    'it answers, whatever else is wrong',
    { old: { answers: true }, ...unclear('parted') },
    ['FAILOVER_ANSWERS'],
    [null],
  ],
  ['it refuses the login', { old: { verdict: verdict('alive') } }, ['FAILOVER_LIVES'], [null]],
  ['it is full', { old: { verdict: verdict('refusing-clients') } }, ['FAILOVER_LIVES'], [null]],
  ['nobody says anything', unclear('nobody'), ['FAILOVER_UNCLEAR_NOBODY'], [null]],
  ['somebody is silent', unclear('silent'), ['FAILOVER_UNCLEAR_SILENT'], [null]],
  ['they have parted', unclear('parted'), ['FAILOVER_UNCLEAR_PARTED'], [null]],
  ['none may', unclear('forbidden'), ['FAILOVER_UNCLEAR_FORBIDDEN'], [null]],
  ['who has most may not', unclear('behind'), ['FAILOVER_UNCLEAR_BEHIND'], [null]],
  ['no position', { look: { loss: null } }, ['FAILOVER_NO_POSITION'], [null]],
  [
    'only this console misses it',
    { look: { seenByOthers: false } },
    ['FAILOVER_OWN_VIEW'],
    ['own view alone'],
  ],
  [
    'a replica hears it',
    { look: { seenByOthers: false }, old: { verdict: verdict('hung', [{ observer: 'db-c', holds: true }]) } },
    ['FAILOVER_SEEN'],
    ['others see it'],
  ],
  [
    'somebody has more and may be promoted',
    { look: { choice: asked(['db-c']), ranked: [ranked('db-c', []), ranked('db-b', [])] } },
    ['FAILOVER_BEHIND_ABLE'],
    [null],
  ],
  [
    'somebody has more and may not be promoted',
    { look: { choice: asked(['db-c']), ranked: [ranked('db-c', ['DELAYED']), ranked('db-b', [])] } },
    ['FAILOVER_BEHIND'],
    ['db-c'],
  ],
  [
    'a rule forbids the one that was named',
    { look: { choice: asked([], [{ code: 'DELAYED', params: { seconds: '3600' } }]) } },
    ['CANDIDATE_DELAYED'],
    [null],
  ],
  [
    'T1: both threads of MariaDB stand still',
    {
      dialect: 'mariadb',
      members: { 'db-b': { channels: [{ ...channel('mariadb'), receiverOn: false, applierOn: false }] } },
    },
    ['FAILOVER_RELAY_LOGS'],
    [null],
  ],
  ['a replica is open', { members: { 'db-c': { readOnly: false } } }, ['WRITABLE'], [null]],
  [
    'no GTID',
    { members: { 'db-b': { channels: [{ ...channel('mysql'), autoPosition: false }] } } },
    ['NOT_BY_GTID'],
    [null],
  ],
  ['old statements', { members: { 'db-b': { version: [8, 0, 22] } } }, ['TOO_OLD', 'RIGHTS'], [null, null]],
  ['rights', { members: { 'db-b': { grants: [] } } }, ['RIGHTS'], [null]],
  ['no account', { replicationAccount: false }, ['NO_REPLICATION_ACCOUNT'], [null]],
  ['no login', { readings: { replicationLogins: [] } }, ['LOGIN_UNTESTED'], [null]],
  ['a group', { cluster: { shape: 'group' } }, ['GROUP'], [null]],
  ['restart unknown', { members: { 'db-b': { persisted: null } } }, ['BOOT_UNKNOWN'], [null]],
];

describe('an emergency failover is refused', () => {
  it.each(CASES)('%s', (_, told, expected, overrides) => {
    expect(codes(told)).toEqual(expected);
    expect(reasons(told).map(({ override }) => override)).toEqual(overrides);
  });

  it('for every reason at once', () => {
    const told: FailoverTold = {
      look: { seenByOthers: false },
      members: { 'db-b': { grants: [] }, 'db-c': { readOnly: false } },
    };
    expect(codes(told)).toEqual(['FAILOVER_OWN_VIEW', 'WRITABLE', 'RIGHTS']);
  });

  it('unless a person types the very words, where there are any', () => {
    const told = { look: { seenByOthers: false } };
    const typing = (typed: string) =>
      codes({ ...told, overrides: [{ code: 'REFUSED_FAILOVER_OWN_VIEW', typed }] });
    expect(typing('Own View Alone ')).toEqual([]);
    expect(typing('yes')).toEqual(['FAILOVER_OWN_VIEW']);
    const answers = { old: { answers: true }, overrides: [{ code: 'REFUSED_FAILOVER_ANSWERS', typed: '' }] };
    expect(codes(answers)).toEqual(['FAILOVER_ANSWERS']);
  });

  it('never for what nobody can read of the one that is given up', () => {
    expect(codes({ cutOff: true })).toEqual([]);
    expect(codes({ mayStop: false })).toEqual([]);
    expect(codes({ readings: { backup: { state: 'not-stated' } } })).toEqual([]);
  });

  it('MySQL starts an applier whatever the receiver does: its relay logs stay', () => {
    const both = { ...channel('mysql'), receiverOn: false, applierOn: false };
    expect(codes({ members: { 'db-b': { channels: [both] } } })).toEqual([]);
  });
});

it('says why and what helps, in both languages', () => {
  for (const [, told] of CASES)
    for (const { remedy, ...reason } of reasons(told))
      for (const language of ['en', 'fr'] as const)
        for (const said of [reason, remedy])
          expect(sayPlan(language, 'failover', said), said.code).not.toMatch(/^[A-Z]+_[A-Z_]+|\?|undefined/);
  expect(Object.keys(fr).sort()).toEqual(Object.keys(en).sort());
});

it('says in one sentence who takes over and what is lost', () => {
  const made = planFailover(failoverInputOf());
  if (!made.ok) throw new Error('refused');
  const say = (language: 'en' | 'fr') => sayPlan(language, 'failover', made.plan.title);
  expect(say('en')).toBe('db-b takes over. db-a is given up, and 12 transactions are lost.');
  expect(say('fr')).toBe('db-b prend la suite. db-a est abandonné, et 12 transactions sont perdues.');
  const said = [...made.plan.steps.map(({ title }) => title), ...made.plan.warnings, ...made.plan.blind];
  for (const one of said)
    for (const language of ['en', 'fr'] as const)
      expect(sayPlan(language, 'failover', one), one.code).not.toMatch(/^[A-Z]+_[A-Z_]+|\?|undefined/);
});
