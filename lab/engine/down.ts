import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LabError } from './errors';
import type { Log } from './log';
import type { LabPaths } from './paths';
import { endNow, markedProcesses, SESSION, send, waitGone } from './process-table';

/**
 * Ends everything of the lab at this base, by id; the kernel takes each host's processes, mounts and cables with its
 * first process. May be called at any time and any number of times. Data stays unless `purge`.
 * @throws LabError E_STILL_THERE, or E_NOT_A_LAB when asked to purge a folder that no lab made
 */
export async function down(paths: LabPaths, purge: boolean, log: Log): Promise<void> {
  await endMarked(paths, log);
  for (const folder of [paths.state, paths.cut]) await empty(folder);
  if (purge) await purgeBase(paths, log);
}

/** In rounds: a process may be just starting while we look. @throws LabError E_STILL_THERE */
async function endMarked(paths: LabPaths, log: Log): Promise<void> {
  for (let round = 0; round < 5; round++) {
    const marked = markedProcesses(paths);
    if (marked.length === 0) return;
    const of = (wanted: boolean) =>
      marked.filter(({ name }) => (name === SESSION) === wanted).map(({ pid }) => pid);
    // A session's parent ends by itself after its host; one that a fault stopped would never take its dead child
    // away, and the kernel would keep the host until it does.
    for (const pid of of(true)) send(pid, 'SIGCONT');
    const left = [...(await endNow(of(false))), ...(await waitGone(of(true), 2000))];
    if (round === 0) log(`ended ${marked.length} processes`);
    for (const pid of left) send(pid, 'SIGKILL');
  }
  const left = markedProcesses(paths).map(({ pid }) => pid);
  if (left.length > 0)
    throw new LabError('E_STILL_THERE', `processes that cannot be ended: ${left.join(', ')}`);
}

/** Removes only what a lab makes, so that a wrong --base costs nobody their files. */
async function purgeBase(paths: LabPaths, log: Log): Promise<void> {
  if (!existsSync(paths.base)) return;
  if (!existsSync(paths.config) && existsSync(paths.hosts) === false && (await foreign(paths)).length > 0) {
    throw new LabError('E_NOT_A_LAB', `${paths.base} was not made by the lab`, { exitCode: 2 });
  }
  const own = [
    paths.hosts,
    paths.keys,
    paths.secrets,
    paths.sudoers,
    paths.estate,
    paths.state,
    paths.cut,
    paths.gates,
    paths.config,
  ];
  for (const path of [...own, join(paths.base, 'hosts.txt'), join(paths.base, 'gate.log')]) {
    await rm(path, { recursive: true, force: true });
  }
  log(`removed the data of ${paths.base}`);
}

async function foreign(paths: LabPaths): Promise<string[]> {
  const own = new Set([paths.lock]);
  return (await readdir(paths.base)).filter((name) => !own.has(join(paths.base, name)));
}

async function empty(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => []))
    await rm(join(folder, name), { recursive: true, force: true });
}
