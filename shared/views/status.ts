import { z } from 'zod';
import { AppError } from '../errors';
import { Topology } from './topology';

/** What `patronus status --json` prints: the topology without its links. */
export const Status = Topology.omit({ links: true, actors: true });
export type Status = z.infer<typeof Status>;

/** What `patronus check --json` prints. */
export const Check = z.strictObject({
  file: z.string(),
  valid: z.boolean(),
  problems: z.array(AppError),
});
export type Check = z.infer<typeof Check>;

/** What `patronus trust --json` prints. */
export const Trust = z.strictObject({
  host: z.string(),
  address: z.string(),
  type: z.string(),
  /** SHA256:… of the key that the host presents now. */
  fingerprint: z.string(),
  /** What is on record for it, before anything was written. */
  verdict: z.enum(['known', 'unknown', 'changed', 'revoked', 'ca-only']),
  /** The file it was written to; null when nothing was written. */
  written: z.string().nullable(),
});
export type Trust = z.infer<typeof Trust>;
