import { expect, test } from 'vitest';
import { ended, plan, sent, stateAfter } from './plan.test-kit';
import { countOf, currentRow, stepRowsOf } from './step-rows';

const rowsAfter = (...events: Parameters<typeof stateAfter>[0]) => stepRowsOf(plan, stateAfter(events));
const currentAfter = (...events: Parameters<typeof stateAfter>[0]) =>
  currentRow(rowsAfter(...events))?.step.id;

test('steps stand in the order of the plan, members below their group, with one line before the point of no return', () => {
  const rows = rowsAfter();
  expect(rows.map(({ step, depth, noReturn }) => [step.id, depth, noReturn])).toEqual([
    ['events', 0, false],
    ['stop', 0, false],
    ['close', 1, false],
    ['open', 1, true],
    ['follow', 0, false],
  ]);
});

test('a group is as its members are', () => {
  const group = (...events: Parameters<typeof stateAfter>[0]) =>
    rowsAfter(...events).find(({ step }) => step.id === 'stop')?.state.state;
  expect(group()).toBe('pending');
  expect(group(sent('close', 1100))).toBe('running');
  expect(group(sent('close', 1100), ended('close', 1200))).toBe('running');
  expect(group(sent('close', 1100), ended('close', 1200), sent('open', 1300), ended('open', 1400))).toBe(
    'done',
  );
  expect(group(sent('close', 1100), ended('close', 1200, 'failed'))).toBe('failed');
});

test('the step to look at is the one that runs, else what failed, else the next', () => {
  expect(currentAfter()).toBe('events');
  expect(currentAfter(sent('events', 1100))).toBe('events');
  expect(currentAfter(sent('events', 1100), ended('events', 1200))).toBe('close');
  const toOpen = [sent('events', 1100), ended('events', 1200), sent('close', 1300)];
  expect(currentAfter(...toOpen, ended('close', 1400, 'failed'))).toBe('close');
  const all = ['events', 'close', 'open', 'follow'].flatMap((id) => [sent(id, 1100), ended(id, 1200)]);
  expect(currentAfter(...all)).toBe('follow');
});

test('groups are not counted as steps', () => {
  expect(countOf(rowsAfter(sent('events', 1100), ended('events', 1200)))).toEqual({ done: 1, of: 4 });
});
