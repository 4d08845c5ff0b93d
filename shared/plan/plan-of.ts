import type { Language, LedgerEntry } from '../contract';
import type { Estate } from '../estate/schema';
import type { Snapshot } from '../snapshot';
import type { Plan, PlanStep } from '../views/plan';
import { blockersOf } from './blockers';
import { type Figures, figuresOf } from './figures';
import { formulaTexts } from './formula-text';
import { type Input, inputsOf } from './inputs';
import type { Ledger } from './ledger/ledger';
import { assumptionsOf, resolveInputs } from './resolve-inputs';
import { type StepDraft, stepsOf } from './steps';

/** What a plan is made of, before it is put into words: its ledger can be changed and its figures made anew. */
export interface PlanBasis {
  inputs: readonly Input[];
  steps: readonly StepDraft[];
  ledger: Ledger;
  figures: Figures;
}

/** Inputs, ledger, steps and figures of moving this estate: what a drawer opens, what-if changes and a tornado tries. */
export function planBasisOf(
  estate: Estate,
  entries: readonly LedgerEntry[],
  snapshot: Snapshot | null,
  language: Language = 'en',
): PlanBasis {
  const steps = stepsOf(estate, language);
  const peoples = steps.filter((step) => step.work.kind === 'stated');
  const inputs = inputsOf(estate, peoples, language);
  const ledger = resolveInputs(inputs, estate, entries, snapshot);
  return { inputs, steps, ledger, figures: figuresOf(steps, ledger) };
}

/**
 * The plan of moving this estate: inputs, steps in order, and what follows. Pure: another value in changes
 * everything at once. What is not stated, measured, entered or a cited reference stays unknown, and so does
 * every figure that needs it; `missing` names it.
 */
export function planOf(
  estate: Estate,
  entries: readonly LedgerEntry[],
  snapshot: Snapshot | null,
  language: Language = 'en',
): Plan {
  const { inputs, steps, ledger, figures } = planBasisOf(estate, entries, snapshot, language);
  const { outage, preparation } = figures;
  const formulas = formulaTexts(steps, ledger, figures, language);
  return {
    takenAt: snapshot?.takenAt ?? null,
    blockers: blockersOf(estate, snapshot, language),
    assumptions: assumptionsOf(inputs, ledger, language),
    steps: steps.map((step) => stepView(step, figures, formulas.get(step.id))),
    totals: {
      outage: outage.known && outage.value.path.length > 0 ? outage.value.total : null,
      preparation: preparation.known && preparation.value.path.length > 0 ? preparation.value.total : null,
      missing: outage.known ? [] : outage.lacks.map(({ path }) => path),
      criticalPath: outage.known ? outage.value.likelyPath : [],
      filePasses: filePassesOf(figures),
    },
  };
}

function stepView(draft: StepDraft, figures: Figures, formula: string | undefined): PlanStep {
  const { id, title, phase, track, needs } = draft;
  const minutes = figures.minutes.get(id);
  if (!minutes?.known) {
    const missing = minutes?.lacks.map(({ path }) => path) ?? [];
    return { id, title, phase, track, needs, minutes: null, missing };
  }
  const view = { id, title, phase, track, needs, minutes: minutes.value };
  return formula === undefined ? view : { ...view, formula };
}

/** The passes of the first tree of files. */
function filePassesOf({ passes }: Figures): Plan['totals']['filePasses'] {
  const [first] = passes.values();
  if (!first?.known) return null;
  const { likely } = first.value;
  return {
    minutes: likely.passes.map((each) => each / 60),
    floorMinutes: likely.floor === null ? null : likely.floor / 60,
    converges: likely.floor !== null,
  };
}
