import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Kill } from '../../electron/core/runbook/testing/mortal';
import { openConsole, type TestConsole } from '../../electron/core/testing/console';
import { armed, ended } from '../../electron/core/testing/product-switchover';
import type { Lab } from '../../lab/api';
import type { Section } from '../report';
import { summarise } from '../stats';
import type { CrashOrder } from '../switchover/crash-console';
import { BETWEEN, CLUSTER, DIALECT, type Engine, withServers } from '../switchover/lab';
import { type Allowed, allowedStates, sample, wrongAfter } from './allowed';
import { type CrashCase, caseText, crashCases } from './crash-cases';
import type { Soak } from './soak';

const GATE_PORT = 2521;

/** The console of a switchover is killed everywhere; another one goes on from what it left. */
export const crashSoak = (engine: Engine): Soak => ({
  about: `kill -9 of the console at every point of every step of a switchover on ${DIALECT[engine]}: resumed or undone, one of two states`,
  minutes: 40,
  async run(scale, say) {
    const { cases, broken } = await matrix(engine, scale, say);
    return { sections: [sectionOf(engine, cases)], broken };
  },
});

const matrix = (engine: Engine, scale: number, say: (text: string) => void) =>
  withServers(engine, GATE_PORT, say, async (lab, desk) => {
    const { plan, allowed } = await allowedStates(lab, desk);
    const cases = sample(crashCases(plan), scale);
    const broken: string[] = [];
    for (const [index, one] of cases.entries()) {
      const wrong = await played(lab, one, allowed);
      say(`${engine}: ${index + 1} of ${cases.length}: ${caseText(one)}${wrong.length > 0 ? ' BROKEN' : ''}`);
      broken.push(...wrong.map((what) => `${engine}, ${caseText(one)}: ${what}`));
      // What comes after would be found on servers that nobody knows any more.
      if (wrong.length > 0) break;
    }
    return { cases, broken };
  });

/** One case on a desk of its own; the servers are then as they were. Gives what was wrong. */
async function played(lab: Lab, { kill, way }: CrashCase, allowed: Allowed): Promise<string[]> {
  const home = await mkdtemp(path.join(tmpdir(), 'patronus-crash-'));
  try {
    const killed = (does: CrashOrder['does'], at: Kill) =>
      killedConsole({ estateFile: lab.estateFile, home, cluster: CLUSTER, does, kill: at });
    const begins = { act: 'switchover', to: BETWEEN[1] } as const;
    // On the way back everything was done that can be taken back.
    const there: Kill =
      kill.phase === 'apply' ? kill : { step: 'open', phase: 'apply', point: 'before-intent' };
    if (!(await killed(begins, there))) return ['it was not killed'];
    if (kill.phase === 'undo' && !(await killed({ act: 'undo', run: await openRun(lab, home) }, kill)))
      return ['it was not killed on its way back'];
    const desk = await openConsole(lab.estateFile, { home });
    try {
      return await goOn(lab, desk, way, allowed);
    } finally {
      await desk.close();
    }
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function goOn(lab: Lab, desk: TestConsole, way: CrashCase['way'], allowed: Allowed): Promise<string[]> {
  const { runs } = armed(desk);
  const [open] = (await runs.list()).filter(({ closedAt }) => closedAt === null);
  if (!open) return ['the run is not known any more'];
  await runs[way](open.id);
  const { status } = await ended(desk, open.id);
  // Where nothing had been done yet there is nothing to take back.
  const good = way === 'resume' ? (['done'] as const) : (['undone', 'left'] as const);
  return wrongAfter(lab, desk, { status, good, allowed });
}

async function openRun(lab: Lab, home: string): Promise<string> {
  const desk = await openConsole(lab.estateFile, { home });
  try {
    const [open] = await armed(desk).runs.list();
    if (!open) throw new Error('the run is not known any more');
    return open.id;
  } finally {
    await desk.close();
  }
}

/** Was it killed, as it should be? */
async function killedConsole(order: CrashOrder): Promise<boolean> {
  const file = path.join(order.home, 'order.json');
  await writeFile(file, JSON.stringify(order), { mode: 0o600 });
  const child = spawn(process.execPath, [process.argv[1] ?? '', 'crash-console', file], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return (await new Promise((done) => child.once('exit', (_, signal) => done(signal)))) === 'SIGKILL';
}

const sectionOf = (engine: Engine, cases: readonly CrashCase[]): Section => ({
  title: `A killed console, ${DIALECT[engine]}`,
  method: METHOD,
  missing: [],
  figures: [{ name: 'cases', unit: 'in all', summary: summarise([cases.length]) }],
});

const METHOD = `Method: a star of three servers; a console in a process of its own begins a switchover and is killed by SIGKILL before the
intent of a step is written, after it, after the first effect, or after the proof, of every step; or on its way back. Another process
on the same desk resumes or undoes. The state of every server, read as root (variables, events, accounts, channels, files of the
configuration, balancer), must then equal that after an undisturbed switchover, or that before.`;
