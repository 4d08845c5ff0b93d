import { err, type Result } from '../errors';
import type { Dimension } from './unit-names';

/** What can be wrong with an input of a formula; the sentences are in `shared/text`, by this name. */
export const INPUT_PROBLEMS = [
  'missing',
  'not-a-number',
  'negative',
  'zero',
  'over-one',
  'not-whole',
  'absurd',
  'unknown-unit',
  'wrong-unit',
  'range-without-value',
  'uncited',
  'price-by-reference',
  'contradictory',
  'duplicate',
  'unknown-need',
  'cycle',
  'too-few',
  'impossible-time',
  'ambiguous-time',
  'unknown-zone',
  'overlapping',
  'never-open',
  'never-ends',
] as const;
export type InputProblem = (typeof INPUT_PROBLEMS)[number];

/** A bad input, named where it was entered: `input` is the name of the parameter, its parts joined by slashes. */
export interface BadInput {
  input: string;
  problem: InputProblem;
  /** What stood there, for the sentence. */
  value?: string;
  /** The other input that it contradicts, or what was expected. */
  against?: string;
}

/** What every formula gives: its value, or every input that keeps it from one. Never NaN and never Infinity. */
export type Outcome<T> = Result<T, readonly BadInput[]>;

export const refuse = (input: string, problem: InputProblem, more: Partial<BadInput> = {}) =>
  err<readonly BadInput[]>([{ input, problem, ...more }]);

/**
 * The greatest and least value (other than 0) of a dimension that can be meant, in its base unit: 1 EB, 100 Tbit/s,
 * a thousand years, 10¹⁵ things. Within these, no formula of the plan runs out of what a number can carry.
 */
const SENSIBLE: Record<Dimension, { least: number; most: number }> = {
  bytes: { least: 1e-3, most: 1e18 },
  rate: { least: 1e-6, most: 1.25e13 },
  seconds: { least: 1e-9, most: 3.2e10 },
  count: { least: 1e-9, most: 1e15 },
  countRate: { least: 1e-12, most: 1e12 },
  fraction: { least: 1e-15, most: 1 },
  money: { least: 1e-9, most: 1e15 },
};

type Given = number | undefined | null;
const NOTHING: readonly BadInput[] = [];

/** What is wrong with a number that may be zero; empty when nothing is. */
export function amount(input: string, value: Given, dimension: Dimension): readonly BadInput[] {
  if (value === undefined || value === null) return [{ input, problem: 'missing' }];
  const { least, most } = SENSIBLE[dimension];
  if (value === 0 || (value >= least && value <= most)) return NOTHING;
  const shown = { value: String(value) };
  if (Number.isNaN(value)) return [{ input, problem: 'not-a-number', ...shown }];
  if (value < 0) return [{ input, problem: 'negative', ...shown }];
  if (value > most) return [{ input, problem: dimension === 'fraction' ? 'over-one' : 'absurd', ...shown }];
  return [{ input, problem: 'absurd', ...shown }];
}

/** As `amount`, and zero is wrong too: something is divided by it, or nothing would ever be done. */
export function positive(input: string, value: Given, dimension: Dimension): readonly BadInput[] {
  return value === 0 ? [{ input, problem: 'zero', value: '0' }] : amount(input, value, dimension);
}

/** A whole number from `least` on. */
export function whole(input: string, value: Given, least: 0 | 1): readonly BadInput[] {
  const wrong = least === 1 ? positive(input, value, 'count') : amount(input, value, 'count');
  if (wrong.length > 0 || Number.isInteger(value)) return wrong;
  return [{ input, problem: 'not-whole', value: String(value) }];
}

/** The value when no check found anything, else all that they found. `compute` runs on checked inputs alone. */
export function checked<T>(checks: readonly (readonly BadInput[])[], compute: () => T): Outcome<T> {
  return checks.every(isEmpty) ? { ok: true, value: compute() } : err(checks.flat());
}

/** As `checked`, for a computation that can be refused itself. */
export function checkedThen<T>(
  checks: readonly (readonly BadInput[])[],
  compute: () => Outcome<T>,
): Outcome<T> {
  return checks.every(isEmpty) ? compute() : err(checks.flat());
}

const isEmpty = (list: readonly unknown[]): boolean => list.length === 0;
