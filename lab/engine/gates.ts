import { spawn } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from './errors';
import { type Gate, listening } from './gate-address';
import type { Lab } from './lab';
import { alive, endNow, forget, markerOf, remember, startTime } from './process-table';

const GATE = 'gate';

export function gatesOf(lab: Pick<Lab, 'spec' | 'config'>): Gate[] {
  return lab.spec.hosts.flatMap((host) =>
    host.gate === undefined ? [] : [{ address: host.gate, port: lab.config.gatePort, host: host.name }],
  );
}

/**
 * Starts the gate process unless it runs with just these gates, and waits until each accepts.
 * @param program the bundled gate (out/lab/gate.mjs)
 * @throws LabError E_NOT_BUILT, E_GATE_PORT or E_GATE
 */
export async function openGates(lab: Lab, program: string): Promise<void> {
  const wanted = JSON.stringify(gatesOf(lab));
  const running = await alive(lab.paths, GATE);
  const had = await readFile(lab.paths.gates, 'utf8').catch(() => '');
  if (running !== undefined && had === wanted) return;
  if (!existsSync(program))
    throw new LabError('E_NOT_BUILT', `${program} is missing`, { hint: 'npm run build' });
  if (running !== undefined) await endNow([running]);
  await mkdir(lab.paths.cut, { recursive: true });
  await writeFile(lab.paths.gates, wanted);
  const logFile = join(lab.paths.base, 'gate.log');
  const log = openSync(logFile, 'w');
  const child = spawn(process.execPath, [program, lab.paths.base], {
    argv0: markerOf(lab.paths, GATE),
    detached: true,
    stdio: ['ignore', log, log],
    env: {},
  });
  child.unref();
  if (child.pid === undefined) throw new LabError('E_GATE', 'the gate could not be started');
  await remember(lab.paths, GATE, child.pid);
  for (const gate of gatesOf(lab)) await accepts(gate, child.pid, logFile);
}

export async function closeGates(lab: Pick<Lab, 'paths'>): Promise<void> {
  const running = await alive(lab.paths, GATE);
  if (running !== undefined) await endNow([running]);
  await forget(lab.paths, GATE);
}

async function accepts(gate: Gate, pid: number, logFile: string): Promise<void> {
  for (let i = 0; i < 500; i++) {
    const said = (await readFile(logFile, 'utf8').catch(() => '')).trim();
    if (said.split('\n').includes(listening(gate))) return;
    if (startTime(pid) === undefined) {
      if (said.includes('EADDRINUSE')) {
        throw new LabError('E_GATE_PORT', `${gate.address}:${gate.port} is taken, perhaps by another lab`, {
          hint: 'npm run lab -- up --gate-port 2300 --base DIR',
        });
      }
      throw new LabError('E_GATE', `the gate ended at once\n${said}`);
    }
    await sleep(10);
  }
  throw new LabError('E_GATE', `${gate.address}:${gate.port} does not accept`);
}
