import { z } from 'zod';
import { AppError } from '../errors';
import { EXPORT_FORMATS } from './export';
import { JournalFilter } from './search';
import { LaneVerdict } from './verify-chain';

/** Whether the journal can be written now. */
export const JournalStatus = z.strictObject({
  /** Goes up with every record on disk: whoever shows a page asks again. */
  written: z.number(),
  /** Records that wait to be written. */
  waiting: z.number(),
  /** Records that found no room while nothing could be written; a gap record will say so. */
  lost: z.number(),
  /** Why nothing can be written, while that is so. */
  error: AppError.nullable(),
});
export type JournalStatus = z.infer<typeof JournalStatus>;

/** The verdict on every lane. Whole means: nothing was altered, removed, inserted or moved since it was written. */
export const JournalVerdict = z.strictObject({
  whole: z.boolean(),
  records: z.number(),
  gaps: z.number(),
  lanes: z.array(LaneVerdict),
  /** Whether the hash that the person named stands in the chain; null when none was named. */
  known: z.boolean().nullable(),
});
export type JournalVerdict = z.infer<typeof JournalVerdict>;

export const ExportRequest = z.strictObject({ filter: JournalFilter, format: z.enum(EXPORT_FORMATS) });
export type ExportRequest = z.infer<typeof ExportRequest>;
