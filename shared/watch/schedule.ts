import type { AppError } from '../errors';
import type { Cadence } from '../kinds/kind';

/** Default time between two looks at a host: what is broken is on the screen within five seconds. */
export const DEFAULT_PERIOD_MS = 3_000;
/** Looks a second that one desk asks for, over all hosts together: more would cost it a core. */
const LOOKS_PER_SECOND = 100;
const SLOW_MS = 30_000;
const MINUTE_MS = 60_000;
const RARE_MS = 300_000;
/** A host that does not answer is asked less and less often, down to this. */
export const MAX_BACKOFF_MS = 60_000;

/** Milliseconds between two looks at a host where the estate states nothing: longer from 300 hosts on. */
export const defaultPeriod = (hosts: number): number =>
  Math.max(DEFAULT_PERIOD_MS, (hosts * 1000) / LOOKS_PER_SECOND);

/** Milliseconds until a host is looked at again after the desk woke: soon, but never all of them at once. */
export const delayAfterWake = (hosts: number, periodMs: number, random: number): number =>
  Math.round(Math.min(periodMs, (hosts * 1000) / LOOKS_PER_SECOND) * random);

/** Milliseconds between two runs of a probe of this cadence. */
export function intervalOf(cadence: Cadence, periodMs: number): number {
  switch (cadence) {
    case 'poll':
      return 0;
    case 'slow':
      return Math.max(SLOW_MS, periodMs);
    case 'minute':
      return Math.max(MINUTE_MS, periodMs);
    case 'rare':
      return Math.max(RARE_MS, periodMs);
  }
}

/** Is a probe due that last ran at `last` (null = never)? One that ran in the future ran before the clock was set back. */
export function isDue(cadence: Cadence, last: number | null, now: number, periodMs: number): boolean {
  return last === null || last > now || now - last >= intervalOf(cadence, periodMs);
}

/** Early readings may take a twentieth of the time at most: what is cheap is read at once, what is dear later. */
const EARLY_SHARE = 20;

/** May a probe that is not due run early, which last took `durationMs` at `at`? */
export function mayBeEarly(last: { at: number; durationMs: number } | undefined, now: number): boolean {
  return last !== undefined && now - last.at >= EARLY_SHARE * last.durationMs;
}

/**
 * Must a person act before this host is asked again? A wrong secret is never tried twice by itself (servers
 * lock out whoever does), and a host key that does not match stops everything towards that host.
 */
export function needsPerson(error: AppError): boolean {
  return (
    error.stage === 'hostkey' ||
    error.stage === 'auth' ||
    error.stage === 'egress' ||
    error.stage === 'estate'
  );
}

/**
 * Milliseconds until the next look. Doubles with every failure in a row up to MAX_BACKOFF_MS; `random` in
 * [0, 1) spreads hosts by ±10 %, so that many of them never answer in step. null = not before a person acts.
 */
export function nextDelay(
  outcome: { failures: number; error: AppError | null },
  periodMs: number,
  random: number,
): number | null {
  if (outcome.error && needsPerson(outcome.error)) return null;
  const base = outcome.failures === 0 ? periodMs : periodMs * 2 ** Math.min(outcome.failures - 1, 6);
  return Math.round(Math.min(base, Math.max(MAX_BACKOFF_MS, periodMs)) * (0.9 + 0.2 * random));
}
