import type { Wiring } from './scenario';

/** One primary and two tiers. */
export const CHAIN: Wiring = {
  members: { 'db-a': 'primary', 'db-b': 'replica', 'db-c': 'replica' },
  follows: [
    ['db-b', 'db-a'],
    ['db-c', 'db-b'],
  ],
  open: ['db-a'],
};

export const STAR: Wiring = {
  members: { 'db-a': 'primary', 'db-b': 'replica', 'db-c': 'replica' },
  follows: [
    ['db-b', 'db-a'],
    ['db-c', 'db-a'],
  ],
  open: ['db-a'],
};

export const TREE: Wiring = {
  members: { 'db-a': 'primary', 'db-b': 'replica', 'db-c': 'replica', 'db-d': 'replica' },
  follows: [
    ['db-b', 'db-a'],
    ['db-c', 'db-a'],
    ['db-d', 'db-b'],
  ],
  open: ['db-a'],
};

/** db-c follows two primaries that have nothing to do with each other. */
export const MULTI_SOURCE: Wiring = {
  members: { 'db-a': 'primary', 'db-b': 'primary', 'db-c': 'replica' },
  follows: [
    ['db-c', 'db-a'],
    ['db-c', 'db-b'],
  ],
  open: ['db-a', 'db-b'],
};

/** Two that follow each other; one of them is open. */
export const CIRCLE: Wiring = {
  members: { 'db-a': 'unknown', 'db-b': 'unknown' },
  follows: [
    ['db-a', 'db-b'],
    ['db-b', 'db-a'],
  ],
  open: ['db-a'],
};

/** Two pairs that nothing joins. */
export const ISLANDS: Wiring = {
  members: { 'db-a': 'primary', 'db-b': 'replica', 'db-c': 'primary', 'db-d': 'replica' },
  follows: [
    ['db-b', 'db-a'],
    ['db-d', 'db-c'],
  ],
  open: ['db-a', 'db-c'],
};

/** Three that order their writes among themselves: no channel is made by hand. */
export const GROUP: Wiring = {
  members: { 'db-a': 'unknown', 'db-b': 'unknown', 'db-c': 'unknown' },
  follows: [],
  open: [],
};
