import { z } from 'zod';
import { AppError } from '../errors';
import { TimeLine } from './time-line';

/**
 * What the console shows: now, or a moment of a recording. `at` is that moment, epoch milliseconds; null: now.
 * A recording opened from a file is never live.
 */
export const RecordingState = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('none') }),
  z.strictObject({
    state: z.literal('there'),
    source: z.enum(['live', 'file']),
    file: z.string(),
    at: z.number().nullable(),
    /** false: another console writes this recording; what this one sees is not kept. */
    writing: z.boolean(),
    /** null: nothing was kept yet. */
    line: TimeLine.nullable(),
    /** Where reading stopped, when the file is damaged. */
    damage: AppError.nullable(),
  }),
]);
export type RecordingState = z.infer<typeof RecordingState>;

/** The moment shown; null: now. */
export const momentOf = (state: RecordingState | undefined): number | null =>
  state?.state === 'there' ? state.at : null;
