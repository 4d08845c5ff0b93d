import { expect, test } from 'vitest';
import { searchOf, stepIn } from './search';

const node = (id: string, address: string | null = null) => ({
  id,
  service: id,
  title: id,
  host: id,
  address,
  site: 'dc',
  tier: 'web',
  kind: 'apache',
  role: 'web',
  product: null,
  version: null,
  health: 'up' as const,
  takenAt: null,
});
const link = (from: string, to: string) => ({
  from,
  to,
  protocol: 'tcp',
  port: 1,
  declared: false,
  observed: true,
  configured: [],
  unknown: false,
  broken: false,
  firstSeen: null,
  lastSeen: null,
  count: null,
});
const picture = {
  nodes: [node('web-1', '10.0.10.1'), node('db')],
  actors: [{ id: 'users', title: 'Everybody' }],
  links: [link('web-1', '10.0.10.53')],
};

test.each([
  ['', null],
  ['  ', null],
  ['WEB-1', ['web-1']],
  ['10.0.10', ['web-1', '10.0.10.53']],
  ['apache', ['web-1', 'db']],
  ['every', ['users']],
  ['nothing of this', []],
])('“%s” finds %j', (text, found) => {
  const result = searchOf(picture, text);
  expect(result === null ? null : [...result]).toEqual(found);
});

test.each([
  [null, 1, 'a'],
  [null, -1, 'c'],
  ['a', 1, 'b'],
  ['c', 1, 'a'],
  ['a', -1, 'c'],
  ['gone', 1, 'a'],
])('from %s by %i to %s', (from, by, to) => {
  expect(stepIn(['a', 'b', 'c'], from, by)).toBe(to);
  expect(stepIn([], from, by)).toBeNull();
});
