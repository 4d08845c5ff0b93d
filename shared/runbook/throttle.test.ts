import { describe, expect, it } from 'vitest';
import { dryRunToText } from '../paper/run-paper';
import type { TimedEvent } from './events';
import type { Step } from './plan';
import { act, check, Log, planOf, sql, ssh, step } from './plan.test-kit';
import { scriptOf } from './script';
import { runStateOf } from './state';
import { atRate, canSet, mostOf, nextRate, paceLeft, Rate, throttledOf } from './throttle';
import { problemsOf } from './validate';

const RATE = { kind: 'rate' };
const setPace = sql('SET GLOBAL pace = ?', { values: [RATE] });
const RATE_OF = { unit: 'MiB/s', levels: [1, 5, 25], begins: 5, command: setPace, lasts: null };
const rate = Rate.parse(RATE_OF);
const throttle = (more: object = {}) => ({
  checks: [check('lag')],
  everyMs: 1_000,
  limitMs: 60_000,
  rate: RATE_OF,
  ...more,
});
const copy = (more: object = {}, own: object = {}): Step =>
  act('copy', { a: '1' }, { throttle: throttle(more), ...own });
const rounds = (more: object = {}, own: object = {}): Step =>
  step({ id: 'rounds', kind: 'repeat', throttle: throttle({ rate: null, ...more }), ...own });

const said = (level: number, by: 'person' | 'rule' = 'person', of = 'copy') =>
  ({ kind: 'run-decided', decision: 'throttle', step: of, rate: { level, by } }) as const;

describe('as fast as a person allows', () => {
  const journal = (...words: Parameters<Log['add']>[0][]): readonly TimedEvent[] =>
    words.reduce((log, word) => log.add(word), new Log().opened()).events;

  it.each<[string, readonly TimedEvent[], number]>([
    ['nobody has said anything: what the plan begins with', journal(), 5],
    ['the last word counts', journal(said(1), said(25)), 25],
    ['what its checks did says nothing of what a person allows', journal(said(25), said(1, 'rule')), 25],
    ['a word about another step', journal(said(1, 'person', 'other')), 5],
    ['a level that the step does not know', journal(said(7)), 5],
  ])('%s', (_case, events, most) => {
    expect(mostOf(rate, 'copy', events)).toBe(most);
  });
});

it.each<[string, number | null, number, boolean, number]>([
  ['begins with the most that is allowed', null, 25, true, 25],
  ['one level down while a check does not hold', 25, 25, false, 5],
  ['no further down than the lowest', 1, 25, false, 1],
  ['one level up while all hold', 1, 25, true, 5],
  ['never above what is allowed', 5, 5, true, 5],
  ['at once down to what a person says', 25, 1, true, 1],
  ['a person’s word is kept while a check does not hold', 25, 5, false, 5],
])('%s', (_case, now, most, holds, next) => {
  expect(nextRate(rate, now, most, holds)).toBe(next);
});

it('puts the rate in where a command names it, and nowhere else', () => {
  expect(atRate(setPace, 25)).toMatchObject({ values: [{ kind: 'number', value: '25' }] });
  const line = ssh(['rsync', RATE, 'rate'], { stdin: ['x', RATE] });
  const level = { kind: 'number', value: '5' };
  expect(atRate(line, 5)).toMatchObject({ argv: ['rsync', level, 'rate'], stdin: ['x', level] });
  expect(atRate(line, null)).toBe(line);
});

it('a step that was cut off may have left any of its paces in the fact, and in no other', () => {
  const lasts = { fact: 'a', back: sql('SET GLOBAL pace = 0') };
  const one = copy({ rate: { ...RATE_OF, lasts } });
  if (one.kind === 'group') throw new Error('no leaf');
  expect(paceLeft(one, 'a')).toEqual(['1', '5', '25']);
  expect(paceLeft(one, 'b')).toEqual([]);
});

it('may be set before and while the step goes, to a level that it knows, and never once it is over', () => {
  const plan = planOf([copy()]);
  const at = (log: Log) => [5, 7].map((level) => canSet(plan, runStateOf(plan, log.events), 'copy', level));
  expect(at(new Log().opened())).toEqual([true, false]);
  expect(at(new Log().opened().intent('copy'))).toEqual([true, false]);
  expect(at(new Log().opened().done('copy'))).toEqual([false, false]);
  expect(canSet(plan, runStateOf(plan, new Log().opened().events), 'other', 5)).toBe(false);
});

it('shows the last word of a person when nobody acts: what a resume begins with', () => {
  const { events } = new Log().opened().add(said(1));
  expect(throttledOf(planOf([copy(), rounds()]), events)).toMatchObject({
    copy: { most: 1, rate: null, levels: [1, 5, 25], waitsSince: null },
    rounds: { most: null, levels: [] },
  });
});

describe('what is wrong', () => {
  const named = (more: object) => ({ ...RATE_OF, ...more });
  const inGroup = (one: Step): Step[] => [step({ id: 'g', kind: 'group', unbroken: true }), one];

  it.each<[string, readonly Step[], string[]]>([
    ['sound', [copy(), rounds({}, { needs: ['copy'] })], []],
    [
      'rsync takes its rate at the start of each round',
      [rounds({ rate: named({ command: null }) }, { body: [ssh(['rsync', RATE])] })],
      [],
    ],
    ['nothing', [rounds({ checks: [] })], ['step rounds: nothing says how it is slowed down']],
    [
      'an act that cannot be slowed down',
      [copy({ rate: null })],
      ['step copy: it has checks for its pace, and no rate that they could turn'],
    ],
    [
      'while nobody can write',
      inGroup(rounds({}, { group: 'g' })),
      ['step rounds: it is slowed down in a group that is not broken: meanwhile nobody can write'],
    ],
    [
      'levels',
      [copy({ rate: named({ levels: [5, 1] }) })],
      ['step copy: the levels of its rate do not rise'],
    ],
    [
      'its beginning',
      [copy({ rate: named({ begins: 7 }) })],
      ['step copy: its rate begins with 7, which is no level'],
    ],
    [
      'a rate that nobody is told',
      [copy({ rate: named({ command: sql('SET GLOBAL pace = 5') }) })],
      ['step copy: no command tells anybody its rate'],
    ],
    [
      'an act whose words were read when it began',
      [copy({ rate: named({ command: null }) }, { apply: [ssh(['rsync', RATE])] })],
      ['step copy: nothing turns the rate of an act while it acts'],
    ],
    [
      'nothing brings it back',
      [copy({ rate: named({ lasts: { fact: 'b', back: sql('SET GLOBAL pace = 0') } }) })],
      ['step copy: its rate stays in "b", which it does not change: nothing would bring it back'],
    ],
    ['no rate', [act('s', { a: '1' }, { apply: [setPace] })], ['step s: it names a rate and has none']],
    ['its name', [copy({}, { verify: [check('lag')] })], ['step copy: "lag" names two of its readings']],
    [
      'a rate in a reading',
      [copy({ checks: [check('lag', { command: setPace })] })],
      ['step copy: ⟨rate⟩ stands in a reading'],
    ],
  ])('%s', (_case, steps, problems) => {
    expect(problemsOf(planOf(steps))).toEqual(problems);
  });
});

it('dry run and script show the checks, the command with its ⟨rate⟩, and what puts it back', () => {
  const lasts = { fact: 'a', back: sql('SET GLOBAL pace = 0') };
  const plan = planOf([copy({ rate: { ...RATE_OF, lasts } }), rounds()]);
  const paper = dryRunToText(plan, 'hash', 'en');
  expect(paper).toContain('Rate: at most 5 MiB/s; a person can set 1, 5, 25 while it runs.');
  expect(paper).toContain('Each round waits until these hold, asked every 1\u00a0s, at most 1\u00a0min');
  for (const text of [paper, scriptOf(plan, 'en', 'hash')]) {
    expect(text).toContain('SET GLOBAL pace = ⟨rate⟩');
    expect(text.indexOf('SET GLOBAL pace = 0')).toBeGreaterThan(text.indexOf('SET GLOBAL pace = ⟨rate⟩'));
  }
  expect(scriptOf(plan, 'fr', 'hash')).toContain('⟨rate⟩\u00a0: le débit que donne l’étape, en chiffres');
});
