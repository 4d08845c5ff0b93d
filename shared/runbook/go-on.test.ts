import { describe, expect, it } from 'vitest';
import { dryRunToText } from '../paper/run-paper';
import { stepWord } from '../text/step-word';
import { dryRunOf } from './dry-run';
import { RunPlan } from './plan';
import { act, check, fact, Log, planOf, sql, step } from './plan.test-kit';
import { readySteps, unbroken, undoOrder } from './schedule';
import { scriptOf } from './script';
import { runStateOf } from './state';
import { problemsOf } from './validate';
import { waysOf } from './ways';

/** Two ways to one end, of which one suffices; then what needs both, and what comes after that. */
const plan = planOf([
  step({ id: 'fence', kind: 'group' }),
  act('stop', { stopped: '1' }, { group: 'fence', ifItFails: 'go-on' }),
  act('cut', { cut: '1' }, { group: 'fence', ifItFails: 'go-on' }),
  act('next', { open: '1' }, { needs: ['fence'] }),
  act('last', { told: '1' }, { needs: ['next'] }),
]);
const begun = () => new Log().opened().decided('start');
const stateOf = (log: Log, acts = true) => runStateOf(plan, log.events, acts);
const ready = (log: Log) => readySteps(plan, stateOf(log)).map(({ id }) => id);
const failed = (log: Log, id: string, evidence: Record<string, string>) =>
  log.intent(id).outcome(id, 'failed', { evidence });
const UNTOUCHED = { stopped: '0' };

describe('a step that the plan goes on without', () => {
  it('stays failed, is named, and holds up nobody', () => {
    const log = failed(begun().done('cut'), 'stop', UNTOUCHED);
    expect(ready(log)).toEqual(['next']);
    const { steps, status } = stateOf(log);
    expect(steps.stop).toMatchObject({ state: 'failed', passedOver: true });
    expect(steps.cut).toMatchObject({ state: 'done', passedOver: false });
    expect(steps.fence).toMatchObject({ state: 'failed', passedOver: true });
    expect(status).toBe('running');
    // The same failure of any other step holds up everything.
    const plain = planOf(plan.steps.map((one) => ({ ...one, ifItFails: 'stop' as const })));
    expect(readySteps(plain, runStateOf(plain, log.events))).toEqual([]);
    expect(runStateOf(plain, log.events).status).toBe('stopped');
  });

  it('a run can end with it, done, and it is never shown as done', () => {
    const log = failed(begun().done('cut'), 'stop', UNTOUCHED).done('next', 'last');
    log.add({ kind: 'run-closed', end: 'done' });
    const { steps, status } = stateOf(log);
    expect([status, steps.stop?.state, steps.stop?.passedOver]).toEqual(['done', 'failed', true]);
    expect(steps.stop && stepWord(steps.stop, 'en')).toBe('failed, gone on without it');
    expect(steps.stop && stepWord(steps.stop, 'fr')).toBe('échouée, poursuivi sans elle');
    expect(steps.cut && stepWord(steps.cut, 'en')).toBe('done, proved');
  });

  it('is asked for while it is unknown, and passed over only when the servers could not tell either', () => {
    const log = begun().done('cut').intent('stop').outcome('stop', 'unknown');
    expect(ready(log)).toEqual([]);
    expect(stateOf(log).steps.stop).toMatchObject({ state: 'unknown', passedOver: false });
    log.outcome('stop', 'unknown', { by: 'probe' });
    expect(ready(log)).toEqual(['next']);
    expect(stateOf(log).steps.stop).toMatchObject({ state: 'unknown', passedOver: true });
    expect(stateOf(log).steps.fence).toMatchObject({ state: 'unknown', passedOver: true });
  });

  it('is not tried again by going on; one that was under way when its console died is asked for', () => {
    const log = failed(begun(), 'stop', UNTOUCHED).intent('cut').decided('resume');
    expect(stateOf(log).steps.stop).toMatchObject({ state: 'failed', passedOver: true });
    expect(stateOf(log).steps.cut).toMatchObject({ state: 'unknown', passedOver: false });
    expect(ready(log)).toEqual([]);
    expect(ready(log.outcome('cut', 'done', { by: 'probe' }))).toEqual(['next']);
  });

  it('is taken back only when it may have done something', () => {
    const untouched = failed(begun().done('cut'), 'stop', UNTOUCHED);
    expect(undoOrder(plan, stateOf(untouched))).toEqual(['cut']);
    const partly = failed(begun().done('cut'), 'stop', {});
    expect(undoOrder(plan, stateOf(partly))).toEqual(['stop', 'cut']);
    partly.decided('undo').undone('stop', 'cut');
    expect(stateOf(partly).steps.stop).toMatchObject({ state: 'undone', passedOver: false });
    expect(stateOf(untouched).steps.fence).toMatchObject({ state: 'failed', passedOver: true });
    expect(stateOf(untouched.decided('undo').undone('cut')).steps.fence?.state).toBe('undone');
  });

  it('does not keep a group that is not broken off open for ever', () => {
    const whole = planOf(plan.steps.map((one) => (one.kind === 'group' ? { ...one, unbroken: true } : one)));
    const log = failed(begun(), 'stop', UNTOUCHED);
    expect(unbroken(whole, runStateOf(whole, log.events))).toBe(true);
    log.done('cut');
    expect(unbroken(whole, runStateOf(whole, log.events))).toBe(false);
    const held = runStateOf(whole, log.decided('hold').events);
    expect(held.status).toBe('holding');
    expect(waysOf(whole, held, { here: true, elsewhere: null })).toContain('go-on');
  });

  it('is said in the dry run and in the script, in both languages, with what is then not certain', () => {
    const rows = dryRunOf(plan).rows;
    expect(rows.filter(({ goesOn }) => goesOn).map(({ id }) => id)).toEqual(['stop', 'cut']);
    const [after] = dryRunOf(plan).after;
    expect(after?.facts.map(({ fact: key, ifDone }) => [key, ifDone])).toEqual([
      ['stopped', 'stop'],
      ['cut', 'cut'],
      ['open', null],
      ['told', null],
    ]);
    const text = dryRunToText(plan, 'hash', 'en');
    expect(text).toContain('If it fails, it is named as failed and the run goes on without it.');
    expect(text).toContain('0 → 1, if stop does not fail');
    expect(dryRunToText(plan, 'hash', 'fr')).toContain('0 → 1, si stop n’échoue pas');
    expect(scriptOf(plan, 'en', 'hash')).toContain('the run goes on without it');
    expect(scriptOf(plan, 'fr', 'hash')).toContain('l’exécution continue sans elle');
  });
});

describe('what may not be gone on without', () => {
  const goOn = { ifItFails: 'go-on' } as const;
  const point = (more: object = {}) =>
    act('p', { open: '1' }, { nature: 'point-of-no-return', confirms: true, undo: null, ...more });
  it.each<[string, Parameters<typeof planOf>[0], string[]]>([
    ['a fence', [act('a', { x: '1' }, goOn), point({ needs: ['a'] })], []],
    ['a point of no return', [point(goOn)], ['step p: the plan would go on without its point of no return']],
    [
      'a gate',
      [step({ id: 'g', kind: 'gate', ...goOn })],
      ['step g: the plan would go on without what a person says at a gate'],
    ],
    [
      'a group',
      [step({ id: 'g', kind: 'group', ...goOn }), act('a', { x: '1' }, { group: 'g' })],
      ['step g: a group does not fail: what it goes on without is said of its members'],
    ],
    [
      'what a later step relies on',
      [act('a', { x: '1' }, goOn), act('b', { y: '1' }, { needs: ['a'], relies: ['x'] })],
      ['step a: nobody knows what "x" reads when it failed, and step b uses it'],
    ],
    [
      'what a later step changes again',
      [
        act('a', { x: '1' }, goOn),
        act('b', { x: '2' }, { needs: ['a'], undo: { apply: [sql('SET ? = ?', { values: TWO })] } }),
      ],
      ['step a: nobody knows what "x" reads when it failed, and step b uses it'],
    ],
    [
      'what tells a later step something',
      [
        step({ id: 'a', nature: 'reads', ...goOn, apply: [sql('SELECT v', { saves: [SAVED] })] }),
        act('b', { y: '1' }, { needs: ['a'], apply: [sql('SET y = ?', { values: [OUTPUT] })] }),
      ],
      ['step b: output ⟨v⟩ is not known by then'],
    ],
  ])('%s', (_, steps, problems) => {
    expect(problemsOf(planOf(steps))).toEqual(problems);
  });
});
const TWO = [
  { kind: 'text', value: 'x' },
  { kind: 'text', value: '1' },
];
const SAVED = { output: 'v', column: 'v' };
const OUTPUT = { kind: 'output', name: 'v' };

describe('a gate that asks only where its checks do not hold', () => {
  const gated = planOf(
    [
      step({ id: 'ask', kind: 'gate', readings: [check('rows')], unless: [check('loss')] }),
      act('p', { open: '1' }, { needs: ['ask'] }),
    ],
    { facts: [fact('open')] },
  );
  const of = (log: Log) => runStateOf(gated, log.events);

  it('is passed by them, with what was read, and that is not a person’s word', () => {
    const log = begun().intent('ask');
    log.outcome('ask', 'done', { by: 'checks', evidence: { loss: '1' } });
    const { ask } = of(log).steps;
    expect(ask).toMatchObject({ state: 'done', by: 'checks', evidence: { loss: '1' } });
    expect(ask && stepWord(ask, 'en')).toBe('passed by its checks');
    expect(readySteps(gated, of(log)).map(({ id }) => id)).toEqual(['p']);
    const said = of(begun().intent('ask').decided('go', 'ask').outcome('ask', 'done')).steps.ask;
    expect(said && [said.by, stepWord(said, 'en')]).toEqual(['answer', 'done, proved']);
  });

  it('else waits for a person, who sees what did not hold', () => {
    const log = begun().add({
      kind: 'intent',
      step: 'ask',
      phase: 'apply',
      attempt: 1,
      host: '',
      account: '',
      text: '',
      evidence: { loss: '2' },
    });
    expect(of(log).status).toBe('waiting');
    expect(of(log).steps.ask).toMatchObject({ state: 'waiting', evidence: { loss: '2' }, by: null });
  });

  it('says so before it is run, and its checks are checked like all readings', () => {
    const [row] = dryRunOf(gated).rows;
    expect(row?.looks.map(({ when }) => when)).toEqual(['unless', 'gate']);
    expect(dryRunToText(gated, 'hash', 'en')).toContain('If all of these hold, it goes on by itself');
    expect(scriptOf(gated, 'fr', 'hash')).toContain('une personne est interrogée');
    expect(problemsOf(gated)).toEqual([]);
    const twice = step({ id: 'ask', kind: 'gate', readings: [check('loss')], unless: [check('loss')] });
    expect(problemsOf(planOf([twice]))).toEqual(['step ask: "loss" names two of its readings']);
    const unknown = check('loss', { command: sql('SELECT ?', { values: [OUTPUT] }) });
    const asking = step({ id: 'ask', kind: 'gate', readings: [], unless: [unknown] });
    expect(problemsOf(planOf([asking]))).toEqual(['step ask: output ⟨v⟩ is not known by then']);
  });

  it('says where one of them is enough, and what the console reads itself', () => {
    const desk = {
      kind: 'desk',
      target: 'db-a',
      name: 'recount',
      params: { of: OUTPUT },
      timeoutMs: 1,
      saves: [],
    };
    const counted = check('counted', { command: desk });
    const any = step({
      id: 'ask',
      kind: 'gate',
      readings: [],
      unless: [check('loss'), counted],
      suffices: 'any',
    });
    const unsaved = planOf([any]);
    expect(problemsOf(unsaved)).toEqual(['step ask: output ⟨v⟩ is not known by then']);
    expect(dryRunToText(unsaved, 'hash', 'en')).toContain('If one of these holds, it goes on by itself');
    expect(dryRunToText(unsaved, 'hash', 'en')).toContain('db-a: recount of=⟨v⟩');
    expect(scriptOf(unsaved, 'en', 'hash')).toContain('# recount of=⟨v⟩');
    // What acts can be none: the plan's own form says so.
    expect(RunPlan.safeParse(unsaved).success).toBe(true);
    const acting = { ...gated, steps: [{ ...act('p', { open: '1' }), apply: [desk] }] };
    expect(RunPlan.safeParse(acting).success).toBe(false);
  });
});
