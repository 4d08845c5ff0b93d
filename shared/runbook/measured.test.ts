import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fingerprintOf } from './fingerprint';
import { withMeasured } from './measured';
import { act, Log, planOf, step } from './plan.test-kit';
import { runStateOf } from './state';
import type { RunState } from './state-model';

const assumed = { p50Ms: 7, p90Ms: 9, basis: 'assumed' as const };
const gate = step({ id: 'g', kind: 'gate' });
const rounds = step({ id: 'r', kind: 'repeat', decides: 'person' });
const plan = planOf([act('1', { a: '1' }, { estimate: assumed }), act('2', { b: '1' }), gate, rounds]);

/** A run that was done, in which steps took so long. */
function done(took: Record<string, number>, more: Partial<RunState> = {}): RunState {
  const log = new Log().opened().decided('start');
  for (const [id, durationMs] of Object.entries(took)) log.intent(id).outcome(id, 'done', { durationMs });
  return { ...runStateOf(plan, log.add({ kind: 'run-closed', end: 'done' }).events), ...more };
}
const estimates = (runs: readonly RunState[]) =>
  Object.fromEntries(withMeasured(plan, runs).steps.map(({ id, estimate }) => [id, estimate]));

describe('times that were measured', () => {
  it('are those of the steps in runs that were done; what nobody measured stays as it is', () => {
    expect(estimates([])).toEqual({ '1': assumed, '2': null, g: null, r: null });
    expect(estimates([done({ '2': 40.4 })])).toEqual({
      '1': assumed,
      '2': { p50Ms: 40, p90Ms: 40, basis: 'measured' },
      g: null,
      r: null,
    });
  });

  it('of a group are those from its first step to its last', () => {
    const group = step({ id: 'all', kind: 'group' });
    const grouped = planOf([
      act('1', { a: '1' }, { group: 'all' }),
      act('2', { b: '1' }, { group: 'all' }),
      group,
    ]);
    const log = new Log().opened().done('1', '2').add({ kind: 'run-closed', end: 'done' });
    const run = runStateOf(grouped, log.events);
    const took = run.steps.all?.durationMs ?? 0;
    expect(took).toBeGreaterThan(2);
    const { steps } = withMeasured(grouped, [run]);
    expect(steps.find(({ id }) => id === 'all')?.estimate).toEqual({
      p50Ms: took,
      p90Ms: took,
      basis: 'measured',
    });
  });

  it('likely and rare, of the newest twenty', () => {
    const runs = Array.from({ length: 25 }, (_, index) => done({ '1': index + 1 }, { openedAt: index }));
    // 6 to 25 count, in whatever order they come.
    for (const given of [runs, runs.toReversed()])
      expect(estimates(given)['1']).toEqual({ p50Ms: 15, p90Ms: 23, basis: 'measured' });
  });

  it.each<[string, RunState]>([
    ['another procedure', done({ '1': 40 }, { procedure: 'failover' })],
    ['another subject', done({ '1': 40 }, { subject: 'files' })],
    ['a run that was undone', done({ '1': 40 }, { status: 'undone' })],
  ])('%s says nothing', (_, run) => {
    expect(estimates([run])['1']).toEqual(assumed);
  });

  it('neither does a second attempt, what was found out afterwards, or how long a person thought', () => {
    const log = new Log()
      .opened()
      .intent('1')
      .outcome('1', 'failed')
      .intent('1', 'apply', 2)
      .outcome('1', 'done', { attempt: 2 })
      .intent('2')
      .outcome('2', 'done', { by: 'probe' });
    const run = runStateOf(plan, log.done('g', 'r').add({ kind: 'run-closed', end: 'done' }).events);
    expect(estimates([run])).toEqual(estimates([]));
  });

  it('change nothing else of the plan, and not its fingerprint', () => {
    const measured = withMeasured(plan, [done({ '1': 5, '2': 6 })]);
    const digest = (text: string) => createHash('sha256').update(text).digest('hex');
    expect(fingerprintOf(measured, digest)).toBe(fingerprintOf(plan, digest));
    const without = ({ steps, ...rest }: typeof plan) => ({
      ...rest,
      steps: steps.map((one) => ({ ...one, estimate: null })),
    });
    expect(without(measured)).toEqual(without(plan));
  });
});
