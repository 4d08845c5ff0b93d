import { describe, expect, it } from 'vitest';
import type { Said } from '../runbook/said';
import { scriptOf } from '../runbook/script';
import { problemsOf } from '../runbook/validate';
import { channelTo, type Told } from '../switchover/switchover.test-kit';
import { rejoin as en } from '../text/en/rejoin';
import { rejoin as fr } from '../text/fr/rejoin';
import { sayPlan } from '../text/say-plan';
import { ownTransactions } from './own-transactions';
import { planRejoin } from './plan-rejoin';
import { groundOf, UUID } from './rejoin.test-kit';

const planned = (told?: Told) => {
  const made = planRejoin(groundOf(told), 'attach');
  if (!made.ok) throw new Error(made.reasons.map(({ code }) => code).join(', '));
  return made.plan;
};
const codes = (told: Told) => {
  const made = planRejoin(groundOf(told), 'attach');
  return made.ok ? [] : made.reasons.map(({ code }) => code.replace(/^REFUSED_/, ''));
};

describe.each(['mysql', 'mariadb'] as const)(
  'an old primary of %s that has nothing of its own',
  (dialect) => {
    const plan = planned({ dialect });

    it('has a sound plan: policy, attached, caught up, and proved by a restart', () => {
      expect(problemsOf(plan)).toEqual([]);
      expect(plan.steps.map(({ number, id }) => `${number} ${id}`)).toEqual([
        '2 boot',
        '3 attach',
        '4 new-position',
        '5 confirm-db-a',
        '6 stop-db-a',
        '7 start-db-a',
        '8 follows-db-a',
      ]);
      expect([plan.confirm, plan.subject, plan.procedure]).toEqual(['db-a', 'data', 'rejoin']);
    });

    it('is held where nothing is restarted, and shows no secret', () => {
      expect(plan.keptOn).toEqual(['db-b', 'db-c']);
      const script = scriptOf(plan, 'en', 'hash');
      expect(script).toContain('⟨secret replication of db-b⟩');
      expect(script).toContain(
        dialect === 'mysql' ? 'SOURCE_AUTO_POSITION = 1' : 'MASTER_DEMOTE_TO_SLAVE = 1',
      );
      expect(script).toContain(`sudo -n systemctl stop ${dialect}`);
    });

    it('says everything in both languages', () => {
      const said = saidIn(plan);
      expect(said.length).toBeGreaterThan(20);
      for (const one of said)
        for (const language of ['en', 'fr'] as const)
          expect(sayPlan(language, 'rejoin', one), one.code).not.toMatch(/^[A-Z]+_[A-Z_]+|\?|undefined/);
    });
  },
);

function saidIn(value: unknown): Said[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('code' in value && 'params' in value) return [value as Said];
  return Object.values(value).flatMap(saidIn);
}

it('both languages say the same things, and French keeps its high punctuation', () => {
  expect(Object.keys(fr).sort()).toEqual(Object.keys(en).sort());
  const params = new Proxy({}, { get: () => 'x' });
  const wrong = Object.values(fr)
    .map((sentence) => sentence(params))
    .filter((sentence) => / [:;?!»]|« |[cdjlmnst]'[a-zéèêàâ]/i.test(sentence));
  expect(wrong).toEqual([]);
});

it('closes to administrators what is only read-only, and can take that back', () => {
  const plan = planned({ members: { 'db-a': { superReadOnly: false } } });
  expect(plan.steps[0]).toMatchObject({
    id: 'close',
    undo: { apply: [{ statement: 'SET GLOBAL super_read_only = 0' }] },
  });
  expect(problemsOf(plan)).toEqual([]);
});

it('without a policy for restarts nothing is restarted, and that is said', () => {
  const plan = planned({ acting: { boot: 'as-was' } });
  expect(plan.steps.map(({ id }) => id)).toEqual(['attach', 'new-position', 'confirm-db-a']);
  expect(plan.warnings.map(({ code }) => code)).toEqual(['WARN_REJOIN_AS_WAS']);
});

it.each<[string, Told, string[]]>([
  ['all well', {}, []],
  ['transactions of its own', { members: { 'db-a': { position: `${UUID}1:1-1002` } } }, ['REJOIN_AHEAD']],
  [
    'a history that nobody could read',
    { members: { 'db-b': { position: null } } },
    ['REJOIN_HISTORY_UNKNOWN'],
  ],
  ['still open', { members: { 'db-a': { readOnly: false, superReadOnly: false } } }, ['REJOIN_WRITABLE']],
  ['the new primary closed', { members: { 'db-b': { readOnly: true } } }, ['REJOIN_NOT_OPEN']],
  ['a third server open', { members: { 'db-c': { readOnly: false } } }, ['WRITABLE']],
  ['it follows already', { members: { 'db-a': { channels: [channelTo(3)] } } }, ['REJOIN_FOLLOWS']],
  ['nobody follows the new one', { members: { 'db-c': { channels: [] } } }, ['REJOIN_NO_PATTERN']],
  ['prepared transactions', { members: { 'db-a': { prepared: ['x'] } } }, ['PREPARED']],
  [
    'the new primary ill',
    { cluster: { verdicts: [{ node: 'db-b', verdict: 'dead', terms: [] }] } },
    ['REJOIN_PRIMARY_ILL'],
  ],
  ['rights missing', { members: { 'db-a': { sudoRefuses: ['systemctl stop mysql'] } } }, ['SUDO']],
  ['no login', { readings: { replicationLogins: [] } }, ['LOGIN_UNTESTED']],
])('%s', (_, told, expected) => {
  expect(codes(told)).toEqual(expected);
});

describe('what a server holds alone', () => {
  const mysql = (position: string | null) => ({ dialect: 'mysql' as const, position, binlogState: null });
  const mariadb = (binlogState: string | null) => ({
    dialect: 'mariadb' as const,
    position: null,
    binlogState,
  });
  it.each([
    ['nothing', mysql(`${UUID}1:1-5`), mysql(`${UUID}1:1-5,${UUID}2:1`), null],
    [
      'the end of its log',
      mysql(`${UUID}1:1-8`),
      mysql(`${UUID}1:1-5,${UUID}2:1`),
      { text: `${UUID}1:6-8`, count: 3n },
    ],
    ['a text that is none', mysql('x'), mysql(''), 'unknown'],
    ['nothing that was read', mysql(null), mysql(''), 'unknown'],
    ['no history any more', mysql(''), mysql(`${UUID}1:1-5`), 'unknown'],
    ['no history any more', mariadb(''), mariadb('0-1-100'), 'unknown'],
    ['nothing', mariadb('0-1-100'), mariadb('0-1-100,0-2-150'), null],
    ['one', mariadb('0-1-101'), mariadb('0-1-100,0-2-150'), { text: '0-1-101', count: 1n }],
    ['several', mariadb('0-1-103'), mariadb('0-1-100,0-2-150'), { text: '0-1-101…0-1-103', count: 3n }],
    [
      'above what it applied of another',
      mariadb('0-1-203,0-2-200'),
      mariadb('0-1-100,0-2-210'),
      { text: '0-1-201…0-1-203', count: 3n },
    ],
    ['nothing that was read', mariadb(null), mariadb('0-1-1'), 'unknown'],
  ] as const)('%s: %o beside %o', (_, own, other, expected) => {
    expect(ownTransactions(own, other)).toEqual(expected);
  });
});
