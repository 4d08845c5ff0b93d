import { expect } from 'vitest';
import type { BadInput, Outcome } from '../outcome';

/** The value of an outcome; a refusal fails the test with what was refused. */
export function solved<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(outcome.error.map(({ input, problem }) => `${input}: ${problem}`).join(', '));
}

/** What was refused, "input: problem" each. */
export function refusalsOf(outcome: Outcome<unknown>): string[] {
  if (outcome.ok) throw new Error(`not refused: ${JSON.stringify(outcome.value)}`);
  return outcome.error.map(({ input, problem }: BadInput) => `${input}: ${problem}`);
}

/** As many digits as the worked figure states, and not one more. */
export function expectDigits(actual: number, stated: string): void {
  const decimals = stated.split('.')[1]?.length ?? 0;
  expect(actual.toFixed(decimals)).toBe(stated);
}
