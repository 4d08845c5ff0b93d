// @ts-check
/** `npm ci`, once per change of package-lock.json. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { withLock } from './lock.mjs';
import { run } from './processes.mjs';
import { root, Stop, say } from './program.mjs';
import { asUser, checkoutOwner, envOf, giveToOwner } from './users.mjs';

const lockFile = path.join(root, 'package-lock.json');
const stamp = path.join(root, 'node_modules/.patronus-lock');
export const bootstrapDir = path.join(root, 'out/.bootstrap');

/** npm as it was started with, else the one beside this Node. */
export function npmArgv() {
  const started = process.env.npm_execpath;
  if (started && fs.existsSync(started)) return [process.execPath, started];
  const beside = path.join(path.dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js');
  return fs.existsSync(beside) ? [process.execPath, beside] : ['npm'];
}

export async function ensurePackages() {
  const lock = fs.readFileSync(lockFile, 'utf8');
  const wanted = createHash('sha256').update(lock).digest('hex');
  if (read(stamp) === wanted) return;
  await inBootstrap(async () => {
    if (read(stamp) === wanted) return; // another start did it while we waited
    const installed = read(path.join(root, 'node_modules/.package-lock.json'));
    if (!installed || !satisfies(JSON.parse(lock), JSON.parse(installed))) await install();
    fs.writeFileSync(stamp, wanted);
    giveToOwner(stamp);
  });
}

async function install() {
  say('installing npm packages (npm ci: about half a minute)');
  const owner = checkoutOwner();
  // Whoever has NODE_ENV=production or omit=dev set still needs the tools that build the console.
  const argv = [...npmArgv(), 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const result = await run(owner ? asUser(owner, argv) : argv, {
    cwd: root,
    env: owner ? { ...envOf(owner) } : process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeoutMs: 15 * 60_000,
  });
  if (result.code !== 0)
    throw new Stop(`npm ci failed (${result.code})\n${result.stdout}${result.stderr}`.trim());
}

/** @typedef {{ packages?: Record<string, { version?: string, integrity?: string, optional?: boolean, link?: boolean }> }} Lock */

/**
 * Does node_modules hold what the lock names? npm keeps its own record there, so a person's own `npm ci` counts.
 * Optional packages may be absent: they belong to other platforms.
 * @param {Lock} lock @param {Lock} installed
 */
export function satisfies(lock, installed) {
  const have = installed.packages ?? {};
  const wanted = Object.entries(lock.packages ?? {}).filter(([name]) => name !== '');
  const names = new Set(wanted.map(([name]) => name));
  return (
    Object.keys(have).every((name) => names.has(name)) &&
    wanted.every(([name, { version, integrity, optional }]) => {
      const one = have[name];
      return one ? one.version === version && one.integrity === integrity : optional === true;
    })
  );
}

/** One start at a time changes node_modules and out/. @template T @param {() => Promise<T>} fn */
export function inBootstrap(fn) {
  try {
    for (const dir of [path.dirname(bootstrapDir), bootstrapDir])
      if (!fs.existsSync(dir)) {
        fs.mkdirSync(dir, { recursive: true });
        giveToOwner(dir);
      }
    fs.accessSync(bootstrapDir, fs.constants.W_OK);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EACCES') throw error;
    throw new Stop(`${bootstrapDir} is not yours to write: start once as the owner of this checkout`);
  }
  return withLock(path.join(bootstrapDir, 'lock'), fn);
}

function read(/** @type {string} */ file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
