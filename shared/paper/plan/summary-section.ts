import { formatTarget, type PlanCharts, type TitledChart } from '../../charts/plan-charts';
import type { Language } from '../../contract';
import { verdictOf } from '../../plan/plan-text';
import { texts } from '../../text';
import { DASH, formatDate } from '../../text/format';
import type { Plan } from '../../views/plan';
import type { Block, PaperFact, PaperSection } from './model';
import { estimateText, minutesText, waitsText } from './plan-words';

/** The page for whoever decides, and the page of what decides. */
export function summarySections(plan: Plan, charts: PlanCharts, language: Language): PaperSection[] {
  const words = texts(language).planPaper;
  return [
    {
      id: 'summary',
      title: words.sections.summary,
      blocks: [
        { kind: 'facts', facts: factsOf(plan, language) },
        { kind: 'sentence', strong: true, text: verdictOf(plan, language) },
        ...listed(words.sections.blockers, [
          ...plan.blockers.map(({ title, code }) => `${title} [${code}]`),
          ...plan.clock.problems.map(({ text }) => text),
        ]),
        ...listed(words.sections.changes, plan.changes?.list.map(({ text }) => text) ?? []),
        ...drawn(charts.gantt),
        ...drawn(charts.allowance),
        ...listed(
          words.sections.questions,
          plan.unanswered.slice(0, MOST_QUESTIONS).map(({ question }) => question),
        ),
      ],
    },
    {
      id: 'decides',
      title: words.sections.decides,
      blocks: [...drawn(charts.convergence), ...drawn(charts.influence), ...influenceTable(plan, language)],
    },
  ];
}

/** More are on the page of questions; the first page says that there are some. */
const MOST_QUESTIONS = 3;

const listed = (heading: string, items: readonly string[]): Block[] =>
  items.length === 0
    ? []
    : [
        { kind: 'heading', text: heading },
        { kind: 'list', items },
      ];

const drawn = (titled: TitledChart | null): Block[] => (titled ? [{ kind: 'chart', ...titled }] : []);

/** The numbers of the plan, each with what it stands on or what it waits for. */
export function factsOf(plan: Plan, language: Language): PaperFact[] {
  const words = texts(language).planPaper;
  const { labels } = words;
  const { totals, window, wallet } = plan;
  const { turnBack, turnBackMissing, problems } = plan.clock;
  const fact = (label: string, value: string, note: string): PaperFact => ({ label, value, note });
  const method = (of: NonNullable<Plan['totals']['estimate']>) =>
    of.method === 'simulation' ? words.simulation : words.pert;
  const minutes = (value: number) => minutesText(Math.round(value), language);
  const step = plan.steps.find(({ nature }) => nature === 'no-return')?.number;
  return [
    window.state === 'set'
      ? fact(
          labels.window,
          `${formatDate(window.start.at, window.entered.zone, language)} ${window.start.local}–${window.end.local}`,
          `${window.entered.zone} · ${window.start.utc}–${window.end.utc} UTC`,
        )
      : fact(
          labels.window,
          words.unset,
          window.state === 'refused' ? window.problems.map(({ text }) => text).join(' ') : '',
        ),
    totals.estimate
      ? fact(
          labels.outage,
          estimateText(totals.estimate.p50, totals.estimate.p90, language),
          method(totals.estimate),
        )
      : fact(labels.outage, words.unknown, waitsText(totals.missing, plan, language)),
    turnBack && window.state === 'set'
      ? fact(
          labels.turnBack,
          turnBack.at.local,
          words.charts.turnBackFormula(
            window.end.local,
            minutes(turnBack.rollbackMinutes),
            minutes(turnBack.marginMinutes),
          ),
        )
      : fact(
          labels.turnBack,
          words.unknown,
          turnBackMissing.length > 0
            ? waitsText(turnBackMissing, plan, language)
            : problems.map(({ text }) => text).join(' '),
        ),
    fact(
      labels.loss,
      step === undefined ? DASH : words.noLossBefore(step),
      step === undefined ? '' : words.lossAfter,
    ),
    wallet
      ? fact(
          labels.allowed,
          minutesText(wallet.allowedMinutes, language),
          [
            words.reach(formatTarget(wallet.target, language)),
            ...(wallet.leftMinutes === null
              ? []
              : [
                  wallet.leftMinutes < 0
                    ? words.over(minutes(-wallet.leftMinutes))
                    : words.under(minutes(wallet.leftMinutes)),
                ]),
            wallet.targetPath,
          ].join(' · '),
        )
      : fact(labels.allowed, words.unknown, words.noTarget),
    totals.rollback
      ? fact(
          labels.rollback,
          estimateText(totals.rollback.p50, totals.rollback.p90, language),
          method(totals.rollback),
        )
      : fact(labels.rollback, words.unknown, ''),
    totals.preparation
      ? fact(labels.preparation, minutesText(totals.preparation.likely, language), words.pert)
      : fact(labels.preparation, words.unknown, ''),
    totals.stars === null
      ? fact(labels.confidence, words.unknown, '')
      : fact(labels.confidence, words.stars(totals.stars), words.starsNote),
  ];
}

/** What moves the P90 of the outage, with the source of each input: the first assumed one is what to measure next. */
function influenceTable(plan: Plan, language: Language): Block[] {
  const { common, planPaper: words } = texts(language);
  const rows = (plan.influence ?? []).filter(({ swing }) => swing !== 0);
  if (rows.length === 0) return [];
  const { decides } = words;
  return [
    {
      kind: 'table',
      head: [decides.input, decides.moves, decides.source],
      widths: [56, 24, 20],
      rows: rows.map(({ title, path, swing, source }) => [
        { kind: 'noted', text: title, note: path },
        swing === null ? decides.outright : minutesText(swing, language),
        common.source[source],
      ]),
    },
  ];
}
