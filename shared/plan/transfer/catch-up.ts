import { ok } from '../../errors';
import { asSeconds, type BytesPerSecond, type Seconds } from '../../units/measure';
import { amount, checked, checkedThen, type Outcome, positive, refuse } from '../../units/outcome';
import { leastSquares } from './least-squares';

/** When a replica has caught up, or why it never does. */
export type CatchUp =
  | {
      kind: 'after';
      time: Seconds;
      /** Binary logs that the source must keep for it: seed, catching up, and whatever pause is planned. */
      retention: Seconds;
    }
  /** It applies no faster than is written. */
  | { kind: 'never'; ratio: number };

/** Catching up after a seed: `T_seed · ρ ÷ (1 − ρ)`, ρ = write rate ÷ apply rate. */
export function catchUp(
  seed: Seconds,
  writes: BytesPerSecond,
  applies: BytesPerSecond,
  pause: Seconds = asSeconds(0),
): Outcome<CatchUp> {
  const checks = [
    amount('seed', seed, 'seconds'),
    amount('writes', writes, 'rate'),
    positive('applies', applies, 'rate'),
    amount('pause', pause, 'seconds'),
  ];
  return checked(checks, (): CatchUp => {
    const ratio = writes / applies;
    if (ratio >= 1) return { kind: 'never', ratio };
    const time = asSeconds((seed * ratio) / (1 - ratio));
    return { kind: 'after', time, retention: asSeconds(seed + time + pause) };
  });
}

/** Lag as it was read, seconds behind at a moment in epoch milliseconds. */
export interface LagReading {
  at: number;
  lag: Seconds;
}

/** When the lag is gone if it goes on like this; `never` when it does not shrink. */
export type LagForecast = { kind: 'at'; at: number } | { kind: 'never'; perSecond: number };

/** Forecast from a regression of lag over time, never from the last reading alone. */
export function forecastLag(readings: readonly LagReading[]): Outcome<LagForecast> {
  const checks = readings.map(({ lag }, index) => amount(`readings/${index}/lag`, lag, 'seconds'));
  return checkedThen(checks, (): Outcome<LagForecast> => {
    const first = readings[0];
    if (!first || readings.length < 3) {
      return refuse('readings', 'too-few', { value: String(readings.length), against: '3' });
    }
    const since = readings.map(({ at }) => (at - first.at) / 1000);
    const bad = since.findIndex(
      (each, index) => !Number.isFinite(each) || (index > 0 && each <= (since[index - 1] ?? 0)),
    );
    if (bad >= 0) return refuse(`readings/${bad}/at`, 'contradictory', { value: String(readings[bad]?.at) });
    const fit = leastSquares(
      [since.map(() => 1), since],
      readings.map(({ lag }) => lag),
    );
    const [start = 0, slope = 0] = fit?.coefficients ?? [];
    const last = readings.at(-1) ?? first;
    // A thousandth of a second a second would take longer than anybody waits: it is noise, not progress.
    if (slope > -1e-3)
      return ok(last.lag === 0 ? { kind: 'at', at: last.at } : { kind: 'never', perSecond: slope });
    return ok({ kind: 'at', at: Math.max(last.at, first.at + (-start / slope) * 1000) });
  });
}

/** Compliance with a recovery point: what would be lost now ÷ what may be lost. Over 1 is a breach. */
export const recoveryPointUse = (heartbeatAge: Seconds, allowed: Seconds): Outcome<number> =>
  checked(
    [amount('heartbeatAge', heartbeatAge, 'seconds'), positive('allowed', allowed, 'seconds')],
    () => heartbeatAge / allowed,
  );
