import { z } from 'zod';

/** The estate as it is beside each of its targets: what each removes, costs, carries and cannot do. */

/** A number of the comparison. `id` opens it: its formula, inputs and sources (`targetFigure` of shared/targets/basis.ts). */
export const TargetFigure = z.strictObject({
  /** `targets/<variant>/<name>`. */
  id: z.string(),
  /** null: not known, and `missing` names the inputs it waits for. */
  value: z.number().nullable(),
  /** The same at the ends of its inputs' ranges; equal to `value` where none has one. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** `fraction`, `seconds`, `count`, `1/s`, `B/s`, `months`, or a currency. */
  unit: z.string(),
  /** In the reader's language, with its unit. */
  text: z.string(),
  missing: z.array(z.string()),
});
export type TargetFigure = z.infer<typeof TargetFigure>;

/** Why a variant, or a claim of it, does not hold; told where it was written. */
export const TargetMistake = z.strictObject({
  code: z.enum([
    'does-not-apply',
    'lacks-role',
    'workflow-gone',
    'not-placed',
    'nobody-chooses',
    'no-primary',
    'claims-too-much',
  ]),
  /** `scenarios/<id>/…`, where a person mends it. */
  at: z.string(),
  title: z.string(),
});
export type TargetMistake = z.infer<typeof TargetMistake>;

export const TargetPart = z.strictObject({
  id: z.string(),
  title: z.string(),
  servers: z.array(z.strictObject({ id: z.string(), title: z.string(), services: z.array(z.string()) })),
  redundancy: z.enum(['single', 'parallel', 'failover']),
  /** "2 servers, chosen by Load balancer", "1 server, nothing replaces it". */
  how: z.string(),
  /** Of this part with shared causes counted. */
  availability: TargetFigure,
});
export type TargetPart = z.infer<typeof TargetPart>;

export const TargetPath = z.strictObject({
  workflow: z.string(),
  title: z.string(),
  parts: z.array(TargetPart),
  /** As if nothing ever hit two servers at once. */
  independent: TargetFigure,
  /** With the share of failures that hit all of a kind. */
  shared: TargetFigure,
  downPerMonth: TargetFigure,
  downPerYear: TargetFigure,
  /** null: the estate asks for none, or the figure is unknown. */
  meetsTarget: z.boolean().nullable(),
  /** The availability that the estate asks for, as a share. */
  target: z.number().nullable(),
});
export type TargetPath = z.infer<typeof TargetPath>;

export const TargetSinglePoint = z.strictObject({
  server: z.string(),
  title: z.string(),
  /** Why nothing replaces it, in words. */
  because: z.string(),
  /** Titles of the workflows that stop. */
  stops: z.array(z.string()),
});
export type TargetSinglePoint = z.infer<typeof TargetSinglePoint>;

/** What a part carries. */
export const TargetCapacity = z.strictObject({
  part: z.string(),
  title: z.string(),
  servers: z.number(),
  /** Load of each server at the peak, as a share of what it can. */
  each: TargetFigure,
  /** Of each that is left after the loss of one; over 1 it does not hold. null: nothing is left. */
  survivor: TargetFigure.nullable(),
  holds: z.boolean().nullable(),
});
export type TargetCapacity = z.infer<typeof TargetCapacity>;

/** A demand that the estate states in numbers: users a day, streams at once. */
export const TargetDemand = z.strictObject({
  requirement: z.string(),
  title: z.string(),
  /** What the demand comes to, each a number that opens. */
  figures: z.array(z.strictObject({ title: z.string(), figure: TargetFigure })),
  /** Do the servers carry it when one of them is lost? null: unknown. */
  holds: z.boolean().nullable(),
});
export type TargetDemand = z.infer<typeof TargetDemand>;

export const TargetCost = z.strictObject({
  perMonth: TargetFigure,
  /** null for the estate as it is: nothing is paid to stay. */
  once: TargetFigure.nullable(),
  /** What outages cost in a year. */
  outagePerYear: TargetFigure,
  /** Net present value of everything paid, negative, over so many years; with and without the cost of outages. */
  overYears: z.array(z.strictObject({ years: z.number(), paid: TargetFigure, withOutages: TargetFigure })),
  /** Months after the overlap; null for the estate as it is. */
  breakEven: TargetFigure.nullable(),
  /** "after 8.6 months", "never: 200 EUR more each month"; empty while unknown. */
  breakEvenText: z.string(),
});
export type TargetCost = z.infer<typeof TargetCost>;

export const TargetProblem = z.strictObject({
  problem: z.string(),
  title: z.string(),
  /** What removes it and the test that proves it, as the estate says. */
  by: z.string().nullable(),
  proof: z.string().nullable(),
});
export type TargetProblem = z.infer<typeof TargetProblem>;

export const TargetUpdateStep = z.strictObject({
  title: z.string(),
  /** Servers that are out of service meanwhile. */
  servers: z.array(z.string()),
  /** Titles of the workflows that stop meanwhile, by the structure; empty: nobody is cut off. */
  stops: z.array(z.string()),
  /** Does something have to take over first? Then users wait for the change-over. */
  takeover: z.boolean(),
});
export type TargetUpdateStep = z.infer<typeof TargetUpdateStep>;

export const TargetEffort = z.strictObject({
  /** Days of work; nobody's guess but a person's. */
  work: TargetFigure,
  /** Counted from the overlay. */
  newServers: z.number(),
  goneServers: z.number(),
  newServices: z.number(),
  movedData: z.number(),
  changedLinks: z.number(),
});
export type TargetEffort = z.infer<typeof TargetEffort>;

export const TargetVariant = z.strictObject({
  /** `as-is`, or the id of the scenario. */
  id: z.string(),
  title: z.string(),
  form: z.enum(['as-is', 'to-be', 'placement']),
  note: z.string().nullable(),
  mistakes: z.array(TargetMistake),
  /** Empty when the overlay does not apply. */
  paths: z.array(TargetPath),
  singlePoints: z.strictObject({
    left: z.array(TargetSinglePoint),
    /** Of the estate as it is, and no longer here. */
    removed: z.array(TargetSinglePoint),
  }),
  capacity: z.array(TargetCapacity),
  demands: z.array(TargetDemand),
  /** null where the overlay does not apply. */
  cost: TargetCost.nullable(),
  /** null for the estate as it is, and where the overlay does not apply. */
  effort: TargetEffort.nullable(),
  removes: z.array(TargetProblem),
  keeps: z.array(TargetProblem),
  cannot: z.array(z.string()),
  rollingUpdate: z.array(TargetUpdateStep),
});
export type TargetVariant = z.infer<typeof TargetVariant>;

export const TargetComparison = z.strictObject({
  /** The estate as it is first, then the targets in the order of the file. */
  variants: z.array(TargetVariant),
  /** Inputs of all variants that nobody has given yet, by path, in the order of the ledger. */
  missing: z.array(z.string()),
});
export type TargetComparison = z.infer<typeof TargetComparison>;
