import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { LONG_FILES, longestFirst } from './test-order.mjs';

const root = path.resolve(import.meta.dirname, '../..');

it.each(LONG_FILES)('%s is there: a name that fits nothing would let it begin last', (name) => {
  expect(existsSync(path.join(root, name))).toBe(true);
});

it('begins with the longest and loses none', () => {
  const [longest, second] = LONG_FILES.map((name) => `/a/checkout/${name}`);
  const files = ['/a/checkout/lab/up.lab.test.ts', second, '/a/checkout/shared/clean.test.ts', longest];
  expect(longestFirst(files, String)).toEqual([longest, second, files[0], files[2]]);
});
