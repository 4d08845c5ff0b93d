import { describe, expect, it } from 'vitest';
import { isSuspect, wakeBetween } from './wake';

const HOUR = 3_600_000;

describe('what the clocks say', () => {
  it.each([
    ['a second', 1_000, 1_000, null],
    ['a busy program', 3_000, 3_000, null],
    ['a small correction', 900, 1_000, null],
    ['the program was stopped', 15_000, 15_000, { why: 'slept', ms: 15_000 }],
    ['the desk was suspended: the monotonic clock stood still', 600_000, 900, { why: 'slept', ms: 600_000 }],
    ['the clock was set forward: no way to tell from sleep', HOUR, 1_000, { why: 'slept', ms: HOUR }],
    ['the clock was set back', 1_000 - HOUR, 1_000, { why: 'clock-back', ms: HOUR }],
    ['stopped, and meanwhile set back', 15_000 - HOUR, 15_000, { why: 'slept', ms: 15_000 }],
  ] as const)('%s', (_what, wall, monotonic, expected) => {
    const before = { wall: 5 * HOUR, monotonic: 70 };
    expect(wakeBetween(before, { wall: before.wall + wall, monotonic: 70 + monotonic })).toEqual(expected);
  });
});

describe('a reading that is not to be believed', () => {
  it.each([
    ['nothing happened', 99, undefined, false],
    ['read since', 100, 100, false],
    ['read before', 99, 100, true],
    ['an instant ahead: two clocks of one look', 1_500, undefined, false],
    ['from a time that has yet to come', 3_000, undefined, true],
  ] as const)('%s', (_what, at, suspectBefore, expected) => {
    expect(isSuspect(at, 200, suspectBefore)).toBe(expected);
  });
});
