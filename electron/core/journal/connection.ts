import type { AppError } from '@shared/errors';
import type { Journal } from '../ports';

interface Way {
  via: 'ssh' | 'sql';
  host: string;
  account: string;
  route: string;
}

/** A connection that did not come about; one that was refused for its host key is an event of its own kind. */
export function noteRefusal(
  journal: Journal,
  way: Way,
  { remedy: _, ...error }: AppError,
  durationMs: number,
): void {
  const kind = error.stage === 'hostkey' ? 'host-key-refused' : 'refused';
  journal.note({ kind, ...way, durationMs, error });
}

/** The end of a connection: lost, or closed by the console itself. */
export function noteEnd(journal: Journal, way: Way, { remedy: _, ...error }: AppError): void {
  journal.note(error.code === 'E_CLOSED' ? { kind: 'closed', ...way } : { kind: 'lost', ...way, error });
}
