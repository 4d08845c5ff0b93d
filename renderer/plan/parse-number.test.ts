import { expect, it } from 'vitest';
import { parseNumber } from './parse-number';

it.each([
  ['80', 80],
  ['2.5', 2.5],
  ['2,5', 2.5],
  ['1 000', 1000],
  ['1\u202f000\u00a0000', 1_000_000],
  ['-3', -3],
  ['1e6', 1_000_000],
  ['.5', 0.5],
  ['', null],
  ['1,000,000', null],
  ['80 %', null],
  ['0x10', null],
  ['Infinity', null],
  ['1e999', null],
] as const)('%j is %s', (text, value) => {
  expect(parseNumber(text)).toBe(value);
});
