import type { Language } from '../contract';
import { texts } from '../text';
import { formatDuration, formatTime, withUnit } from '../text/format';
import type { Plan } from '../views/plan';
import { allowanceOf } from './allowance';
import type { Chart } from './chart';
import { convergenceOf } from './convergence';
import { type GanttInput, ganttOf } from './gantt';
import type { GanttMarks } from './gantt-marks';
import { tornadoOf } from './tornado';

const MINUTE_MS = 60_000;

/** A drawing with its conclusion: as the title over it, and for whoever does not see the picture. */
export interface TitledChart {
  title: string;
  label: string;
  chart: Chart;
}

/** The drawings of a plan; null where a number it needs is unknown. */
export interface PlanCharts {
  convergence: TitledChart | null;
  gantt: TitledChart | null;
  allowance: TitledChart | null;
  influence: TitledChart | null;
}

export interface PlanChartsOptions {
  width: number;
  /** Where the bars of the cutover begin; left out: after 43 % of the width. */
  barsX?: number;
  /** Of the passes; left out: 240. */
  height?: number;
  /** Passes of the first tree that were run, minutes, from the first on. */
  measured?: readonly number[];
  /** The same passes if one input were another. */
  lever?: { minutes: readonly number[]; name: string; note: string } | null;
}

/** The drawings of a plan, the same for window and paper: what differs is the width and the pen. */
export function planChartsOf(plan: Plan, language: Language, options: PlanChartsOptions): PlanCharts {
  return {
    convergence: passesOf(plan, language, options),
    gantt: cutoverOf(plan, language, options),
    allowance: walletOf(plan, language, options.width),
    influence: influenceOf(plan, language, options.width),
  };
}

/** One tree of files, the first: its passes against what the availability target allows. */
function passesOf(plan: Plan, language: Language, options: PlanChartsOptions): TitledChart | null {
  const { charts: words } = texts(language).planPaper;
  const passes = plan.totals.filePasses;
  if (!passes) return null;
  const say = (minutes: number) => formatDuration(minutes * MINUTE_MS, language);
  const allowed = plan.wallet?.allowedMinutes ?? null;
  const chart = convergenceOf({
    passes,
    passName: words.pass,
    floorName: words.floorWhy,
    measured: options.measured ?? [],
    target: allowed === null ? null : { minutes: allowed, name: words.allowed(say(allowed)), note: '' },
    lever: options.lever ?? null,
    language,
    width: options.width,
    height: options.height ?? 240,
  });
  if (!chart) return null;
  const floor = passes.floorMinutes;
  const title =
    floor === null
      ? words.diverges
      : allowed !== null && floor >= allowed
        ? words.infeasible(say(floor), say(allowed))
        : words.reaches(passes.minutes.length - 1, say(floor));
  return { title, label: `${words.convergence}: ${passes.minutes.map(say).join(', ')}. ${title}.`, chart };
}

/** The steps while users are cut off, with gates, the point of no return and the window. */
function cutoverOf(plan: Plan, language: Language, options: PlanChartsOptions): TitledChart | null {
  const { width, barsX = Math.round(width * 0.43) } = options;
  const { ui, planPaper } = texts(language);
  const { charts: words } = planPaper;
  const steps = plan.steps.filter(({ phase, kind }) => phase === 'cutover' || kind === 'gate');
  const chart = ganttOf({
    steps,
    criticalPath: plan.totals.criticalPath,
    trackName: ui.plan.tracks,
    language,
    width,
    barsX,
    clock: clockOf(plan),
    marks: marksOf(plan, language),
  });
  if (!chart) return null;
  const { window, clock } = plan;
  const title = window.state === 'set' ? words.gantt(window.start.local, window.end.local) : words.ganttPlain;
  const point = clock.pointOfNoReturn?.at?.local;
  const said = [title, ...(point === undefined ? [] : [words.noReturn(point)])];
  return { title, label: `${said.join('. ')}.`, chart };
}

/** The moment of minute 0, from any step whose moment is known. */
function clockOf({ window, steps }: Plan): NonNullable<GanttInput['clock']> | null {
  if (window.state !== 'set') return null;
  const timed = steps.find(({ clock }) => clock?.startsAt)?.clock;
  if (!timed?.startsAt) return null;
  return { start: timed.startsAt.at - timed.start * MINUTE_MS, zone: window.entered.zone };
}

function marksOf(plan: Plan, language: Language): GanttMarks {
  const { charts: words } = texts(language).planPaper;
  const { clock, window, totals } = plan;
  const minutes = (value: number) => formatDuration(Math.round(value) * MINUTE_MS, language);
  const point = clock.pointOfNoReturn;
  const base = clockOf(plan);
  const turn = clock.turnBack;
  const end = window.state === 'set' ? window.end : null;
  return {
    gates: new Map(plan.gates.map(({ step, gate }) => [step, gate])),
    noReturn: point && { step: point.step, name: words.noReturn(point.at?.local ?? '') },
    free: words.free,
    reverse: totals.rollback ? words.reverseFor(minutes(totals.rollback.p90)) : words.reverse,
    turnBack:
      turn && end
        ? {
            at: turn.minute,
            name: words.turnBack(turn.at.local),
            formula: words.turnBackFormula(
              end.local,
              minutes(turn.rollbackMinutes),
              minutes(turn.marginMinutes),
            ),
          }
        : null,
    end:
      end && base
        ? {
            at: (end.at - base.start) / MINUTE_MS,
            name: words.end(formatTime(end.at, base.zone).slice(0, 5)),
          }
        : null,
    legend: { critical: words.critical, whisker: words.whisker, gate: words.gate },
  };
}

/** A share of the time as people ask for it: 99.95 % is another promise than 99.9 %, and never rounded to 100. */
export function formatTarget(share: number, language: Language): string {
  const digits = String(Number((share * 100).toFixed(6)));
  return withUnit(language === 'fr' ? digits.replace('.', ',') : digits, '%');
}

/** What the cutover takes of a month's allowance. */
function walletOf({ wallet }: Plan, language: Language, width: number): TitledChart | null {
  const { charts: words } = texts(language).planPaper;
  if (!wallet || wallet.takesMinutes === null || wallet.leftMinutes === null) return null;
  const say = (minutes: number) => formatDuration(Math.abs(minutes) * MINUTE_MS, language);
  const takes = say(wallet.takesMinutes);
  const left = say(wallet.leftMinutes);
  const chart = allowanceOf({
    allowed: wallet.allowedMinutes,
    allowedText: words.allowed(say(wallet.allowedMinutes)),
    bars: [
      {
        name: words.allowanceBar,
        minutes: wallet.takesMinutes,
        says: wallet.leftMinutes < 0 ? words.short(takes, left) : words.fits(takes, left),
      },
    ],
    width,
  });
  if (!chart) return null;
  const title = words.allowance(formatTarget(wallet.target, language));
  return { title, label: `${words.allowanceTitle(say(wallet.allowedMinutes), takes)}.`, chart };
}

const MOST_INPUTS = 8;

function influenceOf({ influence, totals }: Plan, language: Language, width: number): TitledChart | null {
  const { charts: words } = texts(language).planPaper;
  if (!influence || !totals.estimate) return null;
  const chart = tornadoOf({
    influence,
    result: totals.estimate.p90,
    say: (minutes) => formatDuration(minutes * MINUTE_MS, language),
    decides: words.decides,
    most: MOST_INPUTS,
    width,
  });
  const [first] = influence;
  return chart && first
    ? { title: words.influence, label: `${words.influenceTitle(first.title)}.`, chart }
    : null;
}
