import type { RunView } from '@shared/runbook/state-model';
import { texts } from '@shared/text';
import { expect, test } from 'vitest';
import { ended, plan, sent, stateAfter } from './plan.test-kit';
import { annunciatorText } from './run-words';
import { shortHash, shortId } from './short-hash';

const said = (state: RunView['state'], here: boolean, elsewhere: string | null = null) =>
  annunciatorText(
    { plan, state, here, elsewhere, ways: [], sent: [], progress: {}, readings: {}, throttles: {} },
    { runs: texts('en').runs },
  );

test('what runs is told by its step; a person is called when one is needed', () => {
  expect(said(stateAfter([sent('events', 1100)]), true)).toEqual({
    text: 'run on s: step events runs',
    calls: false,
  });
  const failed = stateAfter([sent('events', 1100), ended('events', 1200, 'failed')], false);
  expect(said(failed, false).calls).toBe(true);
});

test('a run that nobody acts in is never said to run', () => {
  const left = said(stateAfter([sent('events', 1100), ended('events', 1200)]), false);
  expect(left.text).toMatch(/nothing is being sent/);
  expect(left.calls).toBe(true);
});

test('a run of another desk is told with its person', () => {
  expect(said(stateAfter([sent('events', 1100)]), false, 'alice@ops-02')).toEqual({
    text: 'run on s is in the hands of alice@ops-02',
    calls: false,
  });
});

test('names are cut only where nobody could say them', () => {
  expect(shortId('r20261121-183612-a1b2c3')).toBe('r20261121-183612-a1b2c3');
  expect(shortId('3e11fa47-71ca-11e1-9e33-c80aa9429562')).toBe('3e11fa47');
  expect(shortHash('7be0c2147be0c214')).toBe('7be0·c214');
  expect(shortHash('p')).toBe('p');
});
