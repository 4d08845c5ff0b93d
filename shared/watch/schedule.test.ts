import { expect, test } from 'vitest';
import type { AppError, Stage } from '../errors';
import { isDue, MAX_BACKOFF_MS, mayBeEarly, nextDelay } from './schedule';

const failed = (stage: Stage): AppError => ({ code: 'E_X', stage, message: 'x', retryable: true });

test.each([
  [0, null, 0.5, 4000],
  [0, null, 0, 3600],
  [1, failed('tcp'), 0.5, 4000],
  [2, failed('tcp'), 0.5, 8000],
  [3, failed('banner'), 0.5, 16_000],
  [40, failed('lost'), 0.5, MAX_BACKOFF_MS],
  [1, failed('auth'), 0.5, null],
  [1, failed('hostkey'), 0.5, null],
  [1, failed('egress'), 0.5, null],
])('after %i failures with %o the next look comes in time', (failures, error, random, expected) => {
  expect(nextDelay({ failures, error }, 4000, random)).toBe(expected);
});

test.each([
  ['poll', 0, 1, true],
  ['slow', null, 0, true],
  ['slow', 0, 29_999, false],
  ['slow', 0, 30_000, true],
  ['rare', 0, 299_999, false],
  ['rare', 0, 300_000, true],
] as const)('%s probe last run at %s is due at %i: %s', (cadence, last, now, due) => {
  expect(isDue(cadence, last, now, 4000)).toBe(due);
});

test.each([
  ['never read', undefined, false],
  ['cheap, just now', { at: 9_000, durationMs: 50 }, true],
  ['dear, just now', { at: 9_000, durationMs: 51 }, false],
  ['dear, long ago', { at: 0, durationMs: 500 }, true],
])('an early reading is worth a twentieth of the time: %s', (_what, last, expected) => {
  expect(mayBeEarly(last, 10_000)).toBe(expected);
});
