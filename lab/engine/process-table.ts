import { readdirSync, readFileSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LabPaths } from './paths';

/**
 * When the process started, in clock ticks since boot; undefined when there is none.
 * A zombie counts as none: on some machines PID 1 reaps late, and a dead gate must be started again.
 */
export function startTime(pid: number): string | undefined {
  const { state, started } = statOf(pid);
  return state === 'Z' || state === 'X' ? undefined : started;
}

/** One letter as `ps` shows it (R, S, D, T …); undefined when there is no such process. */
export function stateOf(pid: number): string | undefined {
  return statOf(pid).state;
}

function statOf(pid: number): { state?: string | undefined; started?: string | undefined } {
  const stat = readProc(pid, 'stat');
  if (stat === undefined) return {};
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' '); // the name may hold spaces and parentheses
  return { state: fields[0], started: fields[19] };
}

/** The children of a single-threaded process. */
export function childrenOf(pid: number): number[] {
  const list = readProc(pid, `task/${pid}/children`)?.trim() ?? '';
  return list === '' ? [] : list.split(' ').map(Number);
}

/** The first child of a process, or undefined. */
export function childOf(pid: number): number | undefined {
  return childrenOf(pid)[0];
}

/** The program's name as `ps` shows it. */
export function processName(pid: number): string | undefined {
  return readProc(pid, 'comm')?.trim();
}

/** Name in the marker of what the gate starts: never remembered, ended with its host. */
export const SESSION = 'session';

/** argv[0] of what the lab starts on the machine, so that it is found whatever the state files say. */
export function markerOf(paths: LabPaths, name: string): string {
  return `patronus-lab:${paths.base}:${name}`;
}

/** Every living process of this lab (PID 1 of each host with its parent, the gate, its sessions), by its marker. */
export function markedProcesses(paths: LabPaths): Array<{ pid: number; name: string }> {
  const prefix = markerOf(paths, '');
  return processes((argv0) => argv0.startsWith(prefix)).map(({ pid, argv0 }) => ({
    pid,
    name: argv0.slice(prefix.length),
  }));
}

/** Is any lab of this machine running, whatever its base? */
export function anyLabRuns(): boolean {
  return processes((argv0) => argv0.startsWith('patronus-lab:/')).length > 0;
}

function processes(wanted: (argv0: string) => boolean): Array<{ pid: number; argv0: string }> {
  const found: Array<{ pid: number; argv0: string }> = [];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const pid = Number(name);
    const argv0 = readProc(pid, 'cmdline')?.split('\0')[0] ?? '';
    if (wanted(argv0) && startTime(pid) !== undefined) found.push({ pid, argv0 });
  }
  return found;
}

/** Remembers a process by pid and start time: a pid alone may be somebody else's later. */
export async function remember(paths: LabPaths, name: string, pid: number): Promise<void> {
  await writeFile(join(paths.state, name), `${pid} ${startTime(pid) ?? 'gone'}\n`);
}

export async function forget(paths: LabPaths, name: string): Promise<void> {
  await rm(join(paths.state, name), { force: true });
}

/** The remembered process, if it is still that one. */
export async function alive(paths: LabPaths, name: string): Promise<number | undefined> {
  const [pid, started] = await readFile(join(paths.state, name), 'utf8').then(
    (text) => text.trim().split(' '),
    () => [],
  );
  return pid && started && startTime(Number(pid)) === started ? Number(pid) : undefined;
}

/** A signal to a process that may have ended meanwhile. */
export function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {} // ended
}

/** Ends processes at once and waits until the kernel has taken them away. Returns those still there after `ms`. */
export async function endNow(pids: readonly number[], ms = 10_000): Promise<number[]> {
  for (const pid of pids) send(pid, 'SIGKILL');
  return waitGone(pids, ms);
}

/** Waits until processes have ended. Returns those still there after `ms`. */
export async function waitGone(pids: readonly number[], ms: number): Promise<number[]> {
  const until = performance.now() + ms;
  let left = pids.filter((pid) => startTime(pid) !== undefined);
  while (left.length > 0 && performance.now() < until) {
    await sleep(10);
    left = left.filter((pid) => startTime(pid) !== undefined);
  }
  return left;
}

function readProc(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return undefined;
  }
}
