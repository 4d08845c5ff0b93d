import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
// @ts-expect-error plain ESM, checked by scripts/tsconfig.json
import { lockProblems } from './package-lock.mjs';
// @ts-expect-error plain ESM, checked by scripts/tsconfig.json
import { npmArgv } from './packages.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const work = mkdtempSync(path.join(tmpdir(), 'patronus-supply-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const integrity = `sha512-${'A'.repeat(86)}==`;
const lockOf = (entry: object, own: object = {}) => ({
  packages: { '': own, 'node_modules/a': { version: '1.0.0', integrity, ...entry } },
});

describe('C25: package-lock.json', () => {
  it('holds this product’s dependencies as it must', () => {
    const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
    expect(Object.keys(lock.packages).length).toBeGreaterThan(100);
    expect(lockProblems(lock)).toEqual([]);
  });

  it.each([
    ['nothing', lockOf({}), null],
    ['git', lockOf({ resolved: 'git+ssh://git@example.org/a.git#1234567' }), /an address of its own/],
    ['a file', lockOf({ resolved: 'file:../a.tgz' }), /an address of its own/],
    ['https', lockOf({ resolved: 'https://example.org/a/-/a-1.0.0.tgz' }), /an address of its own/],
    ['a folder', lockOf({ link: true, resolved: 'a' }), /link to a folder/],
    ['SHA-1', lockOf({ integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }), /not held by a SHA-512/],
    ['no integrity', lockOf({ integrity: undefined }), /not held by a SHA-512/],
    ['two integrities', lockOf({ integrity: `${integrity} sha1-x` }), /not held by a SHA-512/],
    ['no version', lockOf({ version: undefined }), /no exact version/],
    ['a range', lockOf({}, { dependencies: { a: '^1.0.0' } }), /"\^1\.0\.0", not as one version/],
    ['a wanted git', lockOf({}, { devDependencies: { a: 'example/a' } }), /"example\/a", not as one version/],
    ['an empty lock', {}, /no package in it/],
  ])('%s', (_, lock, expected) => {
    const problems: string[] = lockProblems(lock);
    if (expected === null) expect(problems).toEqual([]);
    else expect(problems.join('\n')).toMatch(expected);
  });
});

/** A project that depends on a package which runs a program when it is installed. Nothing comes from the network. */
function projectWithPlant(name: string, npmrc: 'ours' | 'none'): { ran: boolean; installed: boolean } {
  const project = path.join(work, name);
  const plant = path.join(project, 'plant/package');
  mkdirSync(plant, { recursive: true });
  const mark = path.join(project, 'postinstall-ran');
  const scripts = { postinstall: `touch ${mark}` };
  writeFileSync(
    path.join(plant, 'package.json'),
    JSON.stringify({ name: 'plant', version: '1.0.0', scripts }),
  );
  spawnSync('tar', ['-czf', 'plant.tgz', '-C', 'plant', 'package'], { cwd: project });
  const sha512 = createHash('sha512')
    .update(readFileSync(path.join(project, 'plant.tgz')))
    .digest('base64');
  const own = { name: 'victim', version: '1.0.0', dependencies: { plant: 'file:plant.tgz' } };
  const locked = {
    version: '1.0.0',
    resolved: 'file:plant.tgz',
    integrity: `sha512-${sha512}`,
    hasInstallScript: true,
  };
  const lock = { ...own, lockfileVersion: 3, packages: { '': own, 'node_modules/plant': locked } };
  writeFileSync(path.join(project, 'package.json'), JSON.stringify(own));
  writeFileSync(path.join(project, 'package-lock.json'), JSON.stringify(lock));
  if (npmrc === 'ours') copyFileSync(path.join(root, '.npmrc'), path.join(project, '.npmrc'));
  const [npm = '', ...args] = [...npmArgv(), 'ci', '--offline', '--no-audit', '--no-fund'];
  // Nobody's own settings: neither those of the machine nor those of whoever runs the tests.
  const { PATH } = process.env;
  const env = {
    PATH,
    HOME: project,
    npm_config_cache: path.join(work, 'cache'),
    npm_config_userconfig: '/dev/null',
  };
  spawnSync(npm, args, { cwd: project, env, timeout: 60_000 });
  return {
    ran: existsSync(mark),
    installed: existsSync(path.join(project, 'node_modules/plant/package.json')),
  };
}

describe('C25: a planted dependency', () => {
  it('is installed and runs nothing under our .npmrc; without it, it does', { timeout: 120_000 }, () => {
    expect(projectWithPlant('ours', 'ours')).toEqual({ ran: false, installed: true });
    expect(projectWithPlant('none', 'none')).toEqual({ ran: true, installed: true });
  });
});
