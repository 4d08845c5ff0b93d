// @ts-check
/** What can be built, from what, into what; and whether it is still true. Kept light: `patronus` asks at every start. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const vite = (/** @type {string} */ mode) => ['vite', 'build', '-c', 'vite.node.config.ts', '--mode', mode];
const common = ['package.json', 'package-lock.json', 'tsconfig.base.json'];

/** @type {Record<string, { argv: string[], sources: string[], outputs: string[] }>} */
export const targets = {
  app: {
    argv: ['electron-vite', 'build'],
    sources: ['electron', 'shared', 'renderer', 'estates', 'electron.vite.config.ts'],
    outputs: [
      'out/main/main.js',
      'out/preload/preload.cjs',
      'out/preload/preload-lever.cjs',
      'out/renderer/index.html',
      'out/renderer/lever.html',
    ],
  },
  cli: {
    argv: vite('cli'),
    sources: [
      'electron/core',
      'shared',
      'estates',
      'vite.node.config.ts',
      'scripts/lib/cli-loader.mjs',
      'scripts/lib/code-cache.mjs',
    ],
    outputs: ['out/cli/patronus.mjs', 'out/cli/patronus.cjs'],
  },
  lab: {
    argv: vite('lab'),
    sources: ['lab', 'shared', 'estates', 'vite.node.config.ts'],
    outputs: ['out/lab/lab.mjs', 'out/lab/gate.mjs', 'out/lab/load.mjs'],
  },
  bench: {
    argv: vite('bench'),
    sources: ['bench', 'lab', 'electron/core', 'shared', 'vite.node.config.ts'],
    outputs: ['out/bench/bench.mjs'],
  },
};

export const stampFile = (/** @type {string} */ name) => path.join(root, 'out/.bootstrap', `${name}.stamp`);

/** @param {string} name @param {string} [now] the sources' fingerprint, when the caller has it already */
export function isFresh(name, now = sourcesOf(name)) {
  const target = targets[name];
  if (!target?.outputs.every((file) => fs.existsSync(path.join(root, file)))) return false;
  try {
    return fs.readFileSync(stampFile(name), 'utf8') === now;
  } catch {
    return false;
  }
}

export const sourcesOf = (/** @type {string} */ name) =>
  fingerprint(root, [...common, ...(targets[name]?.sources ?? [])]);

/**
 * Names, sizes and times of every source file: a few milliseconds, where reading them all would take tens.
 * Tests are left out: a changed test never makes the program stale.
 * @param {string} base @param {string[]} entries
 */
export function fingerprint(base, entries) {
  const hash = createHash('sha256');
  const visit = (/** @type {string} */ file) => {
    const stat = fs.statSync(file, { throwIfNoEntry: false });
    if (!stat) return;
    if (stat.isDirectory()) {
      for (const name of fs.readdirSync(file).sort())
        if (name !== 'node_modules' && !name.startsWith('.')) visit(path.join(file, name));
    } else if (!/\.(test|spec)\.tsx?$/.test(file))
      hash.update(`${path.relative(base, file)}\0${stat.size}\0${stat.mtimeMs}\n`);
  };
  for (const entry of entries) visit(path.join(base, entry));
  return hash.digest('hex');
}
