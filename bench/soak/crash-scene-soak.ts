import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Kill } from '../../electron/core/runbook/testing/mortal';
import { openConsole, type TestConsole } from '../../electron/core/testing/console';
import { settled, troubles } from '../../electron/core/testing/failover-desk';
import { armed } from '../../electron/core/testing/product-switchover';
import type { Lab } from '../../lab/api';
import { differences, type LabState } from '../../lab/proof/state';
import type { RunPlan } from '../../shared/runbook/plan';
import type { Section } from '../report';
import { summarise } from '../stats';
import type { CrashOrder } from '../switchover/crash-console';
import { CLUSTER, DIALECT, type Engine, withServers } from '../switchover/lab';
import { sample } from './allowed';
import { type CrashCase, caseText, crashCases, pointOfNoReturn } from './crash-cases';
import { type CrashScene, scenesOf } from './crash-scenes';
import { goneOn, goodEnds, killedConsole, runLeftIn } from './killed-console';
import type { Soak } from './soak';

const GATE_PORT = 2630;

/** The console of a failover or of a way back is killed everywhere; another one goes on from what it left. */
export const crashSceneSoak = (procedure: 'failover' | 'rejoin', engine: Engine): Soak => ({
  about: `kill -9 of the console at every point of every step of ${NAME[procedure]} on ${DIALECT[engine]}: resumed or undone, one of two states`,
  minutes: 60,
  async run(scale, say) {
    const figures: Section['figures'] = [];
    const broken: string[] = [];
    await withServers(engine, GATE_PORT, say, async (lab) => {
      for (const scene of scenesOf(procedure, engine)) {
        const found = await matrix(lab, scene, scale, say);
        figures.push({ name: `cases, ${scene.name}`, unit: 'in all', summary: summarise([found.cases]) });
        broken.push(...found.broken);
      }
    });
    const section: Section = {
      title: `A killed console, ${NAME[procedure]}, ${DIALECT[engine]}`,
      method: METHOD,
      missing: [],
      figures,
    };
    return { sections: [section], broken };
  },
});

const NAME = { failover: 'an emergency failover', rejoin: 'the ways back of an old primary' } as const;

async function matrix(
  lab: Lab,
  scene: CrashScene,
  scale: number,
  say: (text: string) => void,
): Promise<{ cases: number; broken: string[] }> {
  const { plan, after } = await undisturbed(lab, scene);
  const cases = sample(crashCases(plan), scale);
  const broken: string[] = [];
  for (const [index, one] of cases.entries()) {
    const wrong = await playedIn(lab, scene, one, after);
    say(`${index + 1} of ${cases.length}: ${scene.name}, ${caseText(one)} ${wrong.join('; ')}`);
    broken.push(...wrong.map((what) => `${scene.name}, ${caseText(one)}: ${what}`));
  }
  return { cases: cases.length, broken };
}

/** Twice, because the first one leaves what stays: what is read at boot. Gives the plan, and what there is afterwards. */
export async function undisturbed(lab: Lab, scene: CrashScene): Promise<{ plan: RunPlan; after: LabState }> {
  const whole = async () => {
    await scene.prepare(lab);
    return onDesk(lab, async (desk) => {
      const acting = armed(desk);
      const { hash, plan } = acting.keep(await scene.plan(desk));
      const run = await settled(desk, await acting.start(hash, plan.confirm));
      if (run.state.status !== 'done') throw new Error(`${scene.name} ended ${run.state.status}`);
      return plan;
    });
  };
  await whole();
  const plan = await whole();
  return { plan, after: await scene.after(lab) };
}

/** One case on a desk of its own. Gives what was wrong; [] is nothing. */
export async function playedIn(
  lab: Lab,
  scene: CrashScene,
  { kill, way }: CrashCase,
  after: LabState,
  program?: string,
): Promise<string[]> {
  await scene.prepare(lab);
  const before = await scene.before(lab);
  const home = await mkdtemp(path.join(tmpdir(), 'patronus-crash-'));
  try {
    const plan = await onDesk(lab, scene.plan);
    const killed = (does: CrashOrder['does'], at: Kill) =>
      killedConsole({ estateFile: lab.estateFile, home, cluster: CLUSTER, does, kill: at }, program);
    // On the way back everything was done that can be taken back.
    if (!(await killed({ act: 'plan', plan }, kill.phase === 'apply' ? kill : lastMoment(plan))))
      return ['it was not killed'];
    if (kill.phase === 'undo' && !(await killed({ act: 'undo', run: await runLeftIn(lab, home) }, kill)))
      return ['it was not killed on its way back'];
    const view = await onDesk(lab, (desk) => goneOn(desk, way), home);
    const { status } = view.state;
    const ends: readonly string[] = goodEnds(way);
    if (!ends.includes(status)) return [`it ended ${status}`, ...troubles(view)];
    return status === 'done'
      ? differences(after, await scene.after(lab))
      : differences(before, await scene.before(lab));
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** Right before the point of no return; where there is none, when the last step is done. */
function lastMoment(plan: RunPlan): Kill {
  const point = pointOfNoReturn(plan);
  if (point !== null) return { step: point, phase: 'apply', point: 'before-intent' };
  return { step: plan.steps.at(-1)?.id ?? '', phase: 'apply', point: 'after-proof' };
}

async function onDesk<T>(lab: Lab, work: (desk: TestConsole) => Promise<T>, home?: string): Promise<T> {
  const desk = await openConsole(lab.estateFile, home === undefined ? {} : { home });
  try {
    return await work(desk);
  } finally {
    await desk.close();
  }
}

const METHOD = `Method: a star of three servers. The plan is made on one desk; a console in a process of its own begins it and is killed by
SIGKILL before the intent of a step is written, after it, after the first effect, or after the proof, of every step; or on its way
back. Another process on the same desk resumes or undoes. What root reads of every server (variables, events, accounts, channels, files of
the configuration, balancer; of a way back also service, boot and checksums of tables) must then equal that after an undisturbed run, or
that right before it. Failover: the primary is killed with everything received. Ways back: two rows were written on it alone.`;
