import { z } from 'zod';
import { Text } from '../estate/schema-values';
import { EnteredWindow, Minutes, type Plan } from '../views/plan';
import { planHash } from './plan-record';

/** What of an approved plan is kept, to tell a later one from it. Titles in both languages: what is gone has no other. */
export const ApprovedPlan = z.strictObject({
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  at: z.number(),
  by: z.string(),
  window: EnteredWindow.nullable(),
  /** P50 and P90 of the outage, minutes. */
  outage: z.strictObject({ p50: z.number(), p90: z.number() }).nullable(),
  steps: z.array(
    z.strictObject({ id: z.string(), title: Text, needs: z.array(z.string()), minutes: Minutes.nullable() }),
  ),
  inputs: z.array(
    z.strictObject({
      path: z.string(),
      title: Text,
      value: z.number().nullable(),
      unit: z.string(),
      source: z.string(),
    }),
  ),
});
export type ApprovedPlan = z.infer<typeof ApprovedPlan>;

/** What is entered about a plan that is no number: its window, and which plan was approved last. */
export const PlanFrame = z.strictObject({
  window: EnteredWindow.nullable(),
  approved: ApprovedPlan.nullable(),
});
export type PlanFrame = z.infer<typeof PlanFrame>;

export const NO_FRAME: PlanFrame = { window: null, approved: null };

/** What is kept of a plan that a person approves; the same plan in both languages. `at` in epoch milliseconds. */
export function approvedPlan(en: Plan, fr: Plan, { at, by }: { at: number; by: string }): ApprovedPlan {
  const estimate = en.totals.estimate;
  return {
    hash: planHash(en),
    at,
    by,
    window: en.window.state === 'unset' ? null : en.window.entered,
    outage: estimate && { p50: estimate.p50, p90: estimate.p90 },
    steps: en.steps.map(({ id, title, needs, minutes }, n) => ({
      id,
      title: { en: title, fr: fr.steps[n]?.title ?? title },
      needs,
      minutes,
    })),
    inputs: en.assumptions.map(({ path, title, value, unit, source }, n) => ({
      path,
      title: { en: title, fr: fr.assumptions[n]?.title ?? title },
      value,
      unit,
      source,
    })),
  };
}
