import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RunPlan } from '@shared/runbook/plan';
import type { Kill } from '../../runbook/testing/mortal';
import type { ConsoleOrder } from './crashing-console';

/** A console in a process of its own, and the home that it leaves when it is killed. */
export interface ConsoleProcess {
  child: ChildProcess;
  home: string;
  /** The signal by which it ended; null: it ended by itself. */
  ended: Promise<NodeJS.Signals | null>;
}

/** No step has this name. */
const NEVER: Kill = { step: '', phase: 'apply', point: 'before-intent' };

/** Begins the plan there. Without `kill`, whoever started it kills it. @param program crashing-console.ts, built */
export async function startConsole(
  program: string,
  {
    estateFile,
    plan,
    folder,
    kill = NEVER,
  }: { estateFile: string; plan: RunPlan; folder: string; kill?: Kill },
): Promise<ConsoleProcess> {
  const home = await mkdtemp(path.join(folder, 'home-'));
  const [planFile, orderFile] = [path.join(home, 'plan.json'), path.join(home, 'order.json')];
  await writeFile(planFile, JSON.stringify(plan));
  const order: ConsoleOrder = { estateFile, home, plan: planFile, kill };
  await writeFile(orderFile, JSON.stringify(order));
  const child = spawn(process.execPath, [program, orderFile], { stdio: ['ignore', 'inherit', 'inherit'] });
  const ended = new Promise<NodeJS.Signals | null>((done) => child.once('exit', (_, name) => done(name)));
  return { child, home, ended };
}
