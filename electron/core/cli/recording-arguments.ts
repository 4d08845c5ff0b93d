import { err, ok, type Result } from '@shared/errors';
import { durationFrom } from '@shared/recording/moment-text';

/** What `record` and `replay` take besides. */
export interface RecordingArguments {
  /** Milliseconds to record for; null: until Ctrl-C. */
  forMs: number | null;
  /** One file to record into, instead of the console's own folder. */
  out: string | null;
  /** The time to show, as written; null: the end. */
  at: string | null;
  marks: boolean;
}

export const RECORDING_OPTIONS = {
  for: { type: 'string' },
  out: { type: 'string' },
  at: { type: 'string' },
  marks: { type: 'boolean' },
} as const;

/** The error is one sentence. */
export function readRecordingArguments(
  values: Partial<Record<'for' | 'out' | 'at', string>> & { marks?: boolean | undefined },
): Result<RecordingArguments, string> {
  const forMs = values.for === undefined ? null : durationFrom(values.for);
  if (values.for !== undefined && forMs === null)
    return err(`--for: "${values.for}" is not like 90s, 10m or 2h.`);
  return ok({ forMs, out: values.out ?? null, at: values.at ?? null, marks: values.marks ?? false });
}
