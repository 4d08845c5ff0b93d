import type { Language, LedgerEntry } from '../contract';
import type { Estate } from '../estate/schema';
import type { Snapshot } from '../snapshot';
import { say, texts } from '../text';
import type { Plan, PlanEstimate, PlanPasses, PlanQuestion } from '../views/plan';
import { NO_FRAME, type PlanFrame } from './approved';
import { blockersOf } from './blockers';
import { changesSince } from './changes';
import { clockOf, stepClocks } from './clock-of';
import { type Figures, figuresOf, timedSteps } from './figures';
import { formulaTexts } from './formula-text';
import { outageInfluence } from './influence';
import { availabilityPathOf, type Input, inputsOf } from './inputs';
import type { Derived } from './ledger/derived';
import type { Ledger } from './ledger/ledger';
import { starsOf, unanswered } from './ledger/open-derived';
import { planHash } from './plan-record';
import { assumptionsOf, resolveInputs } from './resolve-inputs';
import type { Scene } from './runbook/command-scene';
import { type EstateFacts, estateFactsOf } from './runbook/estate-facts';
import { gatesOf } from './runbook/gates';
import { RUNBOOK } from './runbook/rows';
import { ROWS_BACK } from './runbook/rows-after';
import { stepViewer } from './runbook/step-view';
import type { OutageEstimate, TimedStep } from './schedule/outage';
import { draftsOf, type StepDraft } from './steps';
import { allowanceLeft, walletOf } from './wallet';
import { windowOf } from './window';

/** What a plan is made of, before it is put into words: its ledger can be changed and its figures made anew. */
export interface PlanBasis {
  /** What of the estate decides its steps. */
  facts: EstateFacts;
  inputs: readonly Input[];
  steps: readonly StepDraft[];
  /** The way back, after the promotion. */
  back: readonly StepDraft[];
  ledger: Ledger;
  figures: Figures;
  /** What the cutover leaves of the month's allowance, seconds. */
  allowance: Derived<number>;
}

/** Inputs, ledger, steps and figures of moving this estate: what a drawer opens, what-if changes and a tornado tries. */
export function planBasisOf(
  estate: Estate,
  entries: readonly LedgerEntry[],
  snapshot: Snapshot | null,
  language: Language = 'en',
): PlanBasis {
  const facts = estateFactsOf(estate);
  const steps = draftsOf(RUNBOOK, facts, language);
  const back = draftsOf(ROWS_BACK, facts, language);
  const inputs = inputsOf(estate, steps, back, language);
  const ledger = resolveInputs(inputs, estate, entries, snapshot);
  const figures = figuresOf(steps, ledger, back);
  const allowance = allowanceLeft(ledger, availabilityPathOf(estate), figures);
  return { facts, inputs, steps, back, ledger, figures, allowance };
}

/** The steps of the cutover with their durations, as `startSimulation` takes them; null: one of them is unknown. */
export const outageSteps = ({ steps, figures }: Pick<PlanBasis, 'steps' | 'figures'>): TimedStep[] | null =>
  timedSteps(steps, figures.minutes, 'cutover');

/**
 * The plan of moving this estate: inputs, steps in order, and what follows. Pure: another value in changes
 * everything at once. What is not stated, measured, entered or a cited reference stays unknown, and so does
 * every figure that needs it; `missing` names it. Quick: hash and influence are left to `wholePlanOf`.
 */
export function planOf(
  estate: Estate,
  entries: readonly LedgerEntry[],
  snapshot: Snapshot | null,
  language: Language = 'en',
  frame: PlanFrame = NO_FRAME,
): Plan {
  return planFrom(planBasisOf(estate, entries, snapshot, language), estate, snapshot, language, frame);
}

/** The same with its hash and with which inputs weigh most: for paper, the command line and whoever approves it. */
export function wholePlanOf(
  estate: Estate,
  entries: readonly LedgerEntry[],
  snapshot: Snapshot | null,
  language: Language = 'en',
  frame: PlanFrame = NO_FRAME,
): Plan {
  const basis = planBasisOf(estate, entries, snapshot, language);
  const plan = planFrom(basis, estate, snapshot, language, frame);
  return { ...plan, hash: planHash(plan), influence: outageInfluence(basis, plan.assumptions) };
}

/** A plan from what it is made of, where that is at hand already. */
export function planFrom(
  basis: PlanBasis,
  estate: Estate,
  snapshot: Snapshot | null,
  language: Language,
  frame: PlanFrame,
): Plan {
  const { facts, inputs, steps, back, ledger, figures } = basis;
  const window = windowOf(frame.window, language);
  const formulas = formulaTexts([...steps, ...back], ledger, figures, language);
  const clocks = stepClocks(steps, figures, window);
  const scene: Scene = { estate, facts, snapshot, language, words: texts(language).planSteps };
  const inWords = stepViewer(scene);
  const view = (minutes: Figures['minutes']) => (step: StepDraft) =>
    inWords(step, {
      minutes: minutes.get(step.id),
      undo: figures.undoMinutes.get(step.id),
      formula: formulas.get(step.id),
      clock: clocks.get(step.id) ?? null,
    });
  const plan: Plan = {
    takenAt: snapshot?.takenAt ?? null,
    hash: null,
    blockers: blockersOf(estate, snapshot, language),
    assumptions: assumptionsOf(inputs, ledger, language),
    steps: steps.map(view(figures.minutes)),
    gates: gatesOf(steps, facts, language),
    rollback: back.map(view(figures.backMinutes)),
    window,
    clock: clockOf(steps, clocks, basis, window, language),
    totals: totalsOf(basis, language),
    wallet: walletOf(ledger, availabilityPathOf(estate), figures),
    influence: null,
    unanswered: questionsOf(basis, language),
    changes: null,
  };
  const { approved } = frame;
  if (!approved) return plan;
  const { hash, at, by } = approved;
  return { ...plan, changes: { approved: { hash, at, by }, list: changesSince(approved, plan, language) } };
}

function totalsOf({ figures, facts }: PlanBasis, language: Language): Plan['totals'] {
  const { outage, preparation, rollback } = figures;
  const passes = passesOf(figures, facts, language);
  const [first] = passes;
  return {
    outage: outage.known && outage.value.path.length > 0 ? outage.value.total : null,
    estimate: estimateOf(outage),
    preparation: preparation.known && preparation.value.path.length > 0 ? preparation.value.total : null,
    rollback: estimateOf(rollback),
    missing: outage.known ? [] : outage.lacks.map(({ path }) => path),
    criticalPath: outage.known ? outage.value.likelyPath : [],
    stars: starsOf(outage),
    filePasses: first
      ? { minutes: first.minutes, floorMinutes: first.floorMinutes, converges: first.converges }
      : null,
    passes,
  };
}

function estimateOf(derived: Derived<OutageEstimate>): PlanEstimate | null {
  if (!derived.known || derived.value.path.length === 0) return null;
  const { mean, p50, p90, p99 } = derived.value;
  return { method: 'pert', mean, p50, p90, p99 };
}

/** The passes of every tree of files of which they are known, as is likely. */
function passesOf({ passes }: Figures, { trees }: EstateFacts, language: Language): PlanPasses[] {
  return trees.flatMap(({ id, title }): PlanPasses[] => {
    const found = passes.get(id);
    if (!found?.known) return [];
    const { likely } = found.value;
    return [
      {
        set: id,
        title: say(title, language),
        minutes: likely.passes.map((each) => each / 60),
        floorMinutes: likely.floor === null ? null : likely.floor / 60,
        converges: likely.floor !== null,
      },
    ];
  });
}

/** What this plan cannot answer, each with the inputs it waits for. */
function questionsOf({ figures, facts, allowance }: PlanBasis, language: Language): PlanQuestion[] {
  const { questions } = texts(language).plan;
  const { outage, preparation, rollback, turnBack, freeAbort } = figures;
  const asked: Record<string, [question: string, figure: Derived<unknown> | undefined]> = {
    outage: [questions.outage, outage],
    preparation: [questions.preparation, preparation],
    rollback: [questions.rollback, rollback],
    'turn-back': [questions.turnBack, turnBack],
    'free-abort': [questions.freeAbort, freeAbort],
    allowance: [questions.allowance, allowance],
  };
  for (const { id, title } of facts.trees) {
    asked[`passes/${id}`] = [questions.passes(say(title, language)), figures.passes.get(id)];
  }
  const open: Record<string, Derived<unknown>> = {};
  for (const [figure, [, derived]] of Object.entries(asked)) if (derived) open[figure] = derived;
  return unanswered(open).map(({ figure, lacks }) => ({
    figure,
    question: asked[figure]?.[0] ?? figure,
    missing: lacks.map(({ path }) => path),
  }));
}
