import { describe, expect, it } from 'vitest';
import { scriptOf } from '../runbook/script';
import { problemsOf } from '../runbook/validate';
import { channelTo, event, type Told } from '../switchover/switchover.test-kit';
import { sayPlan } from '../text/say-plan';
import type { RejoinHistory, RejoinWay } from './model';
import { planRejoin } from './plan-rejoin';
import { choicesOf, recommendedOf } from './planned-ways';
import { aheadGround, groundOf, type ToldOwn } from './rejoin.test-kit';
import type { RejoinGround } from './rejoin-ground';
import { rejoinLook } from './rejoin-look';

const planOf = (ground: RejoinGround, way: RejoinWay) => {
  const made = planRejoin(ground, way);
  if (!made.ok) throw new Error(made.reasons.map(({ code }) => code).join(', '));
  expect(problemsOf(made.plan)).toEqual([]);
  return made.plan;
};
const reasons = (ground: RejoinGround, way: RejoinWay) => {
  const made = planRejoin(ground, way);
  return made.ok ? [] : made.reasons;
};
const codes = (ground: RejoinGround, way: RejoinWay) =>
  reasons(ground, way).map(({ code }) => code.replace(/^REFUSED_/, ''));

describe.each<[string, RejoinGround, RejoinWay]>([
  ['attach-mysql', groundOf({ dialect: 'mysql' }), 'attach'],
  ['attach-mariadb', groundOf({ dialect: 'mariadb' }), 'attach'],
  ['flashback-mariadb', aheadGround(), 'flashback'],
  ['quarantine-mysql', aheadGround({ dialect: 'mysql' }), 'quarantine'],
  [
    'quarantine-mariadb',
    aheadGround({ members: { 'db-a': { readOnly: false, events: [event('sweep')] } } }),
    'quarantine',
  ],
])('%s', (name, ground, way) => {
  const plan = planOf(ground, way);

  it('reads the same every time', async () => {
    const notes = [plan.title, ...plan.warnings, ...plan.blind].map((one) => sayPlan('en', 'rejoin', one));
    const text = `${notes.join('\n')}\n\n${scriptOf(plan, 'en', 'hash')}\n`;
    await expect(text).toMatchFileSnapshot(`golden/${name}.txt`);
  });

  it('shows no secret, and has words in both languages', () => {
    expect(JSON.stringify(plan)).not.toMatch(/password=[^"\\]/);
    for (const language of ['en', 'fr'] as const)
      for (const { title } of plan.steps)
        expect(sayPlan(language, 'rejoin', title)).not.toMatch(/^[A-Z]+_[A-Z_]+|\?|undefined/);
  });
});

describe('taking back', () => {
  const plan = planOf(aheadGround(), 'flashback');
  const ids = plan.steps.map(({ id }) => id);

  it('changes rows by one statement, which is the point of no return, after everything was saved', () => {
    const point = plan.steps.filter(({ nature }) => nature === 'point-of-no-return');
    expect(point).toMatchObject([{ id: 'take-back', apply: [{ statement: "XA COMMIT 'patronus-rejoin'" }] }]);
    expect(ids.indexOf('keep')).toBeLessThan(ids.indexOf('prepare'));
    expect(ids.indexOf('prepare')).toBeLessThan(ids.indexOf('take-back'));
    expect(ids.indexOf('take-back')).toBeLessThan(ids.indexOf('history'));
    expect(plan.steps.find(({ id }) => id === 'prepare')?.undo?.apply).toMatchObject([
      { statement: "XA ROLLBACK 'patronus-rejoin'" },
    ]);
  });

  it('names exactly what is given up, so that consent to more is another plan', () => {
    expect(plan.title).toMatchObject({
      code: 'TITLE_FLASHBACK',
      params: { count: '3', gtids: '0-1-1001…0-1-1003' },
    });
    expect(plan.confirm).toBe('db-a');
  });

  it('ends its history at the last that both have, and compares each table that was touched', () => {
    const history = plan.steps.find(({ id }) => id === 'history');
    expect(history).toMatchObject({ changes: [{ to: '0-1-1000' }] });
    expect(ids.filter((id) => id.startsWith('compare'))).toEqual(['compare-1', 'compare-2']);
    expect(ids.slice(-3)).toEqual(['stop-db-a', 'start-db-a', 'follows-db-a']);
  });

  it('the account that puts rows back goes in by standard input alone', () => {
    const prepare = plan.steps.find(({ id }) => id === 'prepare');
    const [command] = prepare?.kind === 'act' ? prepare.apply : [];
    expect(JSON.stringify(command?.kind === 'ssh' ? command.argv : [])).not.toContain('secret');
    expect(command).toMatchObject({
      stdin: [{ kind: 'text' }, '\n', { kind: 'secret', name: 'acting account of db-a' }, '\n'],
    });
  });

  it.each<[string, Told, ToldOwn, string[]]>([
    ['all well', {}, {}, []],
    ['MySQL', { dialect: 'mysql' }, {}, ['REJOIN_FLASHBACK_MYSQL']],
    ['nothing of its own', { members: { 'db-a': { binlogState: '0-1-1000' } } }, {}, ['REJOIN_NOTHING_OWN']],
    ['statements, DDL', {}, { told: { untold: 1n } }, ['REJOIN_UNTOLD']],
    ['rows without all their columns', {}, { log: { partial: true } }, ['REJOIN_PARTIAL_ROWS']],
    ['others behind its own', {}, { log: { mixed: true } }, ['REJOIN_MIXED']],
    ['logs that do not tell all', {}, { told: { transactions: 2n } }, ['REJOIN_LOG_PART']],
    ['older logs gone', {}, { read: { fromKnown: false } }, ['REJOIN_LOG_PART']],
    ['not saved', {}, { read: { salvage: null } }, ['REJOIN_NOT_SAVED']],
    ['a table of another engine', {}, { touched: { tables: [] } }, ['REJOIN_TABLES']],
    ['a key that cascades', {}, { touched: { cascades: ['shop.x'] } }, ['REJOIN_CASCADES']],
    ['triggers', {}, { touched: { runsTriggers: true } }, ['REJOIN_TRIGGERS']],
    ['no programs', {}, { touched: { missingTools: ['mariadb'] } }, ['REJOIN_TOOLS']],
    ['an answer that is not there', {}, { touched: { cascades: null } }, ['REJOIN_TOUCHED_UNKNOWN']],
    [
      'several domains',
      { members: { 'db-a': { binlogState: '0-1-1003,1-1-7' }, 'db-b': { binlogState: '0-1-1000,1-1-7' } } },
      {},
      ['REJOIN_DOMAINS'],
    ],
    [
      'no history in common',
      { members: { 'db-b': { binlogState: '0-2-1005' } } },
      { told: { transactions: 1003n } },
      ['REJOIN_NO_COMMON'],
    ],
    ['still open', { members: { 'db-a': { readOnly: false } } }, {}, ['REJOIN_WRITABLE']],
    ['it follows', { members: { 'db-a': { channels: [channelTo(2)] } } }, {}, ['REJOIN_FOLLOWS']],
  ])('%s', (_, told, own, expected) => {
    expect(codes(aheadGround(told, own), 'flashback')).toEqual(expected);
  });

  it('names the rights that only it needs, where they are missing', () => {
    const without = (node: string) => {
      const { readings, ...rest } = aheadGround();
      const member = readings.members[node];
      if (!member) throw new Error('not there');
      const grants = (member.grants ?? []).filter((line) => !line.includes('BINLOG REPLAY'));
      const members = { ...readings.members, [node]: { ...member, grants } };
      return reasons({ ...rest, readings: { ...readings, members } }, 'flashback');
    };
    expect(without('db-a')).toMatchObject([
      {
        code: 'REFUSED_RIGHTS',
        params: { list: 'BINLOG REPLAY ON *.*, SELECT ON shop.order, SELECT ON shop.item' },
      },
    ]);
    expect(without('db-b')).toMatchObject([
      { code: 'REFUSED_RIGHTS', params: { node: 'db-b', list: 'SELECT ON shop.order, SELECT ON shop.item' } },
    ]);
  });
});

describe('keeping apart', () => {
  it.each<[string, RejoinGround, string[]]>([
    ['all well', aheadGround(), []],
    ['nothing of its own', groundOf({ dialect: 'mariadb' }), []],
    ['its own not saved', aheadGround({}, { read: { salvage: null } }), ['REJOIN_NOT_SAVED']],
    ['it follows', aheadGround({ members: { 'db-a': { channels: [channelTo(2)] } } }), ['REJOIN_FOLLOWS']],
    ['how it starts is not known', { ...aheadGround(), startsBy: null }, ['REJOIN_SERVICE_UNREAD']],
    [
      'events of MySQL, which super_read_only stops',
      aheadGround({ dialect: 'mysql', members: { 'db-a': { events: null } } }),
      [],
    ],
    ['its events are not known', aheadGround({ members: { 'db-a': { events: null } } }), ['EVENTS_UNKNOWN']],
  ])('%s', (_, ground, expected) => {
    expect(codes(ground, 'quarantine')).toEqual(expected);
  });

  it('closes what is open for good: undoing does not open a second primary', () => {
    const plan = planOf(aheadGround({ members: { 'db-a': { readOnly: false } } }), 'quarantine');
    expect(plan.steps[0]).toMatchObject({ id: 'close', undo: null, ifItFails: 'go-on' });
    expect(plan.warnings.map(({ code }) => code)).toContain('WARN_QUARANTINE_OPEN');
    expect(plan.steps.slice(1).every(({ undo }) => undo !== null)).toBe(true);
  });
});

describe('the look', () => {
  const named = { id: 'look', takenAt: 1, cluster: 'data', title: 'Data', server: 'db-a' };
  it('tells what it holds alone, weighs each way, and recommends', () => {
    const ahead = rejoinLook({ ...named, ground: aheadGround() });
    expect(ahead).toMatchObject({ primary: 'db-b', recommended: 'flashback' });
    expect(ahead.history).toMatchObject({ kind: 'ahead', transactions: '3', gtids: '0-1-1001…0-1-1003' });
    expect(ahead.ways.find(({ way }) => way === 'attach')).toMatchObject({
      can: 'cannot',
      because: [{ code: 'REFUSED_REJOIN_AHEAD' }],
    });
    const subset = rejoinLook({ ...named, ground: groundOf({ dialect: 'mariadb' }) });
    expect([subset.history.kind, subset.recommended]).toEqual(['subset', 'attach']);
    const dark = rejoinLook({ ...named, ground: groundOf({ members: { 'db-b': { position: null } } }) });
    expect([dark.history.kind, dark.recommended]).toEqual(['unknown', null]);
    expect(choicesOf(groundOf({ members: { 'db-b': { position: null } } }))[0]?.can).toBe('unknown');
  });

  it.each<[RejoinHistory['kind'], string[], string | null]>([
    ['subset', ['attach', 'quarantine'], 'attach'],
    ['subset', ['quarantine'], null],
    ['ahead', ['rebuild', 'quarantine'], 'rebuild'],
    ['ahead', ['flashback', 'rebuild'], 'flashback'],
    ['ahead', ['quarantine'], null],
    ['unknown', ['attach', 'flashback', 'rebuild', 'quarantine'], null],
  ])('%s, where %j can be done: %s', (kind, open, expected) => {
    const ways = (['attach', 'flashback', 'rebuild', 'quarantine'] as const).map((way) => ({
      way,
      can: open.includes(way) ? ('can' as const) : ('cannot' as const),
    }));
    expect(recommendedOf({ kind } as RejoinHistory, ways)).toBe(expected);
  });
});
