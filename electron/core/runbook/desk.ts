import type { Answer } from '@shared/runbook/judge';
import { failure } from '../net/failure';

/**
 * A reading that this console takes by itself, because no server could be asked for it: of a dead server's binary log, e.g. It
 * reads and nothing else. Rejects with Failure when it cannot be told.
 */
export type DeskReading = (
  params: Readonly<Record<string, string>>,
  how: { timeoutMs: number; signal: AbortSignal },
) => Promise<Answer>;
/** By name; each procedure brings its own. */
export type DeskReadings = Readonly<Record<string, DeskReading>>;

/** @throws Failure E_PLAN_INVALID: this version has no such reading */
export function deskReading(readings: DeskReadings, name: string): DeskReading {
  const found = Object.hasOwn(readings, name) ? readings[name] : undefined;
  if (!found) throw failure('E_PLAN_INVALID', null, { text: `there is no reading ${name}` });
  return found;
}
