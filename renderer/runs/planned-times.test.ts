import { expect, test } from 'vitest';
import { plan } from './plan.test-kit';
import { blockedTime, plannedTimes } from './planned-times';

test('each step begins when what it needs is likely to end, and a group gives its needs to its members', () => {
  expect(plannedTimes(plan)).toEqual([
    { id: 'events', start: 0, end: 100, rareEnd: 200, known: true },
    { id: 'close', start: 100, end: 110, rareEnd: 240, known: true },
    { id: 'open', start: 110, end: 130, rareEnd: 270, known: true },
    { id: 'follow', start: 130, end: 130, rareEnd: 270, known: false },
  ]);
});

test('writes stop for what the unbroken group takes, by the weakest source, and nothing before it', () => {
  expect(blockedTime(plan)).toEqual({ p50Ms: 30, p90Ms: 70, basis: 'assumed', missing: 0 });
});

test('a group that was timed as a whole takes that long', () => {
  const estimate = { p50Ms: 82, p90Ms: 102, basis: 'measured' as const };
  const timed = plan.steps.map((step) => (step.kind === 'group' ? { ...step, estimate } : step));
  expect(blockedTime({ ...plan, steps: timed })).toEqual({ ...estimate, missing: 0 });
});

test('what nobody ever measured is not taken for no time', () => {
  const unmeasured = plan.steps.map((step) => (step.id === 'close' ? { ...step, estimate: null } : step));
  expect(blockedTime({ ...plan, steps: unmeasured })).toEqual({
    p50Ms: 20,
    p90Ms: 30,
    basis: 'measured',
    missing: 1,
  });
  const none = plan.steps.map((step) => ({ ...step, estimate: null }));
  expect(blockedTime({ ...plan, steps: none })).toBeNull();
});

test('without an unbroken group nothing is said', () => {
  const broken = plan.steps.map((step) => (step.kind === 'group' ? { ...step, unbroken: false } : step));
  expect(blockedTime({ ...plan, steps: broken })).toBeNull();
});
