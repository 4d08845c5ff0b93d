import { z } from 'zod';

/** Where on the way to a host or an answer something failed, in the order in which a look travels. */
export const STAGES = [
  'estate',
  'egress',
  'dns',
  'tcp',
  'banner',
  'hostkey',
  'auth',
  'channel',
  'command',
  'forward',
  'tls',
  'sql-handshake',
  'sql-auth',
  'query',
  'http',
  'parse',
  'lost',
  'run',
  'store',
  'internal',
] as const;
export type Stage = (typeof STAGES)[number];

/**
 * An expected failure, as a value. Codes are stable and start with `E_`; `message` is one English sentence
 * naming host and observation; `remedy` is the next move. Neither ever holds a secret.
 * The screens translate by `code` and `params`; `message` is what logs and `--json` carry.
 */
export const AppError = z.strictObject({
  code: z.string().regex(/^E_[A-Z0-9_]+$/),
  stage: z.enum(STAGES),
  host: z.string().optional(),
  message: z.string(),
  remedy: z.string().optional(),
  /** May the same call succeed later without anybody doing anything? */
  retryable: z.boolean(),
  /** Values for the translated sentence: addresses, fingerprints, seconds. Already cleaned of control characters. */
  params: z.record(z.string(), z.string()).optional(),
});
export type AppError = z.infer<typeof AppError>;

/** The only exception the core throws on purpose; everything else that is thrown is a bug. */
export class Failure extends Error {
  readonly error: AppError;
  constructor(error: AppError) {
    super(error.message);
    this.name = 'Failure';
    this.error = error;
  }
}

/** Turns whatever was thrown into an AppError; an unknown throw is reported as our own bug, never hidden. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof Failure) return thrown.error;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return {
    code: 'E_INTERNAL',
    stage: 'internal',
    message: `The console failed: ${text}`,
    remedy: 'Copy the report; this is a fault of the console.',
    retryable: false,
  };
}

export type Result<T, E = AppError> = { ok: true; value: T } | { ok: false; error: E };
export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value });
export const err = <E>(error: E): Result<never, E> => ({ ok: false, error });

/** Makes the compiler prove that every kind of a union was handled. */
export function assertNever(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`);
}
