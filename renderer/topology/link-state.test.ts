import { expect, it } from 'vitest';
import { linkState } from './link-state';

const link = (
  declared: boolean,
  observed: boolean,
  unknown: boolean,
  configured: string[] = [],
  broken = false,
) => ({
  broken,
  declared,
  observed,
  unknown,
  configured,
});

it.each([
  [link(true, true, false), 'seen'],
  [link(true, false, false), 'declared'],
  [link(false, true, false), 'observed'],
  [link(true, true, false, ['replication']), 'replication'],
  [link(true, false, true), 'unknown'],
  [link(true, true, true, ['replication']), 'unknown'],
  [link(true, false, false, ['mount']), 'declared'],
  [link(true, true, false, [], true), 'broken'],
])('%o is drawn as %s', (each, state) => {
  expect(linkState(each)).toBe(state);
});
