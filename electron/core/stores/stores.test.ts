import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { readIfThere, writeAtomic } from './atomic-file';
import { jsonStore } from './json-store';
import { settingsStore } from './settings-store';

const made: string[] = [];
const folder = async () => {
  const dir = await mkdtemp(path.join(tmpdir(), 'patronus-store-'));
  made.push(dir);
  return dir;
};
afterAll(() => Promise.all(made.map((dir) => rm(dir, { recursive: true }))));

test('a file is replaced whole, readable by its owner alone, and nothing is left beside it', async () => {
  const dir = await folder();
  const file = path.join(dir, 'deep', 'a.json');
  await writeAtomic(file, 'one');
  await writeAtomic(file, 'two');
  expect(await readFile(file, 'utf8')).toBe('two');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readdir(path.dirname(file))).toEqual(['a.json']);
});

test('a place that cannot be written is a coded error and leaves nothing behind', async () => {
  const dir = await folder();
  await writeFile(path.join(dir, 'file'), '');
  await expect(writeAtomic(path.join(dir, 'file', 'a'), 'x')).rejects.toMatchObject({
    error: { code: 'E_STORE_WRITE', stage: 'store' },
  });
  expect(await readdir(dir)).toEqual(['file']);
  expect(await readIfThere(path.join(dir, 'none'))).toBeNull();
});

test('a document that does not fit its schema is moved aside, not lost', async () => {
  const dir = await folder();
  const file = path.join(dir, 'n.json');
  const store = jsonStore(file, z.number(), 7);
  await writeFile(file, '{"torn":');
  expect(await store.read()).toBe(7);
  expect((await readdir(dir)).sort()).toEqual(['n.json.unreadable']);
  await Promise.all([store.write(1), store.write(2), store.write(3)]);
  expect(await store.read()).toBe(3);
});

test('settings take the language of the session', async () => {
  const dir = await folder();
  expect((await settingsStore(dir, 'fr_FR.UTF-8').read()).language).toBe('fr');
  expect((await settingsStore(dir, 'C').read()).language).toBe('en');
});

test('settings of before the projector are kept', async () => {
  const dir = await folder();
  await writeFile(path.join(dir, 'settings.json'), '{"language":"fr","theme":"light","lastEstate":null}');
  expect(await settingsStore(dir, 'C').read()).toMatchObject({
    language: 'fr',
    theme: 'light',
    projector: false,
  });
});
