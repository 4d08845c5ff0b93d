// @ts-check
/**
 * How Playwright starts the console when the tests themselves run as root, which the lab takes: through a launcher
 * that becomes the unprivileged user first, so that what is tested is the sandboxed console that people get.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { atEnd } from './processes.mjs';
import { root } from './program.mjs';
import { asUser, canRead, envOf } from './users.mjs';
import { appFor, mustHaveSandbox, runtimeFor } from './window.mjs';

/**
 * The environment that e2e/ reads:
 *   PATRONUS_E2E_ELECTRON  executablePath for Playwright's electron.launch (absent: the runtime's own)
 *   PATRONUS_E2E_APP       the folder of the built app
 *   PATRONUS_E2E_DATA      a folder that the app's user can write in, for --data-dir; gone afterwards
 *   PATRONUS_E2E_UID, _GID that user
 * @param {import('../electron-runtime.mjs').Runtime} runtime
 * @param {import('./users.mjs').User | undefined} user undefined: the tests do not run as root
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
export async function appLauncher(runtime, user) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'patronus-e2e-'));
  atEnd(() => fs.rmSync(dir, { recursive: true, force: true }));
  const data = path.join(dir, 'data');
  fs.mkdirSync(data);
  if (!user) return { PATRONUS_E2E_APP: root, PATRONUS_E2E_DATA: data };
  await mustHaveSandbox(user);
  const { binary } = runtimeFor(runtime, user);
  fs.chmodSync(dir, 0o755);
  fs.chownSync(data, user.uid, user.gid);
  const loader = path.join(root, 'node_modules/playwright-core/package.json');
  // Playwright injects a module of its own into the app: its user must be able to read that one, too.
  if (!canRead(user, loader)) return { PATRONUS_E2E_APP: root, PATRONUS_E2E_DATA: data };
  const launcher = path.join(dir, 'electron');
  fs.writeFileSync(launcher, script(user, binary), { mode: 0o755 });
  return {
    PATRONUS_E2E_ELECTRON: launcher,
    PATRONUS_E2E_APP: appFor(user),
    PATRONUS_E2E_DATA: data,
    PATRONUS_E2E_UID: `${user.uid}`,
    PATRONUS_E2E_GID: `${user.gid}`,
    // A lab that the tests put up gives its estate and keys to this user, as it does for a person behind sudo.
    SUDO_UID: `${user.uid}`,
    SUDO_GID: `${user.gid}`,
    SUDO_USER: user.name,
  };
}

/** exec all the way: the process that Playwright started, and kills, is the console itself. @param {import('./users.mjs').User} user @param {string} binary */
function script(user, binary) {
  const { HOME = '/', USER = '' } = envOf(user);
  const argv = asUser(user, ['env', `HOME=${HOME}`, `USER=${USER}`, `LOGNAME=${USER}`, binary]);
  const quoted = argv.map((arg) => `'${arg.replaceAll("'", "'\\''")}'`).join(' ');
  return `#!/bin/sh\ncd /\nexec ${quoted} "$@"\n`;
}
