import type { Check } from '@shared/runbook/command';
import { mustBe } from '@shared/runbook/expect';
import type { RunPlan } from '@shared/runbook/plan';
import type { Reading } from '@shared/runbook/state-model';
import type { RunContext } from './context';
import { type Difference, type LookOptions, readFacts, runCheck } from './look';

/** What a plan stands on, as it is now, beside what it must be: its facts, then its preconditions. Never rejects. */
export async function readingsOf(context: RunContext, signal: AbortSignal): Promise<Reading[]> {
  const { plan, clock } = context;
  const how = { step: 'readings', on: 'second', signal, routine: true } as const;
  // They are no younger than the moment at which they were asked for.
  const at = clock.now();
  const [facts, checks] = await Promise.all([
    readFacts(context, plan.facts, how),
    checkReadings(context, plan.preconditions, how),
  ]);
  return [
    ...plan.facts.map(({ key, title, command, value: must }): Reading => {
      const { value, error } = facts.get(key) ?? { value: null, error: null };
      const holds = value === null ? null : value === must;
      return { id: key, title, target: command.target, value, mustBe: must, holds, at, error };
    }),
    ...checks,
  ];
}

/** What checks show now, beside what it must be, all targets at once. Never rejects. */
export function checkReadings(
  context: RunContext,
  checks: readonly Check[],
  options: LookOptions,
): Promise<Reading[]> {
  const at = context.clock.now();
  return Promise.all(
    checks.map(async (check): Promise<Reading> => {
      const { holds, value, error } = await runCheck(context, check, options);
      const { id, title, command, expect } = check;
      const shown = error ? null : value;
      return { id, title, target: command.target, value: shown, mustBe: mustBe(expect), holds, at, error };
    }),
  );
}

/** Facts that are no longer as the plan was made for, and preconditions that do not hold. */
export function refusals(plan: RunPlan, readings: readonly Reading[]) {
  const facts = new Set(plan.facts.map(({ key }) => key));
  const wrong = readings.filter(({ holds }) => holds !== true);
  const differences = (list: readonly Reading[]): Difference[] =>
    list.map(({ id, mustBe: want, value }) => ({ id, want, got: value }));
  return {
    drift: differences(wrong.filter(({ id }) => facts.has(id))),
    unmet: differences(wrong.filter(({ id }) => !facts.has(id))),
    /** Why something could not be read at all. */
    error: wrong.find(({ error }) => error !== null)?.error ?? null,
  };
}
