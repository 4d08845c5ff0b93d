import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

/** docs/faults.md against the tests there are. */

const root = path.resolve(import.meta.dirname, '../../..');
const FOLDERS = ['electron', 'shared', 'e2e', 'bench'];

interface Row {
  fault: string;
  tests: string[];
  notYet: boolean;
}
const ROWS: Row[] = readFileSync(path.join(root, 'docs/faults.md'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    const fault = /^(F\d+) /.exec(cells[1] ?? '')?.[1];
    const tests = cells[4] ?? '';
    return fault === undefined
      ? []
      : [
          {
            fault,
            tests: [...tests.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''),
            notYet: /^not yet: \w/.test(tests),
          },
        ];
  });

/** Files with a test whose title, or the title of whose case, begins with the number. */
const named = new Map<string, string[]>();
for (const folder of FOLDERS)
  for (const name of readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })) {
    if (!/\.(test|spec)\.tsx?$/.test(name) || name.endsWith('catalogue.test.ts')) continue;
    const file = path.join(folder, name);
    const numbers = readFileSync(path.join(root, file), 'utf8').matchAll(/(?<=['"`])F\d+(?=[ :])/g);
    for (const [fault] of numbers) named.set(fault, [...new Set([...(named.get(fault) ?? []), file])]);
  }

test('the table has F1 to F37, each once', () => {
  expect(ROWS.map(({ fault }) => fault)).toEqual(Array.from({ length: 37 }, (_, at) => `F${at + 1}`));
});

test.each(ROWS.filter(({ notYet }) => !notYet))(
  '$fault has the tests the table names',
  ({ fault, tests }) => {
    expect(tests.length).toBeGreaterThan(0);
    for (const file of tests) expect(named.get(fault) ?? [], `a test named "${fault} …"`).toContain(file);
  },
);

test.each(ROWS.filter(({ notYet }) => notYet))(
  '$fault is not tested yet; when it is, the table says where',
  ({ fault }) => {
    expect(named.get(fault) ?? []).toEqual([]);
  },
);
