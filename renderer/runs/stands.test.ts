import { RunStatus } from '@shared/runbook/state-model';
import { texts } from '@shared/text';
import { describe, expect, it } from 'vitest';
import { standsText } from './stands';

const plain = { passedOver: false, by: null } as const;
const says = (status: RunStatus, state: 'failed' | 'undo-failed' | 'unknown', here = false) =>
  standsText({ status, here }, { ...plain, state }, 'db-a', texts('en')) ?? '';

describe('what a step says of the rest of its run', () => {
  it.each(['done', 'undone', 'left'] as const)(
    'one that ended (%s) waits for nobody’s decision',
    (status) => {
      for (const state of ['failed', 'undo-failed', 'unknown'] as const) {
        if (status === 'left' || state !== 'unknown')
          expect(says(status, state)).not.toMatch(/until|decides|asked/);
      }
    },
  );

  it('a failed step is undone, being undone, or waits for a person', () => {
    expect(says('undone', 'failed')).toBe('It failed. All that had been done was undone.');
    expect(says('undoing', 'failed')).toBe('It failed. All that was done is being undone.');
    expect(says('stopped', 'failed')).toBe('It failed. Nothing follows until a person decides.');
    expect(says('left', 'failed')).toBe('It failed. The run ended, and all was left as it is.');
  });

  it('what could not be undone waits for a person, also while the rest is taken back', () => {
    expect(says('undoing', 'undo-failed')).toBe(says('stopped', 'undo-failed'));
    expect(says('stopped', 'undo-failed')).toMatch(/could not be undone.*until a person decides/);
  });

  it('an unknown step is asked for by whoever acts, and later where nobody does', () => {
    expect(says('running', 'unknown', true)).toContain('db-a is asked');
    expect(says('stopped', 'unknown')).toContain('Whoever goes on asks db-a first');
  });

  it('every state of a run has its words in both languages', () => {
    for (const language of ['en', 'fr'] as const)
      for (const status of RunStatus.options)
        expect(
          standsText({ status, here: true }, { ...plain, state: 'failed' }, 'x', texts(language)),
        ).toMatch(/^.+\. .+\.$/);
  });
});
