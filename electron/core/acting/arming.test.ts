import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { nodeClock } from '../ports-node';
import { ARMED_MS, Arming } from './arming';

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

function arming() {
  const told: string[] = [];
  const made = new Arming(nodeClock, ({ armed }, why) => told.push(armed ? 'armed' : why));
  return { made, told };
}

test('a console starts disarmed, and says nothing of disarming what was never armed', () => {
  const { made, told } = arming();
  expect(made.get()).toEqual({ armed: false, until: null });
  made.set(false);
  expect(told).toEqual([]);
});

test('it is armed for a quarter of an hour, and tells when that is over', () => {
  const { made, told } = arming();
  expect(made.set(true)).toEqual({ armed: true, until: 1_000_000 + ARMED_MS });
  vi.advanceTimersByTime(ARMED_MS - 1);
  expect(made.armed).toBe(true);
  vi.advanceTimersByTime(1);
  expect(made.get()).toEqual({ armed: false, until: null });
  expect(told).toEqual(['armed', 'expired']);
});

test('arming again counts anew; disarming is at once', () => {
  const { made, told } = arming();
  made.set(true);
  vi.advanceTimersByTime(ARMED_MS - 1_000);
  made.set(true);
  vi.advanceTimersByTime(2_000);
  expect(made.armed).toBe(true);
  made.set(false);
  expect(made.armed).toBe(false);
  vi.advanceTimersByTime(ARMED_MS);
  expect(told).toEqual(['armed', 'armed', 'person']);
});

test('setting the clock on the wall back wins no time', () => {
  const { made } = arming();
  made.set(true);
  vi.setSystemTime(0);
  vi.advanceTimersByTime(ARMED_MS);
  expect(made.armed).toBe(false);
});
