import type { Language } from '@shared/contract';
import type { AppError } from '@shared/errors';
import { errorText } from '@shared/text/error-text';

/** Where a command reads from and prints to: the terminal, or a test. */
export interface Io {
  /** The answer. With --json, exactly one document. */
  out(text: string): void;
  /** Everything that is not the answer. */
  err(text: string): void;
  env: NodeJS.ProcessEnv;
  cwd: string;
  /** A person is there to answer. */
  interactive: boolean;
}

/** Exit codes, as the design's table says. */
export const EXIT = { done: 0, failed: 1, usage: 2, refused: 3, unseen: 4, halfWay: 5 } as const;

/** One problem for people: the sentence, then the next move. */
export function printError(io: Io, error: AppError, language: Language): void {
  const { sentence, remedy } = errorText(error, language);
  io.err(`${error.code}  ${sentence}\n`);
  if (remedy) io.err(`  → ${remedy}\n`);
}

export const printJson = (io: Io, value: unknown): void => io.out(`${JSON.stringify(value, null, 2)}\n`);
