// @ts-check
/** Debian packages: installed when we are root, else the exact line to run. No service is started by an install. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { withLock } from './lock.mjs';
import { atEnd, run } from './processes.mjs';
import { isRoot, Stop, say } from './program.mjs';

/** The libraries that Electron links against and Debian does not bring by itself. */
export const ELECTRON_LIBRARIES = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1'];
export const VIRTUAL_DISPLAY = ['xvfb', 'xauth'];

const POLICY = '/usr/sbin/policy-rc.d';
const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };

/** @param {string[]} wanted */
export async function ensureDebian(wanted) {
  const missing = missingOf(wanted);
  if (!missing.length) return;
  const install = ['apt-get', 'install', '-y', '--no-install-recommends', ...missing];
  if (!isRoot())
    throw new Stop(
      `These Debian packages are missing. Run this, then start again:\n\n  sudo ${install.join(' ')}\n`,
    );
  say(`installing Debian packages: ${missing.join(' ')}`);
  await withLock('/run/patronus-console-apt.lock', async () => {
    let result = await guarded(install);
    if (result.code !== 0) {
      // Old package lists name files that the mirror no longer has; a fresh image has no lists at all.
      await run(['apt-get', '-q', '-o', 'DPkg::Lock::Timeout=300', 'update'], {
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      result = await guarded(install);
    }
    if (result.code !== 0) throw new Stop(`${install.join(' ')}\n${result.stdout}${result.stderr}`.trim());
  });
}

/** On a system without dpkg the libraries are the person's own business. @param {string[]} wanted */
export function missingOf(wanted) {
  // Debian 13 and Ubuntu 24.04 renamed some libraries for their 64-bit time: either name will do.
  const names = wanted.flatMap((name) => [name, `${name}t64`]);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own placeholders
  const format = '${db:Status-Abbrev} ${Package}\n';
  const asked = spawnSync('dpkg-query', ['-W', '-f', format, ...names], { encoding: 'utf8' });
  if (asked.error) return [];
  return notInstalled(wanted, asked.stdout);
}

/** @param {string[]} wanted @param {string} listing one "ii  name" per line */
export function notInstalled(wanted, listing) {
  const installed = new Set(
    listing
      .split('\n')
      .filter((line) => /^.i /.test(line))
      .map((line) => line.slice(3).trim()),
  );
  return wanted.filter((name) => !installed.has(name) && !installed.has(`${name}t64`));
}

/**
 * Runs apt-get where /usr/sbin/policy-rc.d says no to every start of a service. The answer is bound over that
 * path inside a private mount namespace, so the machine itself keeps whatever policy it has.
 * @param {string[]} install
 */
async function guarded(install) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'patronus-apt-'));
  const guard = path.join(dir, 'policy-rc.d');
  fs.writeFileSync(guard, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  const made = makeMountPoint();
  const tidy = () => {
    fs.rmSync(dir, { recursive: true, force: true });
    if (made) fs.rmSync(POLICY, { force: true });
  };
  atEnd(tidy);
  const bindThenRun = 'mount --bind "$1" "$2" && shift 2 && exec "$@"';
  const [apt = '', ...args] = install;
  const argv = [
    'sh',
    '-c',
    bindThenRun,
    'sh',
    guard,
    POLICY,
    apt,
    '-q',
    '-o',
    'DPkg::Lock::Timeout=300',
    ...args,
  ];
  const result = await run(['unshare', '--mount', '--propagation', 'private', ...argv], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeoutMs: 15 * 60_000,
  });
  tidy();
  return result;
}

/** A bind mount needs something to cover. An empty file that may not be executed is no policy at all. */
function makeMountPoint() {
  try {
    fs.writeFileSync(POLICY, '', { flag: 'wx', mode: 0o644 });
    return true;
  } catch {
    return false;
  }
}
