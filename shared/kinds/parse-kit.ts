import type { AppError } from '../errors';
import type { FactValue } from '../snapshot';
import type { Parsed } from './kind';

/** An output in which not one line could be understood. */
export function unreadable(what: string): AppError {
  return {
    code: 'E_PARSE',
    stage: 'parse',
    message: `The answer to ${what} could not be understood.`,
    remedy: 'Look at the raw output.',
    retryable: true,
    params: { what },
  };
}

/** A number written in decimal, else null. Never NaN, never infinite. */
export function toNumber(text: string | null | undefined): number | null {
  if (text === null || text === undefined || !/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text.trim())) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

/** A port number, else null. */
export function toPort(text: string | null | undefined): number | null {
  const value = toNumber(text);
  return value !== null && Number.isInteger(value) && value > 0 && value <= 65535 ? value : null;
}

/** A fact that could not be read, and what stood in the way. */
export const unknown = (why: string): { value: null; why: string } => ({ value: null, why });

/** The facts without those that are not there: an absent line is no reading. */
export function present(facts: Record<string, FactValue | undefined>): Parsed['facts'] {
  return Object.fromEntries(
    Object.entries(facts).filter(
      (entry): entry is [string, FactValue] => entry[1] !== undefined && entry[1] !== null,
    ),
  );
}

/** Non-empty lines, at most `limit`: no server decides how much memory its answer takes. */
export function lines(text: string, limit = 5000): string[] {
  return text
    .split('\n', limit + 1)
    .slice(0, limit)
    .filter((line) => line !== '');
}
