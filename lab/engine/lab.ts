import type { LabConfig } from './config';
import { LabError } from './errors';
import type { Log } from './log';
import type { LabPaths } from './paths';
import { alive } from './process-table';
import { type RunOptions, type RunResult, run } from './run';
import type { HostSpec, LabSpec, ServiceSpec } from './spec';

/** One lab at work: what it is (spec), how it was made (config) and where it lies (paths). */
export interface Lab {
  readonly spec: LabSpec;
  readonly config: LabConfig;
  readonly paths: LabPaths;
  readonly log: Log;
}

/** The environment of every command inside a host: nothing of the machine's own. */
export const HOST_ENV = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/root',
  LANG: 'C.UTF-8',
  TERM: 'dumb',
} as const;

/** The host named so. @throws LabError E_NO_HOST (exit code 2) */
export function hostNamed(spec: LabSpec, name: string): HostSpec {
  const found = spec.hosts.find((host) => host.name === name);
  if (found) return found;
  const known = spec.hosts.map((host) => host.name).join(', ');
  throw new LabError('E_NO_HOST', `no host "${name}"; there are ${known}`, { exitCode: 2 });
}

/** The service of that name or alias on a host. @throws LabError E_NO_SERVICE (exit code 2) */
export function serviceNamed(host: HostSpec, name: string): ServiceSpec {
  const found = host.services.find((service) => service.name === name || service.aliases?.includes(name));
  if (found) return found;
  const known = host.services.map((service) => service.name).join(', ');
  throw new LabError('E_NO_SERVICE', `no service "${name}" on ${host.name}; there are ${known}`, {
    exitCode: 2,
  });
}

/** PID 1 of a running host, as the machine numbers it. @throws LabError E_HOST_DOWN */
export async function initPid(lab: Pick<Lab, 'paths'>, host: string): Promise<number> {
  const pid = await alive(lab.paths, host);
  if (pid === undefined) {
    throw new LabError('E_HOST_DOWN', `${host} is not running`, { hint: 'npm run lab -- up' });
  }
  return pid;
}

/** argv that runs `command` inside a host: its mounts, name, IPC, network and processes. */
export function enter(pid: number, command: readonly string[]): string[] {
  return ['nsenter', '-t', String(pid), '-m', '-u', '-i', '-n', '-p', '--', ...command];
}

/** Runs a program inside a host as its root. @throws LabError E_HOST_DOWN or E_RUN */
export async function inHost(
  lab: Pick<Lab, 'paths'>,
  host: string,
  command: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  return run(enter(await initPid(lab, host), command), { ...options, env: { ...HOST_ENV, ...options.env } });
}

/** Runs a machine's program in the network of a host only (files and processes stay the machine's). */
export async function inNetwork(
  lab: Pick<Lab, 'paths'>,
  host: string,
  command: readonly string[],
  options: RunOptions = {},
) {
  return run(['nsenter', '-t', String(await initPid(lab, host)), '-n', '--', ...command], options);
}
