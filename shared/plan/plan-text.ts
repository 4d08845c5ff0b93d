import type { Language } from '../contract';
import { textTable } from '../paper/table';
import { texts } from '../text';
import { formatDuration, formatNumber, unitIn } from '../text/format';
import type { Minutes, Plan } from '../views/plan';

const MINUTE_MS = 60_000;
const duration = (minutes: number, language: Language) => formatDuration(minutes * MINUTE_MS, language);

/** The sentence that says what the plan comes to, and what decides it. */
export function verdictOf(plan: Plan, language: Language): string {
  const { verdict } = texts(language).plan;
  const { outage, missing, criticalPath, filePasses } = plan.totals;
  const [blocker] = plan.blockers;
  if (blocker) return verdict.blocked(blocker.title);
  if (filePasses && !filePasses.converges) {
    const title = plan.steps.find((step) => step.id.startsWith('passes-'))?.title ?? '';
    return verdict.diverges(title);
  }
  if (!outage) return verdict.unknown(missing.length);
  const decides = plan.steps
    .filter((step) => criticalPath.includes(step.id))
    .reduce((a, b) => ((b.minutes?.likely ?? 0) > (a.minutes?.likely ?? 0) ? b : a));
  return verdict.outage(duration(outage.likely, language), decides.title);
}

/** The plan for a terminal: verdict, steps with their three durations or what they wait for, inputs. */
export function planToText(plan: Plan, language: Language): string {
  const { common, plan: words } = texts(language);
  const { headings, columns, unknown } = words;
  const three = (minutes: Minutes | null) =>
    minutes
      ? [minutes.optimistic, minutes.likely, minutes.pessimistic]
          .map((value) => duration(value, language))
          .join(' · ')
      : null;
  const steps = plan.steps.map((step) => [
    step.gate ?? step.number,
    step.title,
    three(step.minutes) ?? `${unknown}; ${headings.missing}: ${(step.missing ?? []).join(', ')}`,
  ]);
  const inputs = plan.assumptions.map((input) => [
    input.path,
    input.value === null ? unknown : `${formatNumber(input.value, language)} ${unitIn(input.unit, language)}`,
    [common.source[input.source], input.origin].filter(Boolean).join(': '),
  ]);
  return [
    `${verdictOf(plan, language)}\n`,
    `\n${headings.steps}\n`,
    textTable(['#', columns.step, columns.minutes], steps),
    `\n${headings.assumptions}\n`,
    textTable([columns.input, columns.value, columns.source], inputs),
  ].join('');
}
