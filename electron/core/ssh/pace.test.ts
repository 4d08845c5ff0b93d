import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createPace } from './pace';

let gauges = { now: 0, spent: 0 };
beforeEach(() => {
  vi.useFakeTimers();
  gauges = { now: 0, spent: 0 };
});
afterEach(() => vi.useRealTimers());
/** One tick of the timer, so many milliseconds after the last, in which this process worked for so many. */
const tick = async (worked: number, passed = Math.max(5, worked)) => {
  gauges.now += passed;
  gauges.spent += worked;
  await vi.advanceTimersByTimeAsync(5);
};

function crowd(size: number) {
  const pace = createPace({ now: () => gauges.now, spent: () => gauges.spent });
  let begun = 0;
  for (let i = 0; i < size; i += 1)
    void pace.calm().then(() => {
      begun += 1;
    });
  return { pace, begun: () => begun };
}

it('two at a time while the loop keeps up, none while it does not', async () => {
  const { begun } = crowd(10);
  await tick(1);
  expect(begun()).toBe(2);
  await tick(50);
  expect(begun()).toBe(2);
  await tick(4);
  expect(begun()).toBe(4);
});

it('a tick that others delayed makes up for those that were left out, within bounds', async () => {
  const { begun } = crowd(100);
  await tick(2, 15);
  expect(begun()).toBe(6);
  await tick(2, 500);
  expect(begun()).toBe(16);
});

it('goes on, one by one, when the loop never keeps up', async () => {
  const { begun } = crowd(10);
  await tick(1);
  for (let i = 0; i < 10; i += 1) await tick(50);
  expect(begun()).toBe(2 + 5);
});

it('runs no timer when nobody waits, and begins anew', async () => {
  const { pace, begun } = crowd(1);
  await tick(1);
  expect(begun()).toBe(1);
  expect(vi.getTimerCount()).toBe(0);
  const again = pace.calm();
  await tick(1);
  await again;
});
