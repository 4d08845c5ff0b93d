import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createPace } from './pace';

let time = 0;
beforeEach(() => {
  vi.useFakeTimers();
  time = 0;
});
afterEach(() => vi.useRealTimers());
/** One tick of the timer that comes so many milliseconds late. */
const tick = async (late = 0) => {
  time += 5 + late;
  await vi.advanceTimersByTimeAsync(5);
};

function crowd(size: number) {
  const pace = createPace(() => time);
  let begun = 0;
  for (let i = 0; i < size; i += 1)
    void pace.calm().then(() => {
      begun += 1;
    });
  return { pace, begun: () => begun };
}

it('two at a time while the loop keeps up, none while it does not', async () => {
  const { begun } = crowd(10);
  await tick();
  expect(begun()).toBe(2);
  await tick(50);
  expect(begun()).toBe(2);
  await tick(8);
  expect(begun()).toBe(4);
});

it('goes on, one by one, when the loop never keeps up', async () => {
  const { begun } = crowd(10);
  await tick();
  for (let i = 0; i < 10; i += 1) await tick(45);
  expect(begun()).toBe(2 + 5);
});

it('runs no timer when nobody waits, and begins anew', async () => {
  const { pace, begun } = crowd(1);
  await tick();
  expect(begun()).toBe(1);
  expect(vi.getTimerCount()).toBe(0);
  const again = pace.calm();
  await tick();
  await again;
});
