import { z } from 'zod';
import { AppError } from '../errors';
import { AnyRunPlan } from '../runbook/plan';
import { Said } from '../runbook/said';
import { Reading } from '../runbook/state-model';

/** Acting, as the window sees it: what it may ask for, and never what pulls the lever. */

/** Armed or not, per estate; starts disarmed and expires. */
export const Arm = z.strictObject({ armed: z.boolean(), until: z.number().nullable() });
export type Arm = z.infer<typeof Arm>;

/** Why a plan may not be made or a run may not begin; all reasons at once. `override`: a person may say it goes on all the same, by typing `override`. */
export const Refusal = z.strictObject({ ...Said.shape, remedy: Said, override: z.string().nullable() });
export type Refusal = z.infer<typeof Refusal>;

export const PlanMade = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('ready'), hash: z.string(), fingerprint: z.string(), plan: AnyRunPlan }),
  z.strictObject({ state: z.literal('refused'), reasons: z.array(Refusal).min(1) }),
]);
export type PlanMade = z.infer<typeof PlanMade>;

const RunId = z.string().max(100);
const StepId = z.string().max(100);

/** What a person wants to do to servers. The page asks; only main's own surface does it. */
export const LeverRequest = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('start'), plan: z.string().max(100) }),
  z.strictObject({ act: z.literal('resume'), run: RunId }),
  z.strictObject({ act: z.literal('undo'), run: RunId }),
  z.strictObject({ act: z.literal('hand-over'), run: RunId }),
  z.strictObject({ act: z.literal('take-over'), run: RunId }),
  z.strictObject({ act: z.enum(['go', 'no-go', 'again', 'enough']), run: RunId, step: StepId }),
]);
export type LeverRequest = z.infer<typeof LeverRequest>;

/** Where the page has left room for the surface, in CSS pixels of the window. */
export const LeverPlace = z.strictObject({
  x: z.number().min(0),
  y: z.number().min(0),
  width: z.number().min(200),
  height: z.number().min(200),
});
export type LeverPlace = z.infer<typeof LeverPlace>;

export const Lever = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('closed') }),
  z.strictObject({
    state: z.literal('open'),
    request: LeverRequest,
    /** The sentence of what will happen. */
    title: Said,
    /** Which words belong to it: the plan's procedure. */
    procedure: z.string(),
    /** What has to be typed; null: the button alone. */
    confirm: z.string().nullable(),
    /** Facts and preconditions, read again each second while it is open; [] for what needs none. */
    readings: z.array(Reading),
    /** What keeps the button closed now, readings apart. */
    closedBecause: z.array(Said),
    /** A run has begun: where to look. */
    started: z.string().nullable(),
    error: AppError.nullable(),
  }),
]);
export type Lever = z.infer<typeof Lever>;
