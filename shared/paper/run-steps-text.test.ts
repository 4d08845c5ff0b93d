import { expect, it } from 'vitest';
import type { TimedEvent } from '../runbook/events';
import { planOf, step } from '../runbook/plan.test-kit';
import { said } from '../runbook/said';
import { runStateOf } from '../runbook/state';
import type { RunView } from '../runbook/state-model';
import { stepsToText } from './run-steps-text';

const saying = (id: string, number: string, more: object = {}) =>
  step({ id, number, title: said('NO_SUCH_CODE', { name: id }), ...more });
const plan = planOf([saying('one', '1'), saying('two', '2', { needs: ['one'] })], { procedure: 'none' });
const T0 = Date.parse('2026-11-21T18:00:00.000Z');
const base = { run: 'r1', host: 'a', account: 'acting', phase: 'apply', attempt: 1 } as const;
const events: TimedEvent[] = [
  {
    kind: 'run-opened',
    run: 'r1',
    procedure: 'none',
    estate: 'test',
    subject: 'main',
    plan: 'p',
    fingerprint: 'f',
    at: T0,
    who: 'ann@desk',
  },
  { kind: 'intent', ...base, step: 'one', text: 'true', at: T0 + 1, who: 'ann@desk' },
  {
    kind: 'outcome',
    ...base,
    step: 'one',
    result: 'done',
    by: 'answer',
    durationMs: 12,
    at: T0 + 13,
    who: 'ann@desk',
  },
  { kind: 'intent', ...base, step: 'two', text: 'true', at: T0 + 20, who: 'ann@desk' },
];
const viewAfter = (count: number): RunView => ({
  plan,
  state: runStateOf(plan, events.slice(0, count)),
  here: true,
  elsewhere: null,
  ways: [],
  sent: [],
  progress: {},
  readings: {},
  throttles: {},
});

it('prints what changed since the view before, each with its time, and nothing twice', () => {
  expect(stepsToText(null, viewAfter(1), 'en')).toBe('');
  expect(stepsToText(viewAfter(1), viewAfter(2), 'en')).toMatch(/^18:00:00\.001 {2}1 {5}db-a/);
  const both = stepsToText(viewAfter(1), viewAfter(4), 'en').split('\n');
  expect(both[0]).toMatch(/^18:00:00\.013 {2}1 .*12.ms .*NO_SUCH_CODE name=one/);
  expect(both[1]).toMatch(/^18:00:00\.020 {2}2 /);
  expect(stepsToText(viewAfter(4), viewAfter(4), 'fr')).toBe('');
});
