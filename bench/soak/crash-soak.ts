import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Kill } from '../../electron/core/runbook/testing/mortal';
import { openConsole, type TestConsole } from '../../electron/core/testing/console';
import type { Lab } from '../../lab/api';
import type { Section } from '../report';
import { summarise } from '../stats';
import type { CrashOrder } from '../switchover/crash-console';
import { BETWEEN, CLUSTER, DIALECT, type Engine, withServers } from '../switchover/lab';
import { type Allowed, allowedStates, sample, wrongAfter } from './allowed';
import { type CrashCase, caseText, crashCases } from './crash-cases';
import { goneOn, goodEnds, killedConsole, runLeftIn } from './killed-console';
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
    if (kill.phase === 'undo' && !(await killed({ act: 'undo', run: await runLeftIn(lab, home) }, kill)))
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
  const { status } = (await goneOn(desk, way)).state;
  return wrongAfter(lab, desk, { status, good: goodEnds(way), allowed });
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
