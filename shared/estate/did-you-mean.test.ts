import { expect, test } from 'vitest';
import { didYouMean, editDistance } from './did-you-mean';

test.each([
  ['', '', 0],
  ['', 'abc', 3],
  ['kitten', 'sitting', 3],
  ['prot', 'port', 1],
  ['ab', 'ba', 1],
  ['same', 'same', 0],
])('from "%s" to "%s": %i', (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance);
  expect(editDistance(b, a)).toBe(distance);
});

test.each([
  ['prot', 'port'],
  ['adress', 'address'],
  ['HOSTS', 'hosts'],
  ['hoost', 'host'],
  ['x', undefined],
  ['completely-else', undefined],
  ['p'.repeat(10_000), undefined],
])('"%s" means %s', (typed, meant) => {
  expect(didYouMean(typed, ['port', 'address', 'hosts', 'host', 'protocol'])).toBe(meant);
});
