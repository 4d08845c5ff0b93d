import { readdirSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { LabError } from './errors';
import { initPid, type Lab } from './lab';
import { childrenOf, endNow, markedProcesses, SESSION, send, startTime, stateOf } from './process-table';
import type { HostSpec, ServiceSpec } from './spec';

export type ServiceState = 'running' | 'frozen' | 'stopped';

/**
 * The processes of a service, numbered as on the machine. Read from outside: the machine's /proc answers even when
 * something inside the host hangs.
 */
export async function servicePids(
  lab: Pick<Lab, 'paths' | 'config'>,
  host: HostSpec,
  service: ServiceSpec,
): Promise<number[]> {
  const init = await initPid(lab, host.name);
  const programs = service.processes(lab.config.engine);
  return processesIn(init).filter((pid) => programs.includes(programOf(pid) ?? ''));
}

/** stopped: no process. frozen: none of them can run. */
export async function serviceState(
  lab: Pick<Lab, 'paths' | 'config'>,
  host: HostSpec,
  service: ServiceSpec,
): Promise<ServiceState> {
  const pids = await servicePids(lab, host, service);
  if (pids.length === 0) return 'stopped';
  return pids.every((pid) => stateOf(pid) === 'T') ? 'frozen' : 'running';
}

/**
 * kill: SIGKILL. freeze: SIGSTOP. resume: SIGCONT. All processes of the service at once.
 * @throws LabError E_NOT_RUNNING
 */
export async function signalService(
  lab: Pick<Lab, 'paths' | 'config'>,
  host: HostSpec,
  service: ServiceSpec,
  signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT',
): Promise<void> {
  const pids = await servicePids(lab, host, service);
  if (pids.length === 0) {
    throw new LabError('E_NOT_RUNNING', `${service.name} on ${host.name} is not running`, {
      hint: `npm run lab -- fault start ${host.name} ${service.name}`,
    });
  }
  for (const pid of pids) send(pid, signal);
  if (signal === 'SIGCONT') wakeParents(lab);
  if (signal === 'SIGKILL') await allGone(lab, host, service, pids);
}

/** Killed means gone when we return, with what was forked while we looked. */
async function allGone(
  lab: Pick<Lab, 'paths' | 'config'>,
  host: HostSpec,
  service: ServiceSpec,
  first: readonly number[],
): Promise<void> {
  let pids = [...first];
  for (let round = 0; round < 5 && pids.length > 0; round++) {
    await endNow(pids, 5000);
    pids = await servicePids(lab, host, service);
  }
}

/** The parent outside of a session (nsenter) stops with its child, but does not go on with it by itself. */
function wakeParents(lab: Pick<Lab, 'paths'>): void {
  for (const { pid, name } of markedProcesses(lab.paths)) {
    if (name === SESSION && childrenOf(pid).every((child) => stateOf(child) !== 'T')) send(pid, 'SIGCONT');
  }
}

/** Lets whatever is frozen in a host go on. */
export async function resumeAll(lab: Pick<Lab, 'paths'>, host: HostSpec): Promise<void> {
  for (const pid of processesIn(await initPid(lab, host.name)))
    if (stateOf(pid) === 'T') send(pid, 'SIGCONT');
  wakeParents(lab);
}

/** Everything in the pid namespace of `init`. */
function processesIn(init: number): number[] {
  const space = linkOf(`/proc/${init}/ns/pid`);
  if (space === undefined) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && linkOf(`/proc/${name}/ns/pid`) === space)
    .map(Number)
    .filter((pid) => startTime(pid) !== undefined);
}

function programOf(pid: number): string | undefined {
  const path = linkOf(`/proc/${pid}/exe`);
  return path === undefined ? undefined : basename(path);
}

function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined; // ended meanwhile
  }
}
