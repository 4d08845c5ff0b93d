import { planChartsOf } from '../../charts/plan-charts';
import type { Language } from '../../contract';
import { texts } from '../../text';
import type { Plan } from '../../views/plan';
import { contactsSection, questionsSection } from './closing-sections';
import { formulasSection, ledgerSection, type OpenedNumber } from './evidence-sections';
import type { PaperSection, PlanPaper } from './model';
import { momentText } from './plan-words';
import { gatesSection, rollbackSection, runbookSections, sheetSection } from './runbook-sections';
import { summarySections } from './summary-section';

export interface PaperInput {
  plan: Plan;
  /** SHA-256 of the plan, hexadecimal. */
  hash: string;
  /** The same as it is shown. */
  shortHash: string;
  /** The estate as a person calls it. */
  estate: string;
  language: Language;
  /** Of the reader, where the plan has no window with a zone of its own. */
  zone: string;
  /** Epoch milliseconds; whoever prints says when. */
  printedAt: number;
  /** Numbers opened to their formulas and sources, in the order in which they are shown. */
  opened: readonly OpenedNumber[];
  /** Made of other views: targets, readiness, what-if. They stand between the runbook and the evidence. */
  more: readonly PaperSection[];
}

/** Width of a picture on A4, in its own pixels: letters of 12 are 9 pt on paper then. */
const CHART_WIDTH = 720;

/** The plan as paper: one page for whoever decides, the sheets for the night, then the evidence. Pure. */
export function paperOf(input: PaperInput): PlanPaper {
  const { plan, hash, shortHash, estate, language, printedAt, opened, more } = input;
  const words = texts(language).planPaper;
  const zone = plan.window.state === 'set' ? plan.window.entered.zone : input.zone;
  const charts = planChartsOf(plan, language, { width: CHART_WIDTH });
  const left =
    plan.takenAt === null
      ? words.footer.unseen(shortHash)
      : words.footer.plan(shortHash, momentText(plan.takenAt, zone, language));
  return {
    language,
    title: words.title,
    subtitle: words.subtitle(estate),
    hash,
    shortHash,
    footer: { left, right: words.footer.printed(momentText(printedAt, zone, language)) },
    sections: [
      ...summarySections(plan, charts, language),
      sheetSection(plan, language),
      gatesSection(plan, language),
      rollbackSection(plan, language),
      ...runbookSections(plan, language),
      ...more,
      ledgerSection(plan, language, zone),
      formulasSection(opened, language, zone),
      questionsSection(plan, language),
      contactsSection(plan, language),
    ].filter(({ blocks }) => blocks.length > 0),
  };
}
