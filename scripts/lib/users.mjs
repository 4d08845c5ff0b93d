// @ts-check
/** Who is at the keyboard, and how to run something as somebody less powerful than root. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { isRoot, root, Stop, say } from './program.mjs';

/** @typedef {{ name: string, uid: number, gid: number, home: string }} User */

export const LAB_USER = 'patronus-lab';

/** @param {string | number} who @returns {User | undefined} */
export function lookUp(who) {
  const { stdout } = spawnSync('getent', ['passwd', String(who)], { encoding: 'utf8' });
  const [name, , uid, gid, , home] = (stdout ?? '').trim().split(':');
  return name ? { name, uid: Number(uid), gid: Number(gid), home: home ?? '/' } : undefined;
}

/** The person behind sudo; undefined when this is root itself or an ordinary user. @returns {User | undefined} */
export function behindSudo() {
  const uid = Number(process.env.SUDO_UID ?? 0);
  return isRoot() && uid > 0 ? lookUp(uid) : undefined;
}

/** The account that the window runs under when the command was given as root: Chromium's sandbox refuses root. */
export function windowUser() {
  const person = behindSudo() ?? lookUp(LAB_USER);
  if (person) return person;
  const home = '/var/lib/patronus-console'; // not the lab's own folder, where root writes
  const args = ['--system', '--create-home', '--home-dir', home, '--shell', '/usr/sbin/nologin', LAB_USER];
  const made = spawnSync('useradd', args, { encoding: 'utf8' });
  const user = lookUp(LAB_USER); // a second start may have made it at the same moment
  if (!user)
    throw new Stop(`cannot create the user ${LAB_USER}: ${made.error?.message ?? made.stderr.trim()}`);
  if (made.status === 0) say(`created the system user ${LAB_USER}: the window runs under it, never as root`);
  return user;
}

/**
 * The kernel ends the program when we die, even by SIGKILL. setpriv executes it in its own place: same pid.
 * @param {User | undefined} user undefined: as we are @param {string[]} argv
 */
export function asUser(user, argv) {
  if (process.platform !== 'linux') return argv;
  const who = user ? ['--reuid', `${user.uid}`, '--regid', `${user.gid}`, '--init-groups'] : [];
  return ['setpriv', ...who, '--pdeathsig', 'TERM', ...argv];
}

/** What another user's program may see of our environment: no token, key or agent of root's. @param {User} user */
export function envOf(user, env = process.env) {
  /** @type {NodeJS.ProcessEnv} */
  const kept = { HOME: user.home, USER: user.name, LOGNAME: user.name, PATH: env.PATH };
  for (const [name, value] of Object.entries(env))
    if (/^(LANG|LANGUAGE|LC_\w+|TZ|TERM|DISPLAY|WAYLAND_DISPLAY|CI)$/.test(name)) kept[name] = value;
  const runtime = `/run/user/${user.uid}`;
  if (fs.existsSync(runtime)) kept.XDG_RUNTIME_DIR = runtime;
  return kept;
}

/** Can this user really read it, through every folder above? @param {User} user @param {string} file */
export const canRead = (user, file) =>
  spawnSync('setpriv', [...asUser(user, []).slice(1), 'test', '-r', file]).status === 0;

/**
 * npm and the builds run as the owner of the checkout, so that `sudo npm run demo` leaves no file there that
 * its owner could not replace.
 * @returns {User | undefined}
 */
export function checkoutOwner() {
  if (!isRoot()) return undefined;
  const { uid } = fs.statSync(root);
  return uid === 0 ? undefined : lookUp(uid);
}

/** Folders and files that root makes inside the checkout belong to its owner. @param {string} file */
export function giveToOwner(file) {
  const owner = checkoutOwner();
  if (owner) fs.chownSync(file, owner.uid, owner.gid);
}
