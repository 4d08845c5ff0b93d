import type { Estate, Workflow } from '../estate/schema';
import { endOut, isCut, type Out, placesOfService, type Scene } from './scene';

type WorkflowStep = Workflow['steps'][number];

/** Why a step cannot be done. */
export type Cause =
  /** Nobody answers at this end. */
  { kind: 'out'; end: string; how: Out } | { kind: 'cut'; link: string };

/** What becomes of one step. */
export type StepEffect =
  | { kind: 'works' }
  /** Done, after clients waited for a server that does not answer; `policy` says how long. */
  | { kind: 'waits'; policy: string }
  /** Left out: a cache that is gone is not asked, and the answer comes from behind it. */
  | { kind: 'skipped'; end: string }
  | { kind: 'fails'; cause: Cause }
  /** Copying, saving or watching, for which nobody waits: done once it can be. */
  | { kind: 'postponed'; cause: Cause }
  /** A step before it fails, whatever branch is taken. */
  | { kind: 'not-reached'; after: number };

export interface StepResult {
  step: WorkflowStep;
  effect: StepEffect;
}

/**
 * `works`: for everybody as before; `slower`: done, and later; `sometimes`: fails only for whoever takes a branch that
 * fails; `broken`: for everybody.
 */
export type Verdict = 'works' | 'slower' | 'sometimes' | 'broken';

export interface WorkflowEffect {
  workflow: Workflow;
  /** Who waits for it; null: it begins inside. */
  actor: string | null;
  verdict: Verdict;
  steps: StepResult[];
}

/** Every workflow, step by step. */
export const workflowEffects = (scene: Scene): WorkflowEffect[] =>
  scene.estate.workflows.map((workflow) => {
    let broken: number | null = null;
    const steps = workflow.steps.map((step): StepResult => {
      if (broken !== null) return { step, effect: { kind: 'not-reached', after: broken } };
      const effect = effectOf(scene, step);
      if (effect.kind === 'fails' && !step.conditional) broken = step.n;
      return { step, effect };
    });
    return { workflow, actor: actorOf(scene.estate, workflow), verdict: verdictOf(steps), steps };
  });

function verdictOf(steps: readonly StepResult[]): Verdict {
  const fails = steps.filter(({ effect }) => effect.kind === 'fails');
  if (fails.some(({ step }) => !step.conditional)) return 'broken';
  if (fails.length > 0) return 'sometimes';
  const slower = steps.some(({ effect }) => effect.kind === 'waits' || effect.kind === 'skipped');
  return slower ? 'slower' : 'works';
}

function effectOf(scene: Scene, step: WorkflowStep): StepEffect {
  const toCache =
    scene.estate.services.find(({ id }) => id === step.to && id !== step.from)?.role === 'cache';
  for (const end of [step.from, step.to]) {
    const how = endOut(scene, end);
    if (how === undefined) continue;
    if (toCache && end === step.to) return { kind: 'skipped', end };
    return failing(scene, step, { kind: 'out', end, how });
  }
  if (isCut(scene, step.link)) {
    return toCache
      ? { kind: 'skipped', end: step.to }
      : failing(scene, step, { kind: 'cut', link: step.link ?? '' });
  }
  const policy = waitsBy(scene, step);
  return policy === undefined ? { kind: 'works' } : { kind: 'waits', policy };
}

/** Links whose work nobody waits for, where it starts at a server that lives. */
const BESIDE: ReadonlySet<string | undefined> = new Set([
  'replicate',
  'backup',
  'monitor',
  'health',
  'admin',
]);

function failing(scene: Scene, { link, from }: WorkflowStep, cause: Cause): StepEffect {
  const purpose = scene.estate.links.find(({ id }) => id === link)?.purpose;
  const begins = endOut(scene, from) === undefined;
  return { kind: begins && BESIDE.has(purpose) ? 'postponed' : 'fails', cause };
}

/** The policy by which whoever takes this step may first ask a server that is gone. */
function waitsBy(scene: Scene, { from, to }: WorkflowStep): string | undefined {
  const gone = placesOfService(scene, to).filter(({ id }) => scene.out.get(id) === 'failed');
  if (gone.length === 0) return undefined;
  return scene.estate.clientPolicies.find(({ actor }) => actor === from)?.id;
}

/** Who waits: whoever takes the first step, where that is an actor. */
const actorOf = ({ actors }: Estate, { steps }: Workflow): string | null =>
  actors.find(({ id }) => id === steps[0]?.from)?.id ?? null;
