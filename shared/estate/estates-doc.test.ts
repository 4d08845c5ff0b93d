import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

const ROOT = resolve(import.meta.dirname, '../..');
const doc = readFileSync(resolve(ROOT, 'docs/estates.md'), 'utf8');

/** "links/{a,b}-*" → patterns of ids. */
const patternsOf = (id: string): RegExp[] => {
  const [, before = '', inner = id, after = ''] = /^(.*)\{(.*)\}(.*)$/.exec(id) ?? [];
  return inner.split(',').map((part) => new RegExp(`^${before}${part}${after}$`.replaceAll('*', '.*')));
};

describe('docs/estates.md names only what is in the files', () => {
  const sections = doc.split('\n## ').slice(1);
  test.each(sections.map((s) => [/`(estates\/.*?\.yaml)`/.exec(s)?.[1] ?? '', s]))('%s', (file, section) => {
    const estate: Record<string, unknown> = parse(readFileSync(resolve(ROOT, file), 'utf8'));
    const named = [...section.matchAll(/`([a-zA-Z]+)\/([^`/\s]+)/g)].filter(([, c]) => c !== 'estates');
    expect(named.length).toBeGreaterThan(10);
    for (const [whole, collection = '', id = ''] of named) {
      const list = estate[collection];
      const ids = Array.isArray(list) ? list.map((e: { id: string }) => e.id) : Object.keys(Object(list));
      for (const pattern of patternsOf(id))
        expect(
          ids.filter((i) => pattern.test(i)),
          whole,
        ).not.toEqual([]);
    }
  });
});
