import type { AppError } from '../errors';

const SHOWN = 80;

/** A GTID text that cannot be understood. `what` is the part; it came from a server and is shown as text. */
export function gtidMistake(what: string): AppError {
  const part = what.length > SHOWN ? `${what.slice(0, SHOWN)}…` : what;
  return {
    code: 'E_GTID',
    stage: 'parse',
    message: `"${part}" is no GTID set.`,
    remedy: 'Look at the raw output.',
    retryable: false,
    params: { text: part },
  };
}
