import type { RunView } from '@shared/runbook/state-model';
import { expect, test } from 'vitest';
import { withRun } from './live-runs';
import { ended, plan, sent, stateAfter } from './plan.test-kit';

const view = (state: RunView['state']): RunView => ({
  plan,
  state,
  here: true,
  elsewhere: null,
  ways: [],
  sent: [],
  progress: {},
  readings: {},
  throttles: {},
});

test('an event takes the place of the older state of its run, or stands first', () => {
  const before = stateAfter([sent('events', 1100)]);
  const after = stateAfter([sent('events', 1100), ended('events', 1200)]);
  const other = { ...before, id: 'other' };
  expect(withRun([other, before], view(after))).toEqual([other, after]);
  expect(withRun([other], view(after))).toEqual([after, other]);
});

test('a list that was never asked for is not made up from one run', () => {
  expect(withRun(undefined, view(stateAfter([])))).toBeUndefined();
});
