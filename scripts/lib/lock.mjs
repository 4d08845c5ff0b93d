// @ts-check
/** One at a time, between processes: a lock file that names its owner, so that a dead owner never blocks anybody. */
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { atEnd } from './processes.mjs';

/**
 * @template T
 * @param {string} file @param {() => Promise<T>} fn @param {number} [timeoutMs]
 * @returns {Promise<T>}
 */
export async function withLock(file, fn, timeoutMs = 15 * 60_000) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const mine = `${file}.${process.pid}`;
  const owner = identity(process.pid);
  const until = Date.now() + timeoutMs;
  fs.writeFileSync(mine, owner);
  try {
    while (!take(mine, file)) {
      const held = read(file);
      if (held && !isAlive(held)) await clear(file, held);
      else if (Date.now() > until)
        throw new Error(`another start (process ${held}) holds ${file} for too long`);
      else await sleep(100);
    }
  } finally {
    fs.rmSync(mine, { force: true });
  }
  const release = () => {
    if (read(file) === owner) fs.rmSync(file, { force: true });
  };
  atEnd(release); // a signal ends the process without coming back to "finally"
  try {
    return await fn();
  } finally {
    release();
  }
}

/** link(2) makes the name and its content appear at once; open(O_EXCL) would show an empty file first. */
function take(/** @type {string} */ from, /** @type {string} */ to) {
  try {
    fs.linkSync(from, to);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/** Two waiters may see the same dead owner: without this the slower one would remove the faster one's new lock. */
async function clear(/** @type {string} */ file, /** @type {string} */ dead) {
  const guard = `${file}.clearing`;
  try {
    fs.writeFileSync(guard, '', { flag: 'wx' });
  } catch {
    const age = Date.now() - (fs.statSync(guard, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > 10_000) fs.rmSync(guard, { force: true });
    return sleep(50);
  }
  if (read(file) === dead) fs.rmSync(file, { force: true });
  fs.rmSync(guard, { force: true });
}

function read(/** @type {string} */ file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/**
 * A process id alone may belong to somebody else after a restart: its start time makes it unique. One that has
 * ended keeps its id until its parent takes notice, which may be never.
 */
function identity(/** @type {number} */ pid) {
  const stat = read(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' '); // the name before it may hold anything
  return fields[0] === 'Z' ? `${pid} ended` : `${pid} ${fields[19] ?? ''}`.trim();
}

export function isAlive(/** @type {string} */ held) {
  const pid = Number(held.split(' ')[0]);
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM' && identity(pid) === held;
  }
  return identity(pid) === held;
}
