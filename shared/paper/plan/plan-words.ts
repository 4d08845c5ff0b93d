import type { Language } from '../../contract';
import { texts } from '../../text';
import {
  DASH,
  formatDate,
  formatDuration,
  formatNumber,
  formatTime,
  unitIn,
  withUnit,
} from '../../text/format';
import type { Plan, PlanAssumption, PlanStep, StepCommand } from '../../views/plan';

/** The words in which every part of the paper says the same thing. */

const MINUTE_MS = 60_000;

export const minutesText = (minutes: number, language: Language): string =>
  formatDuration(minutes * MINUTE_MS, language);

/** "79 / 84 min"; to the minute from ten minutes on: an estimate has no seconds. */
export function estimateText(p50: number, p90: number, language: Language): string {
  if (p50 >= 10 && p90 < 180) return `${Math.round(p50)} / ${withUnit(String(Math.round(p90)), 'min')}`;
  const whole = (minutes: number) => (minutes >= 10 ? Math.round(minutes) : minutes);
  return `${minutesText(whole(p50), language)} / ${minutesText(whole(p90), language)}`;
}

/** "sam. 5 déc. 2026, 18:02:11". */
export const momentText = (at: number, zone: string, language: Language): string =>
  `${formatDate(at, zone, language)}, ${formatTime(at, zone)}`;

/** When a step begins: the clock of the window, else minutes from T0, else a dash. */
export function plannedText({ clock }: PlanStep, language: Language): string {
  if (!clock) return DASH;
  if (clock.startsAt) return clock.startsAt.local;
  const sign = clock.start < 0 ? '−' : '+';
  return `T0 ${sign} ${minutesText(Math.abs(Math.round(clock.start * 60) / 60), language)}`;
}

/** A value of the ledger with its unit; unknown is said, never left out. */
export function valueText({ value, unit }: PlanAssumption, language: Language): string {
  if (value === null) return texts(language).planPaper.unknown;
  return withUnit(formatNumber(value, language), unitIn(unit, language));
}

/** Who says so: "measured: web, 4 Dec", "assumed: entered by …". */
export function sourceText({ source, origin }: PlanAssumption, language: Language): string {
  const word = texts(language).common.source[source];
  return origin === undefined || origin === '' ? word : `${word}: ${origin}`;
}

/** What the time of a step stands on: its formula with the numbers in it, else the line of the ledger that says it. */
export function basisText(step: PlanStep, plan: Plan, language: Language): string {
  if (step.formula !== undefined) return step.formula;
  if (step.minutes === null) {
    const missing = step.missing ?? [];
    const own = missing.length === 1 && missing[0] === `steps/${step.id}`;
    return own ? texts(language).planPaper.timeUnknown : waitsText(missing, plan, language);
  }
  const input = plan.assumptions.find(({ path }) => path === `steps/${step.id}`);
  return input ? sourceText(input, language) : '';
}

const MOST_NAMED = 2;

/** The inputs that are lacking, the first ones by their titles. */
export function waitsText(paths: readonly string[], plan: Plan, language: Language): string {
  const { waitsFor, waitsForMany, unknown } = texts(language).planPaper;
  if (paths.length === 0) return unknown;
  const titles = new Map(plan.assumptions.map(({ path, title }) => [path, title]));
  const named = paths.slice(0, MOST_NAMED).map((path) => titles.get(path) ?? path);
  const more = paths.length - MOST_NAMED;
  return more > 0 ? waitsForMany(named.join(' · '), more) : waitsFor(named.join(' · '));
}

const PROMPTS: Record<StepCommand['dialect'], string> = {
  mysql: '> ',
  mariadb: '> ',
  shell: '$ ',
  console: '$ ',
};

/** A command behind the prompt of where it is typed: "db> SET PERSIST …", "web$ apachectl graceful". */
export const commandText = ({ on, dialect, text }: StepCommand): string => `${on}${PROMPTS[dialect]}${text}`;

/** How a step is undone, and how long that takes. */
export function undoText({ undo }: PlanStep, language: Language): string {
  const { sheet } = texts(language).planPaper;
  if (!undo) return sheet.nothingToUndo;
  if (!undo.minutes) return undo.text;
  return `${undo.text} · ${minutesText(undo.minutes.likely, language)}`;
}
