import { shellWord } from '@shared/shell-word';
import { failure } from '../net/failure';

/**
 * One word for a POSIX shell, quoted where it has to be.
 * @throws Failure E_ARGUMENT for NUL, which no argv can hold.
 */
export function quoteWord(word: string, name = 'command'): string {
  if (word.includes('\0')) throw failure('E_ARGUMENT', null, { name });
  return shellWord(word);
}

/**
 * Runs the script in `$1` with the words after it, in the shell that is running already: a fork of it is cheaper
 * for the host than a new one. In brackets, so that nothing it sets or leaves outlives it.
 */
export const RUN_SCRIPT = 's=$1;shift;eval "$s"';

/** The one place where an argv becomes a command line. */
export const shellLine = (argv: readonly string[], name?: string): string =>
  argv.map((word) => quoteWord(word, name)).join(' ');
