import { describe, expect, it } from 'vitest';
import { randomOf } from '../gtid/gtid.test-kit';
import type { TimedEvent } from './events';
import { act, check, Log, planOf, randomPlan, set, step } from './plan.test-kit';
import { nextAttempt, runStateOf } from './state';
import { RunState } from './state-model';
import { waysOf } from './ways';

const ALONE = { here: false, elsewhere: null };
const HERE = { here: true, elsewhere: null };

/** s1 and s2, then the point of no return p, then s3; a gate before all of it where wanted. */
const plan = planOf([
  act('s1', { a: '1' }),
  act('s2', { b: '1' }, { needs: ['s1'] }),
  act('p', { open: '1' }, { needs: ['s2'], nature: 'point-of-no-return', confirms: true, undo: null }),
  act('s3', { c: '1' }, { needs: ['p'], undo: null }),
]);
const begun = () => new Log().opened().decided('start');
const states = (log: Log, acts = true) =>
  Object.values(runStateOf(plan, log.events, acts).steps)
    .map(({ state }) => state)
    .join(' ');

describe('the state of a run', () => {
  it('is what its opening says, and nothing more before the first step', () => {
    const state = runStateOf(plan, begun().events);
    expect(state).toMatchObject({ id: 'r', plan: 'hash', by: 'ann@desk', openedAt: 1_001, closedAt: null });
    expect(state).toMatchObject({ status: 'running', pastNoReturn: false, undoStack: [], outputs: {} });
    expect(states(begun())).toBe('pending pending pending pending');
  });

  it('goes from intent to outcome, and keeps what was saved and proved', () => {
    const log = begun().intent('s1');
    expect(states(log)).toBe('running pending pending pending');
    log.outcome('s1', 'done', { outputs: { position: '0-1-7' }, evidence: { a: '1' }, durationMs: 12 });
    const state = runStateOf(plan, log.events);
    expect(state.outputs).toEqual({ position: '0-1-7' });
    expect(state.steps.s1).toEqual({
      state: 'done',
      phase: 'apply',
      attempt: 1,
      startedAt: 1_003,
      endedAt: 1_004,
      durationMs: 12,
      error: null,
      evidence: { a: '1' },
      by: 'answer',
      passedOver: false,
    });
  });

  it('an intent without an outcome is running while somebody acts, and unknown when nobody does', () => {
    const log = begun().done('s1').intent('s2');
    expect(states(log)).toBe('done running pending pending');
    expect(states(log, false)).toBe('done unknown pending pending');
    expect(runStateOf(plan, log.events, false).status).toBe('stopped');
    // The decision to go on says the same from within.
    expect(states(log.decided('resume'))).toBe('done unknown pending pending');
  });

  it('what only reads is simply asked again', () => {
    const reading = planOf([step({ id: 'w', kind: 'wait' }), act('s1', { a: '1' }, { needs: ['w'] })]);
    const log = begun().intent('w');
    expect(runStateOf(reading, log.events, false).steps.w?.state).toBe('pending');
    expect(runStateOf(reading, log.decided('resume').events).steps.w?.state).toBe('pending');
  });

  it('what failed may be sent again after a resume, what is unknown is asked for first', () => {
    const log = begun().done('s1').intent('s2').outcome('s2', 'failed');
    expect(states(log)).toBe('done failed pending pending');
    expect(runStateOf(plan, log.events).status).toBe('stopped');
    expect(states(log.decided('resume'))).toBe('done pending pending pending');
    expect(nextAttempt(log.events, 's2', 'apply')).toBe(2);
    log.intent('s2', 'apply', 2).outcome('s2', 'unknown', { attempt: 2 });
    expect(states(log.decided('resume'))).toBe('done unknown pending pending');
    expect(states(log.outcome('s2', 'done', { attempt: 2, by: 'probe' }))).toBe('done done pending pending');
  });

  it('a late or doubled word changes nothing that is known better', () => {
    const log = begun().done('s1');
    expect(states(log.outcome('s1', 'unknown'))).toBe('done pending pending pending');
    expect(states(log.intent('s1'))).toBe('done pending pending pending');
    log.intent('s1', 'undo').outcome('s1', 'failed');
    expect(states(log)).toBe('undoing pending pending pending');
  });

  it('is closed for good', () => {
    const log = begun().add({ kind: 'run-closed', end: 'left' }).intent('s1');
    expect(states(log)).toBe('pending pending pending pending');
    expect(runStateOf(plan, log.events)).toMatchObject({ status: 'left', closedAt: 1_003 });
  });

  it('knows a hold, and that it waits for what runs', () => {
    const log = begun().intent('s1').decided('hold');
    expect(runStateOf(plan, log.events).status).toBe('running');
    log.outcome('s1', 'done');
    expect(runStateOf(plan, log.events).status).toBe('holding');
    expect(runStateOf(plan, log.decided('go-on').events).status).toBe('running');
  });

  it.each(['undone', 'left'] as const)('a run that ended (%s) asks nobody at its gate any more', (end) => {
    const gated = planOf([step({ id: 'g', kind: 'gate' }), act('s1', { a: '1' }, { needs: ['g'] })]);
    const log = new Log().opened().decided('start').intent('g');
    expect(runStateOf(gated, log.events, false).steps.g?.state).toBe('waiting');
    const over = runStateOf(gated, log.add({ kind: 'run-closed', end }).events, false);
    expect([over.status, over.steps.g]).toMatchObject([end, { state: 'pending', startedAt: null }]);
  });

  it('asks at a gate, and again after a resume; no-go is a failure of the gate', () => {
    const gated = planOf([step({ id: 'g', kind: 'gate' }), act('s1', { a: '1' }, { needs: ['g'] })]);
    const log = begun().intent('g');
    expect(runStateOf(gated, log.events)).toMatchObject({ status: 'waiting' });
    expect(runStateOf(gated, log.events, false).steps.g?.state).toBe('waiting');
    expect(runStateOf(gated, log.decided('no-go', 'g').events).steps.g?.state).toBe('failed');
    const again = begun().intent('g').decided('resume');
    expect(runStateOf(gated, again.events).steps.g?.state).toBe('pending');
    expect(runStateOf(gated, again.decided('go', 'g').outcome('g', 'done').events).steps.g?.state).toBe(
      'done',
    );
  });

  it('asks after each round of a repeat that a person decides', () => {
    const rounds = planOf([step({ id: 'x', kind: 'repeat', decides: 'person' })]);
    const log = begun().intent('x').outcome('x', 'done');
    expect(runStateOf(rounds, log.events)).toMatchObject({ status: 'waiting' });
    expect(waysOf(rounds, runStateOf(rounds, log.events), HERE)).toEqual(['again', 'enough', 'hold', 'undo']);
    log.decided('again', 'x');
    expect(runStateOf(rounds, log.events).steps.x?.state).toBe('pending');
    log.intent('x', 'apply', 2).outcome('x', 'done', { attempt: 2 }).decided('enough', 'x');
    expect(runStateOf(rounds, log.events).steps.x?.state).toBe('done');
  });

  it('is total: whatever is doubled, lost, shuffled or strange, there is a state and nothing is thrown', () => {
    for (let seed = 0; seed < 40; seed += 1) {
      const below = randomOf(seed);
      const one = randomPlan(seed);
      const ids = [...one.steps.map(({ id }) => id), 'nothing', 'constructor', '__proto__'];
      const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
      const log = new Log();
      const anything: (() => unknown)[] = [
        () => log.opened(),
        () => log.intent(pick(ids), pick(['apply', 'undo']), 1 + below(3)),
        () =>
          log.outcome(pick(ids), pick(['done', 'failed', 'unknown']), {
            phase: pick(['apply', 'undo']),
            attempt: 1 + below(3),
            by: pick(['answer', 'probe']),
          }),
        () =>
          log.decided(pick(['resume', 'undo', 'hold', 'go-on', 'take-over', 'no-go', 'enough']), pick(ids)),
        () => below(20) === 0 && log.add({ kind: 'run-closed', end: 'done' }),
      ];
      for (let count = below(60); count > 0; count -= 1) pick(anything)();
      const events: TimedEvent[] = log.events.map((event) =>
        below(30) === 0 ? { ...event, run: 'other' } : event,
      );
      for (const acts of [true, false]) {
        const state = runStateOf(one, events, acts);
        expect(RunState.safeParse(state).error).toBeUndefined();
        for (const who of [HERE, ALONE]) waysOf(one, state, who);
      }
    }
  });
});

describe('the point of no return', () => {
  const sent = () => begun().done('s1', 's2').intent('p');

  it('is passed as soon as its intent stands', () => {
    expect(runStateOf(plan, begun().done('s1', 's2').events)).toMatchObject({
      pastNoReturn: false,
      undoStack: ['s2', 's1'],
    });
    for (const log of [sent(), sent().outcome('p', 'unknown'), sent().outcome('p', 'done')])
      expect(runStateOf(plan, log.events)).toMatchObject({ pastNoReturn: true, undoStack: [] });
  });

  it('only the proof that every fact is as before makes it not passed', () => {
    const failed = (evidence: Record<string, string>) =>
      runStateOf(plan, sent().outcome('p', 'failed', { by: 'probe', evidence }).events).pastNoReturn;
    expect(failed({ open: '0' })).toBe(false);
    expect(failed({ open: '1' })).toBe(true);
    expect(failed({})).toBe(true);
    expect(failed({ other: '0' })).toBe(true);
  });

  it('a precheck that refuses it sends nothing: it is not passed', () => {
    const log = begun().done('s1', 's2').outcome('p', 'failed', { evidence: {} });
    expect(runStateOf(plan, log.events)).toMatchObject({ pastNoReturn: false, undoStack: ['s2', 's1'] });
    // But an earlier attempt that was sent is not made unsent by it.
    const again = sent().outcome('p', 'unknown').outcome('p', 'failed', { attempt: 2 });
    expect(runStateOf(plan, again.events).pastNoReturn).toBe(true);
  });
});

describe('taking back', () => {
  const failed = () => begun().done('s1').intent('s2').outcome('s2', 'failed').decided('undo');

  it('takes what acted last first, what failed and what is unknown too', () => {
    expect(runStateOf(plan, failed().events)).toMatchObject({ status: 'undoing', undoStack: ['s2', 's1'] });
    const unknown = begun().done('s1').intent('s2').outcome('s2', 'unknown');
    expect(runStateOf(plan, unknown.events).undoStack).toEqual(['s2', 's1']);
  });

  it('passes over what is proved not to have happened', () => {
    const log = begun()
      .done('s1')
      .intent('s2')
      .outcome('s2', 'failed', { evidence: { b: '0' } });
    expect(runStateOf(plan, log.events).undoStack).toEqual(['s1']);
    // What shows in no fact can never be proved.
    const unseen = planOf([act('k', {}, { verify: [check('none left')], undo: { apply: [set('k', '0')] } })]);
    const tried = begun()
      .intent('k')
      .outcome('k', 'failed', { by: 'probe', evidence: { 'none left': '3' } });
    expect(runStateOf(unseen, tried.events).undoStack).toEqual(['k']);
  });

  it('goes down step by step, and what could not be undone stays on top', () => {
    const log = failed().undone('s2').intent('s1', 'undo');
    expect(states(log)).toBe('undoing undone pending pending');
    log.outcome('s1', 'failed', { phase: 'undo' });
    expect(runStateOf(plan, log.events)).toMatchObject({ status: 'stopped', undoStack: ['s1'] });
    log.intent('s1', 'undo', 2).outcome('s1', 'done', { phase: 'undo', attempt: 2 });
    expect(runStateOf(plan, log.events).undoStack).toEqual([]);
    expect(states(log)).toBe('undone undone pending pending');
  });

  it('once begun, there is no way but back, also for the console that finds it half done', () => {
    const log = failed().intent('s2', 'undo');
    const state = runStateOf(plan, log.events, false);
    expect(state.steps.s2).toMatchObject({ state: 'unknown', phase: 'undo' });
    expect(waysOf(plan, state, ALONE)).toEqual(['undo', 'hand-over']);
  });
});

describe('groups', () => {
  const grouped = planOf([
    step({ id: 'g', kind: 'group' }),
    act('m1', { a: '1' }, { group: 'g' }),
    act('m2', { b: '1' }, { group: 'g', needs: ['m1'] }),
  ]);
  const groupIs = (log: Log, acts = true) => runStateOf(grouped, log.events, acts).steps.g?.state;

  it('are what their members are', () => {
    expect(groupIs(begun())).toBe('pending');
    expect(groupIs(begun().intent('m1'))).toBe('running');
    expect(groupIs(begun().done('m1'))).toBe('running');
    expect(groupIs(begun().done('m1').intent('m2'), false)).toBe('unknown');
    expect(groupIs(begun().done('m1').intent('m2').outcome('m2', 'failed'))).toBe('failed');
    expect(groupIs(begun().done('m1', 'm2'))).toBe('done');
    expect(groupIs(begun().done('m1', 'm2').undone('m2', 'm1'))).toBe('undone');
    const done = runStateOf(grouped, begun().done('m1', 'm2').events).steps.g;
    expect(done).toMatchObject({ startedAt: 1_003, endedAt: 1_006, durationMs: 3 });
  });
});

describe('what may be done', () => {
  const ways = (log: Log, who: Parameters<typeof waysOf>[2]) =>
    waysOf(plan, runStateOf(plan, log.events, who.here), who);

  it('nothing that cannot work', () => {
    const half = begun().done('s1').intent('s2');
    expect(ways(half, HERE)).toEqual(['hold']);
    expect(ways(half, ALONE)).toEqual(['resume', 'undo', 'hand-over']);
    expect(ways(half, { here: false, elsewhere: 'eve@other' })).toEqual(['take-over']);
    const past = begun().done('s1', 's2', 'p');
    expect(ways(past, ALONE)).toEqual(['resume', 'hand-over']);
    expect(ways(begun().done('s1').decided('hold'), HERE)).toEqual(['go-on', 'undo', 'hand-over']);
    expect(ways(past.decided('hold'), HERE)).toEqual(['go-on', 'hand-over']);
    const over = begun().add({ kind: 'run-closed', end: 'done' });
    expect(ways(over, HERE)).toEqual([]);
    expect(ways(over, ALONE)).toEqual([]);
    expect(ways(over, { here: false, elsewhere: 'eve@other' })).toEqual([]);
  });
});
