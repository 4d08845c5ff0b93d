import type { AppError } from '../errors';
import { answerOf, type HostAnswer, type HostReading } from '../snapshot';

export type LookResult = { ok: true; answer: HostAnswer } | { ok: false; error: AppError; at: number };

/** A look's result on top of the reading before it: an unreachable host keeps its last answer and its "since". */
export function nextReading(before: HostReading | undefined, result: LookResult): HostReading {
  if (result.ok) return { state: 'answered', answer: result.answer };
  return {
    state: 'unreachable',
    at: result.at,
    // The desk's clock may have been set back since: no duration is negative.
    since: before?.state === 'unreachable' ? Math.min(before.since, result.at) : result.at,
    error: result.error,
    last: answerOf(before),
  };
}
