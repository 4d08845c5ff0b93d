import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Script } from 'node:vm';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeCache } from './code-cache.mjs';

/** A program that does what the command line's bundle does: takes from Node, loads late, knows its folder. */
const PROGRAM = `
import { basename } from 'node:path';
const late = await0(import('node:dns/promises'));
function await0(promise) { return promise.then((found) => typeof found.lookup); }
void late.then((kind) => console.log(basename('/a/b'), process.argv[2], kind, __dirname.length > 0));
`;
let folder: string;
const start = () =>
  execFileSync(process.execPath, [path.join(folder, 'out/patronus.mjs'), 'word'], {
    encoding: 'utf8',
  }).trim();

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'code-cache-'));
  writeFileSync(path.join(folder, 'patronus.js'), PROGRAM);
  await build({
    root: folder,
    configFile: false,
    logLevel: 'error',
    plugins: [codeCache()],
    build: {
      ssr: true,
      target: 'node20',
      outDir: path.join(folder, 'out'),
      rollupOptions: {
        input: { patronus: path.join(folder, 'patronus.js') },
        output: { entryFileNames: '[name].cjs', format: 'cjs' },
        external: [/^node:/],
      },
    },
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the built program starts, and V8 takes the cache that was made for it', () => {
  expect(start()).toBe('b word function true');
  const file = path.join(folder, 'out/patronus.cjs');
  const script = new Script(readFileSync(file, 'latin1'), { cachedData: readFileSync(`${file}.cache`) });
  expect(script.cachedDataRejected).toBe(false);
});

test.each([
  ['there is none', (cache: string) => rmSync(cache)],
  ['it is empty', (cache: string) => writeFileSync(cache, '')],
  ['it is none', (cache: string) => writeFileSync(cache, 'no cache at all')],
  ['it is cut off', (cache: string) => writeFileSync(cache, readFileSync(cache).subarray(0, 200))],
])('without a cache it can use, it is compiled as ever: %s', (_, spoil) => {
  const cache = path.join(folder, 'out/patronus.cjs.cache');
  copyFileSync(cache, `${cache}.kept`);
  try {
    spoil(cache);
    expect(start()).toBe('b word function true');
  } finally {
    copyFileSync(`${cache}.kept`, cache);
  }
});
