import type { Reading } from '@shared/runbook/state-model';
import { expect, test } from 'vitest';
import { ended, plan, reading, sent, stateAfter } from './plan.test-kit';
import { resumeRows } from './resume-rows';

const crashed = stateAfter(
  [sent('events', 1100), ended('events', 1200), sent('close', 1300)],
  false, // nobody acts: what was sent last is unknown
);
const found = (values: Record<string, string | null>): Reading[] =>
  Object.entries(values).map(([id, value]) => reading(id, value));
const soOf = (readings: Reading[] | null, state = crashed) =>
  Object.fromEntries(resumeRows(plan, state, readings).map(({ step, so }) => [step.id, so]));

test('as long as nobody was asked, nothing follows', () => {
  expect(new Set(Object.values(soOf(null)))).toEqual(new Set([null]));
});

test('what the servers say decides what became of the step that was sent', () => {
  const rest = { events: 'off', open: '0', source: 'a' };
  expect(soOf(found({ ...rest, closed: '1' }))).toEqual({
    events: 'proved',
    close: 'happened',
    open: 'todo',
    follow: 'todo',
  });
  expect(soOf(found({ ...rest, closed: '0' })).close).toBe('not-happened');
  expect(soOf(found({ ...rest, closed: '7' })).close).toBe('partly');
});

test('what was not read is unknown, whatever the journal says', () => {
  const all = found({ events: null, closed: null, open: null, source: null });
  expect(new Set(Object.values(soOf(all)))).toEqual(new Set(['unknown']));
  expect(soOf([]).close).toBe('unknown');
});

test('somebody else’s hand shows: done and no longer so, or not begun and yet so', () => {
  const so = soOf(found({ events: 'on', closed: '1', open: '1', source: 'a' }));
  expect(so.events).toBe('changed');
  expect(so.open).toBe('ahead');
});

test('what was taken back must read as before', () => {
  const undone = stateAfter([
    sent('events', 1100),
    ended('events', 1200),
    sent('events', 1300, 'undo'),
    ended('events', 1400, 'done', 'undo'),
  ]);
  expect(soOf(found({ events: 'on' }), undone).events).toBe('undone');
  expect(soOf(found({ events: 'off' }), undone).events).toBe('changed');
});
