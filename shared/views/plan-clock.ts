import { z } from 'zod';

/** A moment with its two clocks, ready to be shown: "23:34" in UTC, "00:34" in the zone of the window. */
export const Moment = z.strictObject({
  /** Epoch milliseconds. */
  at: z.number(),
  utc: z.string(),
  local: z.string(),
  /** Day in the zone of the window: "2026-12-05". */
  date: z.string(),
});
export type Moment = z.infer<typeof Moment>;

/** When a step begins and ends, minutes from T0, which is when users are cut off. Negative: before it. */
export const StepClock = z.strictObject({
  start: z.number(),
  startP90: z.number(),
  end: z.number(),
  endP90: z.number(),
  /** By the window; null: none was entered. */
  startsAt: Moment.nullable(),
  startsAtP90: Moment.nullable(),
  endsAt: Moment.nullable(),
  endsAtP90: Moment.nullable(),
});
export type StepClock = z.infer<typeof StepClock>;

/** What is wrong with the window, at its place of entry: `window/start`, `window/end`, `window/zone`, or an input of the ledger. */
export const WindowProblem = z.strictObject({ input: z.string(), problem: z.string(), text: z.string() });
export type WindowProblem = z.infer<typeof WindowProblem>;

/** A moment as a person writes it: what the clock on the wall of the zone shows. */
const WallMoment = z.string().max(40);

/** The window as it was entered: "2026-12-05 00:30". Whether such a moment exists is said by the plan. */
export const EnteredWindow = z.strictObject({
  start: WallMoment,
  end: WallMoment,
  /** An IANA time zone: Europe/Paris. */
  zone: z.string().max(60),
  /** In the night in which an hour is shown twice: which of the two is meant by `start` and `end`. */
  which: z.enum(['first', 'second']).optional(),
});
export type EnteredWindow = z.infer<typeof EnteredWindow>;

export const PlanWindow = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('unset') }),
  z.strictObject({ state: z.literal('set'), entered: EnteredWindow, start: Moment, end: Moment }),
  z.strictObject({ state: z.literal('refused'), entered: EnteredWindow, problems: z.array(WindowProblem) }),
]);
export type PlanWindow = z.infer<typeof PlanWindow>;

/** A stretch of the cutover, minutes from T0. */
export const Zone = z.strictObject({ from: z.number(), to: z.number() });
export type Zone = z.infer<typeof Zone>;

/** What the clock of the cutover says. All minutes are from T0; moments are by the window, null without one. */
export const PlanClock = z.strictObject({
  /** Aborting is free, without loss, until the gate before the promotion; null: a duration before it is unknown. */
  abortIsFree: Zone.nullable(),
  /** From then on the way back leads through the reverse channel; it ends with the turn-back time, or with the opening. */
  backThroughReverse: Zone.nullable(),
  /** Start of the promotion, P50. null: unknown, or the estate has no database. */
  pointOfNoReturn: z.strictObject({ step: z.string(), minute: z.number(), at: Moment.nullable() }).nullable(),
  /** Whoever is not through by then goes back: end − P90 of the way back − margin. */
  turnBack: z
    .strictObject({
      at: Moment,
      minute: z.number(),
      rollbackMinutes: z.number(),
      marginMinutes: z.number(),
    })
    .nullable(),
  /** Inputs for which the turn-back time waits; with `window/start` where no window was entered. */
  turnBackMissing: z.array(z.string()),
  /** Why no turn-back time would do: going back does not fit into the window. */
  problems: z.array(WindowProblem),
  /** Undoing 15 to 17, last first, minutes; null: one of them is unknown. */
  freeAbortMinutes: z.number().nullable(),
  /** Does the P90 of the outage end within the window? null: unknown. */
  fits: z.boolean().nullable(),
});
export type PlanClock = z.infer<typeof PlanClock>;
