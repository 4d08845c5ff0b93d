import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openConsole, type TestConsole } from '../../electron/core/testing/console';
import { settled } from '../../electron/core/testing/failover-desk';
import { armed } from '../../electron/core/testing/product-switchover';
import type { Lab } from '../../lab/api';
import type { RunView } from '../../shared/runbook/state-model';
import type { CrashOrder } from '../switchover/crash-console';
import type { CrashCase } from './crash-cases';

/** A console in a process of its own that dies where it is told. Was it killed, as it should be? @param program bench, built */
export async function killedConsole(order: CrashOrder, program = process.argv[1] ?? ''): Promise<boolean> {
  const file = path.join(order.home, 'order.json');
  await writeFile(file, JSON.stringify(order), { mode: 0o600 });
  const child = spawn(process.execPath, [program, 'crash-console', file], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return (await new Promise((done) => child.once('exit', (_, signal) => done(signal)))) === 'SIGKILL';
}

/** The run that a console left open on its desk. @throws Error when it is not known any more */
export async function openRun(desk: TestConsole): Promise<string> {
  const [open] = (await armed(desk).runs.list()).filter(({ closedAt }) => closedAt === null);
  if (!open) throw new Error('the run is not known any more');
  return open.id;
}

/** The same, by a console that looks and goes. */
export async function runLeftIn({ estateFile }: Lab, home: string): Promise<string> {
  const desk = await openConsole(estateFile, { home });
  try {
    return await openRun(desk);
  } finally {
    await desk.close();
  }
}

/** Goes on from what was left, to the end or all the way back. Resolves when nothing acts any more, or a person is asked. */
export async function goneOn(desk: TestConsole, way: CrashCase['way']): Promise<RunView> {
  const run = await openRun(desk);
  await armed(desk).runs[way](run);
  return settled(desk, run);
}

/** How a run may end that was gone on with: where nothing had been done yet there is nothing to take back. */
export const goodEnds = (way: CrashCase['way']) =>
  way === 'resume' ? (['done'] as const) : (['undone', 'left'] as const);
