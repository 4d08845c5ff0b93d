// @ts-check
/** The walk through the places that leaves pictures: made by the window's user, handed to whoever asked. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { atEnd } from './processes.mjs';
import { Stop, say } from './program.mjs';
import { behindSudo } from './users.mjs';
import { openWindow } from './window.mjs';

/** @typedef {import('./users.mjs').User} User */

/** Apart from the data of a person's own estate; also lets the demo and `npm start` be open at the same time. */
export const dataDirOf = (/** @type {User | undefined} */ user) =>
  path.join(user?.home ?? os.homedir(), '.local/share/patronus-console/demo');

/**
 * @param {{ runtime: import('../electron-runtime.mjs').Runtime, user: User | undefined, flag: '--estate' | '--recording', file: string,
 *   env: NodeJS.ProcessEnv, dir: string, timeoutMs?: number }} options
 */
export async function takePictures({ runtime, user, flag, file, env, dir, timeoutMs = 5 * 60_000 }) {
  const person = behindSudo();
  makeDir(dir, person);
  // The window's user may have no right in DIR, and must be given none: the pictures are made elsewhere and copied.
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'patronus-pictures-'));
  atEnd(() => fs.rmSync(scratch, { recursive: true, force: true }));
  const made = path.join(scratch, 'png');
  const data = path.join(scratch, 'data'); // new, so that no setting of an earlier run shows in the pictures
  for (const one of [made, data]) fs.mkdirSync(one);
  if (user) for (const one of [scratch, made, data]) fs.chownSync(one, user.uid, user.gid);

  say(`taking pictures of ${file}`);
  const args = [flag, file, '--data-dir', data, '--screenshots', made];
  const code = await openWindow({ runtime, user, env, args, timeoutMs });
  const names = fs.readdirSync(made).filter((name) => name.endsWith('.png'));
  for (const name of names.sort()) {
    const to = path.join(dir, name);
    copyPlain(path.join(made, name), to);
    if (person) fs.chownSync(to, person.uid, person.gid);
    console.log(to);
  }
  if (code === 0 && !names.length) throw new Stop('the console ended without leaving a picture');
  return code;
}

/** Only an ordinary file: a link made by the less powerful user must not make root read something else. */
function copyPlain(/** @type {string} */ from, /** @type {string} */ to) {
  const file = fs.openSync(from, fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW);
  try {
    if (!fs.fstatSync(file).isFile()) throw new Stop(`${from} is not an ordinary file`);
    fs.writeFileSync(to, fs.readFileSync(file));
  } finally {
    fs.closeSync(file);
  }
}

/** Folders that had to be made belong to the person. @param {string} dir @param {User | undefined} person */
function makeDir(dir, person) {
  const first = fs.mkdirSync(dir, { recursive: true });
  if (!first || !person) return;
  for (let one = dir; one.length >= first.length; one = path.dirname(one))
    fs.chownSync(one, person.uid, person.gid);
}
