// @ts-check
/** A display for the window: the person's own, or a virtual one that is gone when we are. */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { atEnd, run, start, stop } from './processes.mjs';
import { isRoot, Stop } from './program.mjs';
import { asUser, envOf } from './users.mjs';

/** @typedef {import('./users.mjs').User} User */

export const hasDisplay = (env = process.env) =>
  process.platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);

/** Said before anything is installed or started. @param {string} otherwise what works without one */
export const noDisplay = (otherwise) =>
  [
    'There is no display to open the window on (neither DISPLAY nor WAYLAND_DISPLAY is set). Either',
    '  - start this in a terminal of a desktop session on this machine, or',
    '  - come in with "ssh -X" from a machine that has a screen (this one needs the package xauth), or',
    `  - ${otherwise}`,
  ].join('\n');

/**
 * Starts Xvfb on a free display number with its own cookie: nobody else on this machine can look at the window.
 * @param {User} [user] who will use it @param {string} [size]
 * @returns {Promise<{ env: { DISPLAY: string, XAUTHORITY: string }, close: () => Promise<void> }>}
 */
export async function virtualDisplay(user, size = '1440x900x24') {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'patronus-display-'));
  makeSocketDir();
  if (user) fs.chownSync(dir, user.uid, user.gid);
  const server = path.join(dir, 'server');
  const client = path.join(dir, 'client');
  const cookie = randomBytes(16).toString('hex');
  // The cookie goes in by stdin, never by argv; the server takes it for whatever number it ends up with.
  const add = (/** @type {string} */ file, /** @type {string} */ display) =>
    run(asUser(user, ['xauth', '-q', '-f', file, 'source', '-']), {
      stdio: ['pipe', 'ignore', 'ignore'],
      input: `add ${display} . ${cookie}\n`,
      timeoutMs: 10_000,
    });
  await add(server, ':0');
  const argv = [
    'Xvfb',
    '-displayfd',
    '3',
    '-screen',
    '0',
    size,
    '-nolisten',
    'tcp',
    '-noreset',
    '-auth',
    server,
  ];
  const child = start(asUser(user, argv), { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  let remarks = '';
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    remarks = (remarks + text).slice(-2_000);
  });
  const close = async () => {
    await stop(child);
    fs.rmSync(dir, { recursive: true, force: true });
  };
  atEnd(close);
  const number = await displayNumber(child);
  if (number === undefined) {
    await close();
    throw new Stop(`the virtual display (Xvfb) did not start\n${remarks}`.trim());
  }
  await add(client, `:${number}`);
  return { env: { DISPLAY: `:${number}`, XAUTHORITY: client }, close };
}

/** A machine that never had a display lacks the folder of the sockets, and only root may make it as it must be. */
function makeSocketDir() {
  const dir = '/tmp/.X11-unix';
  if (!isRoot() || fs.existsSync(dir)) return;
  fs.mkdirSync(dir);
  fs.chmodSync(dir, 0o1777); // not by mkdir's mode, which the umask takes bits from
}

/** @param {import('node:child_process').ChildProcess} child @returns {Promise<string | undefined>} */
function displayNumber(child) {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), 20_000);
    const done = (/** @type {string | undefined} */ number) => {
      clearTimeout(timer);
      resolve(number);
    };
    child.stdio[3]?.once('data', (data) => done(String(data).trim()));
    child.once('close', () => done(undefined));
    child.once('error', () => done(undefined));
  });
}

/**
 * root's own display, shared with the unprivileged user the window runs under: only this display's cookie, kept in
 * a file of that user. Through sudo the person's own cookie is used as it is.
 * @param {User} user @param {boolean} throughSudo @param {NodeJS.ProcessEnv} [env]
 */
export async function displayOf(user, throughSudo, env = process.env) {
  if (throughSudo) return { XAUTHORITY: env.XAUTHORITY ?? path.join(user.home, '.Xauthority') };
  if (!env.DISPLAY) return {};
  // "nlist" is "extract" in hexadecimal: nothing binary through a text pipe.
  const listed = await run(['xauth', 'nlist', env.DISPLAY], {
    stdio: ['ignore', 'pipe', 'ignore'],
    timeoutMs: 10_000,
  });
  if (listed.code !== 0 || !listed.stdout) return {}; // a display without cookies (xhost) needs none
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'patronus-display-'));
  fs.chownSync(dir, user.uid, user.gid);
  atEnd(() => fs.rmSync(dir, { recursive: true, force: true }));
  const file = path.join(dir, 'client');
  const argv = asUser(user, ['xauth', '-q', '-f', file, 'nmerge', '-']);
  await run(argv, {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: envOf(user),
    input: listed.stdout,
    timeoutMs: 10_000,
  });
  return { XAUTHORITY: file };
}
