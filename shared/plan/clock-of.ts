import type { Language } from '../contract';
import { asSeconds } from '../units/measure';
import type { Moment, PlanClock, PlanWindow, StepClock, WindowProblem } from '../views/plan';
import type { Figures } from './figures';
import type { Ledger } from './ledger/ledger';
import { TURN_BACK_MARGIN } from './paths';
import { rowOf } from './runbook/rows';
import { type ClockStep, plannedTimes } from './schedule/planned-times';
import { turnBack } from './schedule/turn-back';
import type { StepDraft } from './steps';
import { problemIn, shownAt } from './window';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;

/** Gives a minute from T0 its moment by the window; null: none was entered. */
const momentBy =
  (window: PlanWindow) =>
  (minute: number): Moment | null =>
    window.state === 'set'
      ? shownAt(window.start.at + Math.round(minute * 60) * 1000, window.entered.zone)
      : null;

/** When each step begins and ends. What comes before T0 begins as the runbook says; everything else after what it needs. */
export function stepClocks(
  steps: readonly StepDraft[],
  figures: Figures,
  window: PlanWindow,
): Map<string, StepClock> {
  const at = momentBy(window);
  const times = plannedTimes(
    steps.map(({ id, needs, row }): ClockStep => {
      const minutes = figures.minutes.get(id);
      return { id, needs, minutes: minutes?.known ? minutes.value : null, at: startOf(row) };
    }),
  );
  const clocks = new Map<string, StepClock>();
  for (const [id, { start, startP90, end, endP90 }] of times) {
    clocks.set(id, {
      start,
      startP90,
      end,
      endP90,
      startsAt: at(start),
      startsAtP90: at(startP90),
      endsAt: at(end),
      endsAtP90: at(endP90),
    });
  }
  return clocks;
}

/** Minutes from T0 at which the runbook begins a row; null: when what it needs is done. */
function startOf(row: StepDraft['row']): number | null {
  const { when } = rowOf(row);
  if ('days' in when) return when.days * DAY_MINUTES;
  return 'minutes' in when && when.minutes <= 0 ? when.minutes : null;
}

/** Until when aborting is free, from when on the way back leads through the reverse channel, and when to turn back. */
export function clockOf(
  steps: readonly StepDraft[],
  clocks: ReadonlyMap<string, StepClock>,
  { figures, ledger }: { figures: Figures; ledger: Ledger },
  window: PlanWindow,
  language: Language,
): PlanClock {
  const of = (row: StepDraft['row']) =>
    steps.filter((step) => step.row === row).map(({ id }) => ({ id, clock: clocks.get(id) ?? null }));
  const [promote] = of('promote').sort((a, b) => (a.clock?.start ?? 0) - (b.clock?.start ?? 0));
  const gate = of('gate-2')[0]?.clock;
  const reversed = of('reverse').map(({ clock }) => clock?.end ?? null);
  const opened = of('open')[0]?.clock;
  const turn = turnBackOf(figures, ledger, window, language);
  const reverseEnd = reversed.length > 0 ? latestOf(reversed) : null;
  const backEnds = turn.turnBack?.minute ?? opened?.end ?? null;
  return {
    abortIsFree: gate ? { from: 0, to: gate.end } : null,
    backThroughReverse:
      reverseEnd !== null && backEnds !== null
        ? { from: reverseEnd, to: Math.max(reverseEnd, backEnds) }
        : null,
    pointOfNoReturn: promote?.clock
      ? { step: promote.id, minute: promote.clock.start, at: promote.clock.startsAt }
      : null,
    ...turn,
    freeAbortMinutes: figures.freeAbort.known ? figures.freeAbort.value.likely : null,
    fits: fitsIn(window, figures),
  };
}

const latestOf = (ends: readonly (number | null)[]): number | null =>
  ends.reduce<number | null>((last, end) => (last === null || end === null ? null : Math.max(last, end)), 0);

function fitsIn(window: PlanWindow, { outage }: Figures): boolean | null {
  if (window.state !== 'set' || !outage.known) return null;
  return outage.value.p90 * MINUTE_MS <= window.end.at - window.start.at;
}

type TurnBack = Pick<PlanClock, 'turnBack' | 'turnBackMissing' | 'problems'>;

/** The turn-back time, or every input that it waits for, or why no time would do. */
function turnBackOf(
  { rollback, turnBack: needed }: Figures,
  ledger: Ledger,
  window: PlanWindow,
  language: Language,
): TurnBack {
  const lacks = needed.known ? [] : needed.lacks.map(({ path }) => path);
  const missing = window.state === 'set' ? lacks : ['window/start', ...lacks];
  const margin = ledger.get(TURN_BACK_MARGIN);
  if (window.state !== 'set' || !rollback.known || !needed.known || margin?.state !== 'known') {
    return { turnBack: null, turnBackMissing: missing, problems: [] };
  }
  const { start, end } = window;
  const back = asSeconds(rollback.value.p90 * 60);
  const spare = asSeconds(margin.spread.likely);
  const found = turnBack({ start: start.at, end: end.at, rollback: back, margin: spare }, start.at);
  if (!found.ok) {
    const problems = found.error.map((bad): WindowProblem => {
      // What contradicts the window is mended there: going back takes what it takes.
      const input = bad.input === 'margin' ? TURN_BACK_MARGIN : 'window/end';
      return problemIn({ ...bad, input, value: window.entered.end }, language);
    });
    return { turnBack: null, turnBackMissing: [], problems };
  }
  return {
    turnBack: {
      at: shownAt(found.value.at, window.entered.zone),
      minute: (found.value.at - start.at) / MINUTE_MS,
      rollbackMinutes: rollback.value.p90,
      marginMinutes: spare / 60,
    },
    turnBackMissing: [],
    problems: [],
  };
}
