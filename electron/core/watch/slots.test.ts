import { expect, test } from 'vitest';
import { Slots } from './slots';

test('never more than the size at once, in the order of arrival, also when work fails', async () => {
  const slots = new Slots(2);
  const order: number[] = [];
  let running = 0;
  let most = 0;
  const work = (n: number) => async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 5));
    order.push(n);
    running -= 1;
    if (n === 1) throw new Error('one fails');
  };
  const results = await Promise.allSettled([0, 1, 2, 3, 4].map((n) => slots.use(work(n))));
  expect(most).toBe(2);
  expect(order).toEqual([0, 1, 2, 3, 4]);
  expect(results.map((result) => result.status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
    'fulfilled',
  ]);
});
