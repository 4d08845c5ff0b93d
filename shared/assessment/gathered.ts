import { z } from 'zod';
import type { AppError } from '../errors';
import { Evidence, Snapshot } from '../snapshot';
import { Reason } from '../views/assessment';

/** What one run of the assessment brought home: kept beside the ledger, so that it can be decided from offline. */

const Row = z.record(z.string(), z.string().nullable());

export const GatheredReading = z.strictObject({
  host: z.string(),
  service: z.string().nullable(),
  /** AssessmentProbe.gives. */
  name: z.string(),
  at: z.number(),
  rows: z.array(Row).nullable(),
  reason: Reason.nullable(),
  /** Evidence.id; null: nothing was sent. */
  evidence: z.string().nullable(),
});
export type GatheredReading = z.infer<typeof GatheredReading>;

export const Gathered = z.strictObject({
  estate: z.string(),
  startedAt: z.number(),
  finishedAt: z.number(),
  /** False: cancelled before everything was asked. */
  complete: z.boolean(),
  /** The look that the run began with. */
  look: Snapshot,
  readings: z.array(GatheredReading),
  evidence: z.array(z.strictObject({ host: z.string(), ...Evidence.shape })),
});
export type Gathered = z.infer<typeof Gathered>;

const TIMEOUT = /^E_(COMMAND_TIMEOUT|SQL_TIMEOUT|SQL_HUNG)$/;
const NO_ACCOUNT = /^E_(SQL_NO_ACCOUNT|NEEDS_ANSWER|ANSWER_DECLINED)$/;
const UNREACHABLE = /^E_(SILENT|LOST|SQL_LOST|SQL_REFUSED|CHANNEL)$/;

/** Why a probe that failed leaves its reading unknown. `more`: the line that the probe itself names. */
export function reasonOf(error: AppError, more: string | undefined): Reason {
  const params = { ...error.params, code: error.code, message: error.message };
  if (error.code === 'E_SQL_GRANT') {
    const privilege = error.params?.privilege;
    const general = privilege === undefined ? null : `GRANT ${privilege} ON *.* TO {account};`;
    return { code: 'grant', params, more: more ?? general };
  }
  if (TIMEOUT.test(error.code)) return { code: 'timeout', params, more: null };
  if (NO_ACCOUNT.test(error.code)) return { code: 'no-account', params, more: null };
  if (error.code === 'E_ABORTED' || error.code === 'E_WOKE_UP')
    return { code: 'not-asked', params, more: null };
  if (error.code === 'E_PARSE') return { code: 'not-understood', params, more: null };
  if (UNREACHABLE.test(error.code)) return { code: 'unreachable', params, more: null };
  return { code: 'failed', params, more: null };
}
