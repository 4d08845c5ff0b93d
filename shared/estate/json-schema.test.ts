import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { estateJsonSchema } from './json-schema';

const FILE = resolve(import.meta.dirname, '../../estates/estate.schema.json');

test('estates/estate.schema.json is what the schema says (UPDATE=1 rewrites it)', () => {
  if (process.env.UPDATE === '1') writeFileSync(FILE, estateJsonSchema());
  expect(readFileSync(FILE, 'utf8')).toBe(estateJsonSchema());
});
