// @ts-check
/** Makes the built command line start fast: see cli-loader.mjs. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** `import('node:…')`. A script that V8 took from a cache cannot import (Node forgets to tell it how): it requires. */
const DYNAMIC = /\bimport\(([`'"]node:[a-z/_]+[`'"])\)/g;

/**
 * The same program in ASCII: V8 takes such a text as it lies in the file, any other has to be decoded at each start.
 * A letter stands for itself or for its escape everywhere but behind a backslash, and in raw templates.
 */
function inAscii(/** @type {string} */ code) {
  if (/\\[^\0-\x7f]|String\.raw`[^`]*[^\0-\x7f]/.test(code))
    throw new Error('a letter that cannot be escaped');
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** @returns {import('vite').Plugin} */
export function codeCache() {
  return {
    name: 'code-cache',
    generateBundle() {
      const source = fs.readFileSync(path.join(import.meta.dirname, 'cli-loader.mjs'), 'utf8');
      this.emitFile({ type: 'asset', fileName: 'patronus.mjs', source });
    },
    // After every other plugin, minifiers too: V8 takes a cache only for the very text it was made from.
    writeBundle: {
      order: 'post',
      handler({ dir }) {
        if (!dir) throw new Error('the command line is built into a folder');
        const file = path.join(dir, 'patronus.cjs');
        const code = fs
          .readFileSync(file, 'utf8')
          .replace(DYNAMIC, 'Promise.resolve().then(() => require($1))');
        if (/\bimport\(/.test(code)) throw new Error(`${file}: an import() that would fail when it runs`);
        // One function of what the bundle takes from Node, so that a script can be made of it.
        fs.writeFileSync(file, `(function (require, __dirname) {${inAscii(code)}\n})`);
        const { status, stderr } = spawnSync(process.execPath, ['-e', COMPILE, file], { encoding: 'utf8' });
        if (status !== 0) throw new Error(`no code cache for ${file}\n${stderr}`);
      },
    },
  };
}

/**
 * In a process of its own, because of the flag: every function is compiled now, not when it is first called. The
 * flag is taken back before the cache is made, since V8 refuses one that was made under other flags than it runs.
 */
const COMPILE = `
const fs = require('node:fs'), v8 = require('node:v8'), vm = require('node:vm');
const file = process.argv[1];
v8.setFlagsFromString('--no-lazy');
const script = new vm.Script(fs.readFileSync(file, 'latin1'), { filename: file });
v8.setFlagsFromString('--lazy');
fs.writeFileSync(file + '.cache', script.createCachedData());
`;
