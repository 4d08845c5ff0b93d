import { ok } from '../../errors';
import { asBytes, asSeconds, type Bytes, type BytesPerSecond, type Seconds } from '../../units/measure';
import { amount, checkedThen, type Outcome, refuse } from '../../units/outcome';
import { checkCalendar, type RateCalendar, rateAt } from './rate-calendar';

/** A stretch of one rate, epoch milliseconds. */
export interface Stretch {
  from: number;
  to: number;
  rate: BytesPerSecond;
  bytes: Bytes;
}

export interface TransferEnd {
  /** Epoch milliseconds. Shown in UTC and in the zone of the calendar. */
  at: number;
  took: Seconds;
  stretches: readonly Stretch[];
}

/** Longer than any plan: a transfer that takes more than two years is named as one that never ends. */
const HORIZON_MS = 2 * 366 * 86_400_000;

/**
 * When so many bytes are through: solves `∫ B(t) dt = V` stretch by stretch, over hours, days and clock changes.
 * The answer is a moment on the clock, because "28 hours" of nights are a week.
 */
export function transferEnd(size: Bytes, start: number, calendar: RateCalendar): Outcome<TransferEnd> {
  const possible = Number.isFinite(start) && Math.abs(start) < 8e15;
  const checks = [
    amount('size', size, 'bytes'),
    possible ? [] : [{ input: 'start', problem: 'impossible-time' as const, value: String(start) }],
  ];
  return checkedThen(checks, () => {
    const known = checkCalendar(calendar);
    if (!known.ok) return known;
    const stretches: Stretch[] = [];
    let at = start;
    let left: number = size;
    while (left > 0) {
      if (at - start > HORIZON_MS) return refuse('size', 'never-ends', { value: String(size) });
      const { rate, until } = rateAt(known.value, at);
      const room = (rate * (until - at)) / 1000;
      const done = room >= left;
      const to = done ? at + (left / rate) * 1000 : until;
      stretches.push({ from: at, to, rate, bytes: asBytes(done ? left : room) });
      left = done ? 0 : left - room;
      at = to;
    }
    return ok({ at, took: asSeconds((at - start) / 1000), stretches });
  });
}
