import { spawn } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from './errors';
import type { LabPaths } from './paths';
import { upperOf } from './paths';
import {
  alive,
  childOf,
  endNow,
  markedProcesses,
  markerOf,
  remember,
  SESSION,
  startTime,
} from './process-table';

/** The extra host that holds the bridges. */
export const SWITCH = 'switch';
const SEPARATE = ['--mount', '--net', '--pid', '--uts', '--ipc', '--fork', '--mount-proc'];

/**
 * Starts a host unless it runs whole. Nothing of it is visible on the machine but one process and its parent.
 * @param scripts folder of host-init.sh
 * @param layer folder of unpacked software that the host sees as installed
 * @throws LabError E_HOST with what its first process said
 */
export async function bootHost(
  paths: LabPaths,
  name: string,
  scripts: string,
  layer: string | undefined,
): Promise<void> {
  const home = join(paths.hosts, name);
  const ready = name === SWITCH ? join(home, 'ready') : join(upperOf(paths, name), 'var/lib/lab/ready');
  const running = await alive(paths, name);
  if (running !== undefined && existsSync(ready)) return;
  if (running !== undefined) await endNow([running]);
  await mkdir(home, { recursive: true });
  await rm(ready, { force: true });
  if (!existsSync(join(upperOf(paths, name), 'var/lib/lab/made'))) {
    // never finished its first start: from scratch
    for (const part of ['upper', 'work']) await rm(join(home, part), { recursive: true, force: true });
  }
  const pid = await startInit(paths, name, [paths.base, name, scripts, layer ?? '']);
  for (let i = 0; i < 1500; i++) {
    if (existsSync(ready)) return;
    if (startTime(pid) === undefined) break;
    await sleep(10);
  }
  const said = await readFile(join(home, 'init.log'), 'utf8').catch(() => '');
  throw new LabError('E_HOST', `${name} did not start\n${said.trim()}`);
}

/** The parent (unshare) lives outside, its child is PID 1 inside; both carry the marker, so neither can be lost. */
async function startInit(paths: LabPaths, name: string, args: readonly string[]): Promise<number> {
  const [, , scripts] = args;
  const marker = markerOf(paths, name);
  const log = openSync(join(paths.hosts, name, 'init.log'), 'w');
  const rename = 'exec -a "$0" bash "$@"';
  const parent = spawn(
    'unshare',
    [...SEPARATE, '--', 'bash', '-c', rename, marker, `${scripts}/host-init.sh`, ...args],
    {
      argv0: marker,
      detached: true,
      stdio: ['ignore', log, log],
    },
  );
  parent.on('error', () => {}); // shows as "did not start" below
  parent.unref();
  for (let i = 0; i < 500; i++) {
    const pid = parent.pid === undefined ? undefined : childOf(parent.pid);
    if (pid !== undefined) {
      await remember(paths, name, pid);
      return pid;
    }
    await sleep(5);
  }
  throw new LabError('E_HOST', `${name}: its first process did not appear`);
}

/** Ends hosts that a killed `up` started without noting them. Returns how many. */
export async function endOrphans(paths: LabPaths): Promise<number> {
  const marked = markedProcesses(paths).filter(({ name }) => name !== SESSION);
  const known = new Set<number>();
  for (const { name } of marked) {
    const pid = await alive(paths, name);
    if (pid === undefined) continue;
    known.add(pid);
    // the parent of a known PID 1 is no orphan
    for (const other of marked) if (childOf(other.pid) === pid) known.add(other.pid);
  }
  const orphans = marked.filter(({ pid }) => !known.has(pid)).map(({ pid }) => pid);
  await endNow(orphans);
  return orphans.length;
}
