import { z } from 'zod';

/** One difference from the plan that was approved last, in words. */
export const PlanChange = z.strictObject({
  kind: z.enum([
    'step-added',
    'step-removed',
    'step-changed',
    'input-changed',
    'outage-changed',
    'window-changed',
  ]),
  /** Id of the step or path of the input; empty for outage and window. */
  subject: z.string(),
  text: z.string(),
});
export type PlanChange = z.infer<typeof PlanChange>;

export const PlanChanges = z.strictObject({
  /** The plan that was approved: its whole hash, when, and by whom. */
  approved: z.strictObject({ hash: z.string(), at: z.number(), by: z.string() }),
  /** Empty: this is the approved plan. */
  list: z.array(PlanChange),
});
export type PlanChanges = z.infer<typeof PlanChanges>;
