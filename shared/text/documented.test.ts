import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { errors } from './en/errors';

test('every error code stands in the operations guide', () => {
  const guide = readFileSync(path.resolve(import.meta.dirname, '../../docs/OPERATIONS.md'), 'utf8');
  expect(Object.keys(errors).filter((code) => !guide.includes(code))).toEqual([]);
});
