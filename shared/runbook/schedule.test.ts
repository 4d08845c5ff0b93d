import { describe, expect, it } from 'vitest';
import { orderOf } from './order';
import { act, Log, planOf, set, step } from './plan.test-kit';
import { afterState, predicted, predictedBefore } from './predict';
import { readySteps, unbroken, undoOrder } from './schedule';
import { runStateOf } from './state';

/** Two tracks that meet: a1 → group (g1 → g2) → z, and b1 → z beside it. */
const plan = planOf([
  act('a1', { x: '1' }),
  act('b1', { y: '1' }, { track: 'traffic' }),
  step({ id: 'g', kind: 'group', needs: ['a1'], unbroken: true }),
  act('g1', { x: '2' }, { group: 'g', undo: { apply: [set('x', '1')] } }),
  act('g2', { v: '1' }, { group: 'g', needs: ['g1'] }),
  act('z', { w: '1' }, { needs: ['g', 'b1'] }),
]);
const begun = () => new Log().opened().decided('start');
const stateOf = (log: Log) => runStateOf(plan, log.events);
const ready = (log: Log) => readySteps(plan, stateOf(log)).map(({ id }) => id);

describe('order', () => {
  it('a group stands for its members, and what it needs they need', () => {
    const { needs, before, circular } = orderOf(plan);
    expect([...(needs.get('g1') ?? [])]).toEqual(['a1']);
    expect([...(needs.get('z') ?? [])].sort()).toEqual(['b1', 'g1', 'g2']);
    expect([...(before.get('z') ?? [])].sort()).toEqual(['a1', 'b1', 'g1', 'g2']);
    expect(circular).toEqual([]);
  });

  it('what the plan lists too early stands where it can run; a circle is named and ends', () => {
    const mixed = planOf([act('s2', { a: '1' }, { needs: ['s1'] }), act('s1', { b: '1' })]);
    expect(orderOf(mixed).leaves.map(({ id }) => id)).toEqual(['s1', 's2']);
    const circle = planOf([
      act('s1', { a: '1' }, { needs: ['s2'] }),
      act('s2', { b: '1' }, { needs: ['s1'] }),
      act('s3', { c: '1' }),
    ]);
    expect(orderOf(circle)).toMatchObject({ circular: ['s1', 's2'] });
    expect(readySteps(circle, runStateOf(circle, [])).map(({ id }) => id)).toEqual(['s3']);
  });
});

describe('what may begin', () => {
  it('is what has all that it needs, side by side', () => {
    expect(ready(begun())).toEqual(['a1', 'b1']);
    expect(ready(begun().done('a1'))).toEqual(['b1', 'g1']);
    expect(ready(begun().done('a1').intent('g1'))).toEqual(['b1']);
    expect(ready(begun().done('a1', 'g1', 'g2'))).toEqual(['b1']);
    expect(ready(begun().done('a1', 'g1', 'g2', 'b1'))).toEqual(['z']);
    expect(ready(begun().done('a1', 'g1', 'g2', 'b1', 'z'))).toEqual([]);
  });

  it('nothing after what failed, and all that does not need it', () => {
    expect(ready(begun().intent('a1').outcome('a1', 'failed'))).toEqual(['b1']);
    expect(ready(begun().intent('a1').outcome('a1', 'unknown'))).toEqual(['b1']);
  });

  it('nothing once taking back has begun, or the run is closed', () => {
    expect(ready(begun().done('a1').intent('a1', 'undo'))).toEqual([]);
    expect(ready(begun().add({ kind: 'run-closed', end: 'left' }))).toEqual([]);
  });
});

describe('a group that is not broken off', () => {
  const isUnbroken = (log: Log) => unbroken(plan, stateOf(log));
  it('from its first intent until its last member is done', () => {
    expect(isUnbroken(begun().done('a1'))).toBe(false);
    expect(isUnbroken(begun().done('a1').intent('g1'))).toBe(true);
    expect(isUnbroken(begun().done('a1', 'g1'))).toBe(true);
    expect(isUnbroken(begun().done('a1', 'g1', 'g2'))).toBe(false);
  });
  it('or until all of it is taken back', () => {
    const back = begun().done('a1', 'g1').decided('undo').intent('g1', 'undo');
    expect(isUnbroken(back)).toBe(true);
    expect(isUnbroken(back.outcome('g1', 'done', { phase: 'undo' }))).toBe(false);
  });
  it('a hold is obeyed only outside of it', () => {
    expect(stateOf(begun().done('a1', 'g1').decided('hold')).status).toBe('running');
    expect(stateOf(begun().done('a1').decided('hold')).status).toBe('holding');
  });
});

describe('what is predicted', () => {
  it('is what the steps before change, whatever runs beside', () => {
    expect(Object.fromEntries(predicted(plan, new Set()))).toEqual({ x: '0', y: '0', v: '0', w: '0' });
    expect(predicted(plan, new Set(['g1', 'a1'])).get('x')).toBe('2');
    expect(predicted(plan, new Set(['a1'])).get('x')).toBe('1');
    expect(predictedBefore(plan, 'g1').get('x')).toBe('1');
    expect(predictedBefore(plan, 'g1').get('y')).toBe('0');
    expect(Object.fromEntries(afterState(plan))).toEqual({ x: '2', y: '1', v: '1', w: '1' });
  });

  it('taking back goes from the last intent to the first', () => {
    const log = begun().done('a1').intent('g1').intent('b1').outcome('b1', 'done').outcome('g1', 'done');
    expect(undoOrder(plan, stateOf(log))).toEqual(['b1', 'g1', 'a1']);
  });
});
