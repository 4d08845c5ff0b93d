import { describe, expect, it } from 'vitest';
import { act, check, Log, planOf, sql, step } from '../runbook/plan.test-kit';
import { said } from '../runbook/said';
import { runStateOf } from '../runbook/state';
import type { RunView } from '../runbook/state-model';
import { waysOf } from '../runbook/ways';
import { dryRunToText, refusalsToText, runsToText, runToText } from './run-paper';

const plan = planOf(
  [
    act('10', { a: '1' }, { title: said('FREEZE', { host: 'db\u0007-a\nx' }) }),
    step({
      id: '13',
      kind: 'wait',
      needs: ['10'],
      until: check('reached', {
        command: sql('SELECT WAIT(?) AS v', { values: [{ kind: 'output', name: 'p' }] }),
      }),
    }),
    act('16', { open: '1' }, { needs: ['13'], nature: 'point-of-no-return', confirms: true, undo: null }),
  ],
  { warnings: [said('WARNING')], overrides: [{ code: 'NO_BACKUP', typed: 'no backup' }] },
);
const view = (log: Log, who = { here: false, elsewhere: null as string | null }): RunView => {
  const state = runStateOf(plan, log.events, who.here);
  return {
    plan,
    state,
    ...who,
    ways: waysOf(plan, state, who),
    sent: [],
    progress: {},
    readings: {},
    throttles: {},
  };
};

describe('a dry run on paper', () => {
  const text = dryRunToText(plan, 'the-hash', 'en');
  it('has every statement, what it changes, how it is undone, and the end', () => {
    expect(text).toContain('Plan the-hash · as of 2023-11-14 22:13:20 UTC\n');
    expect(text).toContain('NO_BACKUP: no backup');
    expect(text).toContain("db-a> SET 'a' = '1'\n");
    expect(text).toContain('→ FACT key=a: 0 → 1\n');
    expect(text).toContain("      Undoes 10\n        db-a> SET 'a' = '0'\n");
    expect(text).toContain('db-a> SELECT WAIT(⟨p⟩) AS v\n        ? CHECK: v must be 1 (until it holds)\n');
    expect(text.indexOf('Point of no return')).toBeLessThan(text.indexOf('16  STEP'));
    expect(text.indexOf('Point of no return')).toBeGreaterThan(text.indexOf('13  STEP'));
    expect(text).toMatch(/Afterwards\n {2}db-a\n {4}FACT key=a: 0 → 1\n/);
  });
  it('a name of a server cannot begin a line', () => {
    expect(text).toContain('FREEZE host=db\u0007-a\\nx');
  });
  it('in French too', () => {
    const french = dryRunToText(plan, 'the-hash', 'fr');
    expect(french).toContain('point de non-retour');
    expect(french.split('\n').length).toBe(text.split('\n').length);
    expect(french).not.toMatch(/undefined|must be/);
  });
});

describe('a run on paper', () => {
  const half = () => new Log().opened().decided('start').done('10').intent('13');
  it('says how each step stands, who and when, and what may be done', () => {
    const text = runToText(view(half()), 'en');
    expect(text).toMatch(/^Run r: stopped half-way\nTITLE\n/);
    expect(text).toContain('Plan hash · begun 1970-01-01 00:00:01 UTC by ann@desk');
    expect(text).toMatch(/10 {2,}FREEZE .* done, proved +1\u00a0ms\n/);
    expect(text).toContain('Undoing would take back 10, in this order.\n');
    expect(text).toContain('What may be done now: resume, undo, hand-over\n');
  });
  it('past the point of no return it says so, and offers no undo', () => {
    const text = runToText(view(half().outcome('13', 'done').intent('16')), 'en');
    expect(text).toContain('The point of no return is passed');
    expect(text).toContain('now: resume, hand-over\n');
    expect(runToText(view(half().outcome('13', 'done').intent('16')), 'fr')).toContain('point de non-retour');
  });
  it('says who acts elsewhere', () => {
    const text = runToText(view(half(), { here: false, elsewhere: 'eve@other' }), 'en');
    expect(text).toContain('eve@other acts in it.\n');
    expect(text).toContain('now: take-over\n');
  });
  it('a closed one offers nothing', () => {
    const closed = half().add({ kind: 'run-closed', end: 'left' });
    expect(runToText(view(closed), 'en')).not.toContain('What may be done');
    expect(runToText(view(closed), 'en')).toContain('ended 1970-01-01');
  });
  it('the list, and an empty one', () => {
    expect(runsToText([view(half()).state], 'en')).toMatch(/r +test cluster +stopped half-way +1970/);
    expect(runsToText([], 'fr')).toBe('Aucune exécution n’est connue ici.\n');
  });
});

it('refusals are all there, each with its remedy and what may be typed', () => {
  const text = refusalsToText(
    'test',
    [
      { code: 'LAG', params: { seconds: '9' }, remedy: said('WAIT'), override: null },
      { code: 'NO_BACKUP', params: {}, remedy: said('BACK_UP'), override: 'no-backup' },
    ],
    'en',
  );
  expect(text).toBe(
    [
      'Refused, 2 reasons. Nothing was changed.',
      '  ■ LAG seconds=9 [LAG]',
      '      WAIT',
      '  ■ NO_BACKUP [NO_BACKUP]',
      '      BACK_UP',
      "      To go on all the same: --override 'NO_BACKUP=no-backup'",
      '',
    ].join('\n'),
  );
});
