import { asSeconds, type Seconds } from '../../units/measure';
import { amount, type BadInput, checked, type Outcome } from '../../units/outcome';

/** A maintenance window and what going back within it takes. Moments are epoch milliseconds. */
export interface Window {
  start: number;
  end: number;
  /** P90 of the whole way back. */
  rollback: Seconds;
  /** What a person wants to keep in hand. */
  margin: Seconds;
}

export interface TurnBack {
  /** Whoever is not through by then goes back: `t_end − P90(rollback) − margin`. */
  at: number;
  /** From now until then; negative once it has passed. */
  left: number;
  /** Time for the way forward. */
  room: Seconds;
}

/** Turn-back time; asked again each second with the present moment. Refused when going back does not fit into the window. */
export function turnBack(window: Window, now: number): Outcome<TurnBack> {
  const { start, end, rollback, margin } = window;
  const at = end - (rollback + margin) * 1000;
  const moment = (input: string, value: number): BadInput[] =>
    Number.isFinite(value) && Math.abs(value) < 8e15
      ? []
      : [{ input, problem: 'impossible-time', value: String(value) }];
  const checks = [
    moment('start', start),
    moment('end', end),
    moment('now', now),
    amount('rollback', rollback, 'seconds'),
    amount('margin', margin, 'seconds'),
  ];
  // Only values that are possible by themselves can contradict each other.
  if (checks.flat().length === 0) checks.push(contradictions(window, at));
  return checked(checks, () => ({ at, left: (at - now) / 1000, room: asSeconds((at - start) / 1000) }));
}

function contradictions({ start, end, rollback }: Window, at: number): BadInput[] {
  if (end <= start) return [{ input: 'end', problem: 'contradictory', value: String(end), against: 'start' }];
  if (at >= start) return [];
  return [{ input: 'rollback', problem: 'contradictory', value: String(rollback), against: 'end' }];
}
