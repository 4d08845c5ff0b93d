import { expect, test } from 'vitest';
import { createSlots } from './slots';

const never = new AbortController().signal;
const soon = () => new Promise((resolve) => setTimeout(resolve, 1));

test('never more than the limit, in the order of arrival, who is first before all who wait', async () => {
  const slots = createSlots(2);
  const order: string[] = [];
  let most = 0;
  const work = async (name: string, first = false) => {
    const leave = await slots.take(never, { first });
    most = Math.max(most, slots.inUse());
    order.push(name);
    await soon();
    leave();
    leave(); // giving back twice must not make a place out of nothing
  };
  await Promise.all([work('a'), work('b'), work('c'), work('d'), work('person', true)]);
  expect(most).toBe(2);
  expect(order).toEqual(['a', 'b', 'person', 'c', 'd']);
  expect(slots.inUse()).toBe(0);
});

test('who gives up while waiting takes no place', async () => {
  const slots = createSlots(1);
  const leave = await slots.take(never);
  const stop = new AbortController();
  const waiting = slots.take(stop.signal);
  const next = slots.take(never);
  stop.abort('gone');
  await expect(waiting).rejects.toBe('gone');
  leave();
  (await next)();
  await slots.idle();
});
