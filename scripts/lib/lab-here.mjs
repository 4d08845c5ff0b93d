// @ts-check
/** Whether this machine can run the lab at all, asked before anything is built for it. */
import fs from 'node:fs';
import { canBecomeRoot } from './elevate.mjs';

/** One sentence that says why not, or null. */
export function labCannotRun() {
  if (process.platform !== 'linux') return 'The lab runs on Linux only.';
  if (!fs.existsSync('/etc/debian_version')) return 'The lab runs on Debian only.';
  if (!canBecomeRoot()) return 'The lab needs root, and there is neither root nor sudo here.';
  return null;
}
