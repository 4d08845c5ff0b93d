import type { Chart, Shape } from '@shared/charts/chart';
import { linearScale } from '@shared/charts/scale';
import type { Language } from '@shared/contract';
import type { RunPlan } from '@shared/runbook/plan';
import type { RunState } from '@shared/runbook/state-model';
import { formatDuration } from '@shared/text/format';
import { plannedTimes } from './planned-times';
import { stateOf } from './step-rows';

/** Pixels: the names at the left, and what is left free at the right for the words of the last mark. */
const NAMES = 96;
const MARGIN = 12;
const HEIGHT = 60;
const BAR = 10;
/** Width of a letter at 12 px, on the wide side: nothing here can measure text. */
const LETTER = 6.4;

export interface StripWords {
  planned: string;
  actual: string;
  now: (time: string) => string;
  ended: (time: string) => string;
  ahead: (duration: string) => string;
  behind: (duration: string) => string;
  onPlan: string;
  plannedEnd: (duration: string) => string;
  noPlan: string;
}

/**
 * How far the run is from its plan, in milliseconds: more than 0 is late. Of the steps that are done, by when they
 * were likely to be done; null when no such step has an estimate.
 */
export function lateBy(plan: RunPlan, state: RunState): number | null {
  const done = plannedTimes(plan).flatMap(({ id, end, known }) => {
    const { state: of, endedAt } = stateOf(state, id);
    return known && of === 'done' && endedAt !== null ? [endedAt - state.openedAt - end] : [];
  });
  return done.at(-1) ?? null;
}

/** Plan and what really happened, one below the other over the same time. `at` is now, or when the run ended. */
export function stripOf({
  plan,
  state,
  at,
  time,
  words,
  language,
  width,
}: {
  plan: RunPlan;
  state: RunState;
  at: number;
  time: (at: number) => string;
  words: StripWords;
  language: Language;
  width: number;
}): { chart: Chart; says: string } {
  const planned = plannedTimes(plan);
  const known = planned.filter((one) => one.known);
  const plannedEnd = Math.max(0, ...known.map(({ end }) => end));
  const elapsed = Math.max(0, at - state.openedAt);
  const whole = Math.max(plannedEnd, elapsed, 1);
  const x = linearScale([0, whole * 1.02], [NAMES, width - MARGIN]);
  const late = lateBy(plan, state);
  const where = (state.closedAt === null ? words.now : words.ended)(time(at));
  const compared =
    late === null
      ? null
      : Math.abs(late) < 100
        ? words.onPlan
        : (late > 0 ? words.behind : words.ahead)(formatDuration(Math.abs(late), language));
  const says = [where, compared].filter(Boolean).join(', ');
  const bar = (role: 'bar' | 'bar-critical', y: number, from: number, to: number, id: string): Shape => ({
    kind: 'rect',
    role,
    x: x(from),
    y,
    width: Math.max(1.5, x(to) - x(from)),
    height: BAR,
    id,
  });
  const text = (role: 'label' | 'lane', left: number, y: number, words: string, end = false): Shape => ({
    kind: 'text',
    role,
    x: left,
    y,
    anchor: end ? 'end' : 'start',
    text: words,
  });
  const actual = plan.steps.flatMap((step): Shape[] => {
    const { startedAt, endedAt } = stateOf(state, step.id);
    if (step.kind === 'group' || startedAt === null) return [];
    // A clock that was set back must not draw over the names.
    const from = Math.max(0, startedAt - state.openedAt);
    return [bar('bar-critical', 30, from, Math.max(from, (endedAt ?? at) - state.openedAt), step.id)];
  });
  const here = x(elapsed);
  const roomRight = here + 8 + says.length * LETTER < width;
  const endWords = plannedEnd > 0 ? words.plannedEnd(formatDuration(plannedEnd, language)) : words.noPlan;
  const endAt = x(plannedEnd) + 8;
  const endFits = plannedEnd === 0 || endAt + endWords.length * LETTER < width;
  return {
    says: `${says}; ${endWords}`,
    chart: {
      width,
      height: HEIGHT,
      shapes: [
        text('lane', 14, 17, words.planned),
        text('label', 14, 35, words.actual),
        ...known.map(({ id, start, end }) => bar('bar', 12, start, end, id)),
        ...actual,
        ...(endFits ? [text('lane', plannedEnd === 0 ? NAMES : endAt, 17, endWords)] : []),
        { kind: 'line', role: 'floor', x1: here, y1: 4, x2: here, y2: 56 },
        text('label', roomRight ? here + 6 : here - 6, 51, says, !roomRight),
      ],
    },
  };
}
