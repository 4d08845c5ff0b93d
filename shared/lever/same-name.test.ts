import { expect, test } from 'vitest';
import { leftToType, sameName } from './same-name';

test.each([
  ['db-a', 'db-a', true],
  ['DB-A', 'db-a', true],
  [' db-a\t', 'db-a', true],
  ['serveur-ete', 'serveur-été', true],
  ['SERVEUR-E\u0301TE\u0301', 'serveur-été', true],
  ['db-b', 'db-a', false],
  ['db-', 'db-a', false],
  ['db-a b', 'db-a', false],
  ['', 'db-a', false],
  // A name that is nothing is never typed.
  ['', '', false],
  [' ', '\u0301', false],
])('“%s” typed for “%s”: %s', (typed, expected, same) => {
  expect(sameName(typed, expected)).toBe(same);
});

test('says how much is left, as people count characters', () => {
  expect(leftToType('db', 'db-a')).toBe(2);
  expect(leftToType('', 'été')).toBe(3);
  expect(leftToType('É', 'été')).toBe(2);
  expect(leftToType('db-a', 'db-a')).toBe(0);
  expect(leftToType('dx', 'db-a')).toBeNull();
  expect(leftToType('db-ab', 'db-a')).toBeNull();
});
