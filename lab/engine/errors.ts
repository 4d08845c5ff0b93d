/** What went wrong, as one word a program can compare; `hint` is the next thing to type. */
export class LabError extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  /** 1 = could not be done, 2 = asked wrongly. */
  readonly exitCode: 1 | 2;

  constructor(
    code: string,
    message: string,
    options: { hint?: string; exitCode?: 1 | 2; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'LabError';
    this.code = code;
    this.hint = options.hint;
    this.exitCode = options.exitCode ?? 1;
  }
}

/** A wrong command line: exit code 2, with the usage named as the next step. */
export function usageError(message: string): LabError {
  return new LabError('E_USAGE', message, { exitCode: 2, hint: 'npm run lab -- help' });
}

/** The text of anything thrown, for a log line. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
