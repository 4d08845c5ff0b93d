import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { LabError } from './errors';
import type { Log } from './log';

/**
 * Runs `work` as the only command on this lab. The lock is held by a helper that ends when our side of its
 * standard input closes, so it is freed even by kill -9.
 */
export async function withLock<T>(file: string, log: Log, work: () => Promise<T>): Promise<T> {
  const holder = spawn('flock', ['--no-fork', file, 'sh', '-c', 'echo held; exec cat'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const waiting = setTimeout(() => log('waiting for another lab command on the same base to end'), 1500);
  try {
    const held = await Promise.race([
      once(holder.stdout, 'data').then(() => true),
      once(holder, 'exit').then(() => false),
    ]);
    clearTimeout(waiting);
    if (!held) throw new LabError('E_LOCK', `the lock ${file} could not be taken`);
    return await work();
  } finally {
    clearTimeout(waiting);
    holder.stdin.end();
  }
}
