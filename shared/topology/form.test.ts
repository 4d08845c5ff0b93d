import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { parseEstate } from '../estate/parse';
import { layoutIn } from './form';
import { topologyOf } from './topology-of';

const topology = (name: string) => {
  const text = readFileSync(resolve(import.meta.dirname, `../../estates/${name}.yaml`), 'utf8');
  const parsed = parseEstate(text, name);
  if (!parsed.ok) throw new Error(name);
  return topologyOf(parsed.value, { estate: name, takenAt: 0, periodMs: 1000, hosts: {} });
};

it.each([
  ['patronus', 1372, 690, 'card', 'there is room for everything'],
  ['patronus', 1112, 380, 'compact', 'the window is low'],
  ['embassy', 1112, 510, 'card', 'it is the width that makes the picture small: low cards would not help'],
  ['embassy', 1512, 510, 'compact', 'it is the height that would make the picture small'],
  ['longjump', 1112, 510, 'compact', 'cards would be half as large'],
] as const)('%s in %i×%i is drawn in form %s: %s', (estate, width, height, form, _why) => {
  expect(layoutIn(topology(estate), { width, height }).form).toBe(form);
});

it('gives a picture before the window has a size', () => {
  expect(layoutIn(topology('patronus'), { width: 0, height: 0 }).boxes).not.toHaveLength(0);
});
