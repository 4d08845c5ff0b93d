import { z } from 'zod';
import { Source } from '../estate/schema';

export const PlanAssumption = z.strictObject({
  path: z.string(),
  title: z.string(),
  value: z.number().nullable(),
  unit: z.string(),
  source: z.union([Source, z.literal('unknown')]),
  /** Where it was stated, measured or by whom assumed. */
  origin: z.string().optional(),
  at: z.number().optional(),
});
export type PlanAssumption = z.infer<typeof PlanAssumption>;

export const Minutes = z.strictObject({
  optimistic: z.number(),
  likely: z.number(),
  pessimistic: z.number(),
});
export type Minutes = z.infer<typeof Minutes>;

export const PlanStep = z.strictObject({
  id: z.string(),
  title: z.string(),
  phase: z.enum(['prepare', 'seed', 'cutover', 'after']),
  track: z.enum(['web', 'database', 'files', 'dns', 'all']),
  needs: z.array(z.string()),
  /** null: cannot be said, and `missing` names the inputs it waits for. */
  minutes: Minutes.nullable(),
  missing: z.array(z.string()).optional(),
  /** The formula with its numbers, for the drawer and for paper. */
  formula: z.string().optional(),
});
export type PlanStep = z.infer<typeof PlanStep>;

/** A finding that must be settled first. */
export const PlanBlocker = z.strictObject({
  code: z.string(),
  nodes: z.array(z.string()),
  title: z.string(),
});
export type PlanBlocker = z.infer<typeof PlanBlocker>;

export const Plan = z.strictObject({
  takenAt: z.number().nullable(),
  /** While there are any, nothing of this plan may be done. */
  blockers: z.array(PlanBlocker),
  assumptions: z.array(PlanAssumption),
  steps: z.array(PlanStep),
  totals: z.strictObject({
    /** Longest path through the cutover steps: how long users are cut off. */
    outage: Minutes.nullable(),
    /** Longest path through everything that runs before it. */
    preparation: Minutes.nullable(),
    missing: z.array(z.string()),
    criticalPath: z.array(z.string()),
    /** File passes: floor and whether the delta passes converge. */
    filePasses: z
      .strictObject({
        minutes: z.array(z.number()),
        floorMinutes: z.number().nullable(),
        converges: z.boolean(),
      })
      .nullable(),
  }),
});
export type Plan = z.infer<typeof Plan>;
