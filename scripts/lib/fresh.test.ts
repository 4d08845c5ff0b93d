import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
// @ts-expect-error plain ESM, checked by scripts/tsconfig.json
import { notInstalled } from './debian.mjs';
// @ts-expect-error plain ESM, checked by scripts/tsconfig.json
import { isAlive, withLock } from './lock.mjs';
// @ts-expect-error plain ESM, checked by scripts/tsconfig.json
import { satisfies } from './packages.mjs';
// @ts-expect-error plain ESM, checked by scripts/tsconfig.json
import { fingerprint } from './targets.mjs';

let dir = '';
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'fresh-'));
});
afterEach(() => fs.rmSync(dir, { recursive: true, force: true }));
const write = (name: string, text: string) => {
  fs.mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
  fs.writeFileSync(path.join(dir, name), text);
};

describe('fingerprint of sources', () => {
  it('changes with content, names and deletions, not with tests or node_modules', () => {
    write('src/a.ts', 'one');
    const before = fingerprint(dir, ['src']);
    write('src/a.test.ts', 'test');
    write('src/node_modules/x.js', 'x');
    expect(fingerprint(dir, ['src', 'absent'])).toBe(before);
    write('src/a.ts', 'one, longer');
    const changed = fingerprint(dir, ['src']);
    expect(changed).not.toBe(before);
    write('src/deep/b.ts', '');
    expect(fingerprint(dir, ['src'])).not.toBe(changed);
    fs.rmSync(path.join(dir, 'src/deep'), { recursive: true });
    expect(fingerprint(dir, ['src'])).toBe(changed);
  });

  it('sees a change that keeps the size', () => {
    write('a.ts', 'one');
    const before = fingerprint(dir, ['a.ts']);
    fs.utimesSync(path.join(dir, 'a.ts'), new Date(), new Date(Date.now() + 5_000));
    expect(fingerprint(dir, ['a.ts'])).not.toBe(before);
  });
});

describe('installed packages', () => {
  const one = { version: '1.0.0', integrity: 'sha512-a' };
  const lock = { packages: { '': {}, 'node_modules/a': one, 'node_modules/b': { ...one, optional: true } } };

  it.each([
    [{ 'node_modules/a': one, 'node_modules/b': one }, true],
    [{ 'node_modules/a': one }, true],
    [{}, false],
    [{ 'node_modules/a': { ...one, version: '1.0.1' } }, false],
    [{ 'node_modules/a': { ...one, integrity: 'sha512-b' } }, false],
    [{ 'node_modules/a': one, 'node_modules/old': one }, false],
  ])('%j satisfies the lock: %s', (packages, expected) => {
    expect(satisfies(lock, { packages })).toBe(expected);
  });
});

describe('Debian packages', () => {
  it('takes held and renamed packages for installed, removed ones not', () => {
    const listing = 'ii  libnss3\nhi  libgbm1\nii  libasound2t64\nrc  xvfb\nun  libgtk-3-0\n';
    expect(
      notInstalled(['libnss3', 'libgbm1', 'libasound2', 'xvfb', 'libgtk-3-0', 'xauth'], listing),
    ).toEqual(['xvfb', 'libgtk-3-0', 'xauth']);
  });
});

describe('lock', () => {
  it('lets one in at a time and leaves nothing', async () => {
    const file = path.join(dir, 'lock');
    let inside = 0;
    const enter = () =>
      withLock(file, async () => {
        expect(++inside).toBe(1);
        await new Promise((resolve) => setTimeout(resolve, 20));
        inside--;
      });
    await enter();
    await enter();
    expect(fs.readdirSync(dir)).toEqual([]);
  });

  it('takes over from an owner that has gone, and gives way when its work fails', async () => {
    const file = path.join(dir, 'lock');
    fs.writeFileSync(file, '999999999 1');
    await expect(withLock(file, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(fs.existsSync(file)).toBe(false);
  });

  it('does not mistake a new process with an old number for the owner', () => {
    expect(isAlive(`${process.pid} 1`)).toBe(false);
    expect(isAlive('')).toBe(false);
  });
});
