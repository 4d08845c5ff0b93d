import type { Language, LedgerEntry } from '@shared/contract';
import type { Estate } from '@shared/estate/schema';
import { openedOnPaper } from '@shared/paper/plan/evidence-sections';
import { paperToHtml } from '@shared/paper/plan/html';
import { paperToMarkdown } from '@shared/paper/plan/markdown';
import { paperOf } from '@shared/paper/plan/paper-of';
import { ledgerToCsv, stepsToCsv } from '@shared/paper/plan/plan-csv';
import { planToIcs } from '@shared/paper/plan/plan-ics';
import type { PrintJob } from '@shared/paper/plan/print-job';
import { targetsSection } from '@shared/paper/plan/targets-section';
import type { PlanFrame } from '@shared/plan/approved';
import { openFigure } from '@shared/plan/open-figure';
import { outageSteps, planBasisOf, wholePlanOf } from '@shared/plan/plan-of';
import { planHash, shortHash } from '@shared/plan/plan-record';
import { planToText } from '@shared/plan/plan-text';
import {
  SIMULATION_RUNS,
  SIMULATION_SEED,
  simulate,
  simulatedOutage,
  startSimulation,
} from '@shared/plan/schedule/simulation';
import { withSimulation } from '@shared/plan/with-simulation';
import type { Snapshot } from '@shared/snapshot';
import { compareTargets } from '@shared/targets/compare';
import { say } from '@shared/text';
import type { Plan } from '@shared/views/plan';
import { failure } from '../net/failure';
import { PAPER_FONTS } from './fonts';

/** What a plan is made from, and when and where it is printed. */
export interface PlanSource {
  estate: Estate;
  entries: readonly LedgerEntry[];
  snapshot: Snapshot | null;
  frame: PlanFrame;
  /** Of this desk. */
  zone: string;
  /** Epoch milliseconds. */
  now: number;
}

/** The forms of a plan that are text. */
export type PaperFormat = 'text' | 'json' | 'md' | 'csv' | 'ledger-csv' | 'ics' | 'html';

/** The plan of a source in every form; all of them say the same and carry the same hash. */
export interface PlanPapers {
  plan: Plan;
  hash: string;
  shortHash: string;
  /** @throws Failure E_PLAN_WINDOW for a calendar while no window was entered */
  text(format: PaperFormat): string;
  /** Without the file to write: whoever prints knows. */
  job(): Omit<PrintJob, 'pdf'>;
}

export function planPapers(source: PlanSource, language: Language): PlanPapers {
  const { estate, entries, snapshot, frame, zone, now } = source;
  const basis = planBasisOf(estate, entries, snapshot, language);
  const plan = simulated(wholePlanOf(estate, entries, snapshot, language, frame), outageSteps(basis));
  const hash = plan.hash ?? planHash(plan);
  const short = shortHash(hash);
  const paper = () =>
    paperOf({
      plan,
      hash,
      shortHash: short,
      estate: say(estate.title, language),
      language,
      zone,
      printedAt: now,
      opened: openedOnPaper(plan).map((name) => ({ lines: openFigure(basis, name, language) })),
      more: [targetsSection(compareTargets(estate, entries, snapshot, language), language)],
    });
  const calendar = () => {
    const made = planToIcs(plan, hash, short, now, language);
    if (made === null) throw failure('E_PLAN_WINDOW', null);
    return made;
  };
  const makers: Record<PaperFormat, () => string> = {
    text: () => planToText(plan, language),
    json: () => `${JSON.stringify(plan, null, 2)}\n`,
    md: () => paperToMarkdown(paper()),
    csv: () => stepsToCsv(plan, hash, language),
    'ledger-csv': () => ledgerToCsv(plan, hash, language),
    ics: calendar,
    html: () => paperToHtml(paper(), PAPER_FONTS, 'page'),
  };
  return {
    plan,
    hash,
    shortHash: short,
    text: (format) => makers[format](),
    job() {
      const made = paper();
      const { left, right } = made.footer;
      return { html: paperToHtml(made, PAPER_FONTS, 'none'), foot: { left, right, language } };
    },
  };
}

/** The same runs as on the screen: their P50 and P90 replace the sums of PERT. */
function simulated(plan: Plan, steps: ReturnType<typeof outageSteps>): Plan {
  if (!steps || steps.length === 0) return plan;
  const begun = startSimulation(steps, SIMULATION_SEED);
  const ran = begun.ok ? simulate(begun.value, SIMULATION_RUNS) : begun;
  const outage = ran.ok ? simulatedOutage(ran.value) : ran;
  return outage.ok ? withSimulation(plan, outage.value) : plan;
}
