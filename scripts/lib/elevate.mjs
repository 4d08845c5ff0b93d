// @ts-check
/** The lab makes network namespaces and mounts: that takes root. Everything else here does not. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { isRoot, root, Stop, say } from './program.mjs';

export const labBundle = path.join(root, 'out/lab/lab.mjs');

export const hasSudo = () => !spawnSync('sudo', ['-V'], { stdio: 'ignore' }).error;

/** Can we become root without asking somebody who is not there? */
export const canBecomeRoot = () =>
  isRoot() ||
  (hasSudo() && (process.stdin.isTTY || spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0));

/**
 * The same argv as root. sudo names the person in SUDO_UID and SUDO_GID, which is how the lab knows whose its
 * estate files and keys shall be; Node by its full path, because sudo's own PATH may hold none.
 * @param {string[]} argv @param {string} why @param {string[]} [keep] names of environment variables to pass on
 */
export function asRoot(argv, why, keep = []) {
  if (isRoot()) return argv;
  if (!hasSudo())
    throw new Stop(`${why} needs root, and there is no sudo here. As root, run:\n\n  ${argv.join(' ')}\n`);
  say(`${why} needs root: through sudo`);
  const known = keep.filter((name) => process.env[name] !== undefined);
  return ['sudo', ...(known.length ? [`--preserve-env=${known.join(',')}`] : []), '--', ...argv];
}
