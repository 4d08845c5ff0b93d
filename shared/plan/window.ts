import type { Language } from '../contract';
import { texts } from '../text';
import type { BadInput, Outcome } from '../units/outcome';
import { isZone, momentOf, wallTimeAt } from '../units/zoned-time';
import type { EnteredWindow, Moment, PlanWindow, WindowProblem } from '../views/plan';

const WALL = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)$/;

/**
 * The window as it was entered, as moments; or what is wrong with it, each at its place of entry: a zone that nobody knows, a
 * time that no clock of that day shows (summer time left it out) or shows twice, an end before the start.
 */
export function windowOf(entered: EnteredWindow | null, language: Language): PlanWindow {
  if (!entered) return { state: 'unset' };
  const { zone } = entered;
  if (!isZone(zone)) {
    return refused(entered, [{ input: 'window/zone', problem: 'unknown-zone', value: zone }], language);
  }
  const start = momentAt(entered, 'start');
  const end = momentAt(entered, 'end');
  if (!start.ok || !end.ok) {
    return refused(entered, [...(start.ok ? [] : start.error), ...(end.ok ? [] : end.error)], language);
  }
  if (end.value <= start.value) {
    const bad: BadInput = { input: 'window/end', problem: 'contradictory', value: entered.end };
    return refused(entered, [bad], language);
  }
  return { state: 'set', entered, start: shownAt(start.value, zone), end: shownAt(end.value, zone) };
}

function momentAt({ zone, which, ...entered }: EnteredWindow, of: 'start' | 'end'): Outcome<number> {
  const [, date = '', time = ''] = WALL.exec(entered[of].trim()) ?? [];
  const found = momentOf(date, time, zone, which);
  if (found.ok) return found;
  return {
    ok: false,
    error: found.error.map(({ problem }) => ({ input: `window/${of}`, problem, value: entered[of] })),
  };
}

const refused = (entered: EnteredWindow, bad: readonly BadInput[], language: Language): PlanWindow => ({
  state: 'refused',
  entered,
  problems: bad.map((each) => problemIn(each, language)),
});

/** What is wrong with an input, as a sentence. */
export function problemIn({ input, problem, value }: BadInput, language: Language): WindowProblem {
  return { input, problem, text: texts(language).planFigures.problems[problem](value ?? '') };
}

const clockOf = (at: number, zone: string): { date: string; time: string } => {
  const wall = wallTimeAt(at, zone);
  if (!wall.ok) return { date: '', time: '' };
  const { date, minute } = wall.value;
  const two = (value: number) => String(value).padStart(2, '0');
  return { date, time: `${two(Math.floor(minute / 60))}:${two(minute % 60)}` };
};

/** A moment (epoch milliseconds) with its clocks, to the minute. */
export function shownAt(at: number, zone: string): Moment {
  const { date, time } = clockOf(at, zone);
  return { at, date, local: time, utc: clockOf(at, 'UTC').time };
}
