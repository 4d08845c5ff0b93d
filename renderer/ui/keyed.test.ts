import { expect, test } from 'vitest';
import { keyed } from './keyed';

const keys = (list: readonly string[]) => keyed(list, (text) => text).map(({ key }) => key);

test('those that say the same have keys of their own, which stay while the list grows', () => {
  expect(new Set(keys(['a', 'b', 'a', 'a'])).size).toBe(4);
  expect(keys(['a', 'b', 'a', 'c', 'b'])).toEqual(expect.arrayContaining(keys(['a', 'b', 'a'])));
  expect(keyed([], String)).toEqual([]);
});
