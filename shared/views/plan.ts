import { z } from 'zod';
import { Source } from '../estate/schema';
import { PlanChanges } from './plan-changes';
import { PlanClock, PlanWindow, StepClock } from './plan-clock';
import { PlanGate, StepCommand, StepRole, Undo } from './plan-runbook';
import { Minutes } from './plan-values';

export * from './plan-changes';
export * from './plan-clock';
export * from './plan-runbook';
export * from './plan-values';

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

export const PlanTrack = z.enum(['web', 'database', 'files', 'dns', 'sessions', 'communication', 'all']);
export type PlanTrack = z.infer<typeof PlanTrack>;

export const PlanStep = z.strictObject({
  id: z.string(),
  /** Language-free name of its row, for whatever has to tell steps apart: "promote". */
  row: z.string(),
  /** Number of that row: "15", "18b". Steps of several data sets share one. A gate shows `gate` instead. */
  number: z.string(),
  title: z.string(),
  /** Runs before the cutover (prepare, seed), cuts users off (cutover), or comes after them (after). */
  phase: z.enum(['prepare', 'seed', 'cutover', 'after']),
  track: PlanTrack,
  needs: z.array(z.string()),
  kind: z.enum(['step', 'gate']),
  /** Of a gate: which one; `Plan.gates` says what it asks. */
  gate: z.enum(['G1', 'G2', 'G3']).nullable(),
  /** When the runbook begins it: "T−21 d", "T0 + 3 min". The clock of this plan is in `clock`. */
  when: z.string(),
  owner: StepRole,
  backup: StepRole,
  /** What is typed, on which host, in its own dialect; ⟨…⟩ for what only the day knows. */
  commands: z.array(StepCommand),
  /** Why there are no commands, or not all of them. */
  commandsNote: z.string().nullable(),
  /** What has to be seen before the next step. */
  check: z.string(),
  /** null: there is nothing to undo. */
  undo: Undo.nullable(),
  /** `hard`: there is a way back that costs time. After `no-return` nothing leads back without the reverse channel. */
  nature: z.enum(['reversible', 'hard', 'no-return']),
  /** The step up to which going back is free: 19. */
  lastFreeAbort: z.boolean(),
  /** `console` only for what this console's engine can do today, by the run that `commands` names. */
  runsBy: z.enum(['console', 'person']),
  /** null: cannot be said, and `missing` names the inputs it waits for. */
  minutes: Minutes.nullable(),
  missing: z.array(z.string()).optional(),
  /** The formula with its numbers, for the drawer and for paper. */
  formula: z.string().optional(),
  /** When it begins and ends; null where a duration before it is unknown. */
  clock: StepClock.nullable(),
});
export type PlanStep = z.infer<typeof PlanStep>;

/** A finding that must be settled first. */
export const PlanBlocker = z.strictObject({
  code: z.string(),
  nodes: z.array(z.string()),
  title: z.string(),
});
export type PlanBlocker = z.infer<typeof PlanBlocker>;

/** How long it takes, minutes. The simulation's figures replace those of PERT when they arrive (`withSimulation`). */
export const PlanEstimate = z.strictObject({
  method: z.enum(['pert', 'simulation']),
  mean: z.number(),
  p50: z.number(),
  p90: z.number(),
  p99: z.number(),
});
export type PlanEstimate = z.infer<typeof PlanEstimate>;

/** The month's allowance at the availability that is asked for, and what the cutover takes of it. */
export const PlanWallet = z.strictObject({
  /** Share of the time, 0.999. */
  target: z.number(),
  targetPath: z.string(),
  /** Of an average month, 43 829 minutes. */
  allowedMinutes: z.number(),
  /** P90 of the outage; null while it is unknown. */
  takesMinutes: z.number().nullable(),
  /** Negative: overdrawn by so much. */
  leftMinutes: z.number().nullable(),
});
export type PlanWallet = z.infer<typeof PlanWallet>;

/** What one input does to the P90 of the outage when it alone goes through its range: a bar of the tornado. */
export const PlanInfluence = z.strictObject({
  path: z.string(),
  title: z.string(),
  source: z.union([Source, z.literal('unknown')]),
  /** P90 of the outage, minutes, at the low and the high end of the input; null: there is none then. */
  atLow: z.number().nullable(),
  atHigh: z.number().nullable(),
  /** Distance of the two; null: this input decides whether there is a result at all. */
  swing: z.number().nullable(),
  /** Tried over the range that was given, or half down and half up because nobody gave one. */
  basis: z.enum(['range', 'half']),
});
export type PlanInfluence = z.infer<typeof PlanInfluence>;

/** A question that this plan cannot answer, and the inputs for which it waits. */
export const PlanQuestion = z.strictObject({
  /** Name for `openFigure`. */
  figure: z.string(),
  question: z.string(),
  missing: z.array(z.string()),
});
export type PlanQuestion = z.infer<typeof PlanQuestion>;

/** The passes over one tree of files. */
export const PlanPasses = z.strictObject({
  set: z.string(),
  title: z.string(),
  /** The first copy, then every pass after it. */
  minutes: z.array(z.number()),
  floorMinutes: z.number().nullable(),
  converges: z.boolean(),
});
export type PlanPasses = z.infer<typeof PlanPasses>;

export const Plan = z.strictObject({
  takenAt: z.number().nullable(),
  /** SHA-256 of what the plan says, hexadecimal; null until somebody asks for it (`wholePlanOf`). Shown by `shortHash`. */
  hash: z.string().nullable(),
  /** While there are any, nothing of this plan may be done. */
  blockers: z.array(PlanBlocker),
  assumptions: z.array(PlanAssumption),
  steps: z.array(PlanStep),
  /** The go/no-go sheets, in order. */
  gates: z.array(PlanGate),
  /** The way back after the point of no return, in its order; `phase` says nothing here. */
  rollback: z.array(PlanStep),
  window: PlanWindow,
  clock: PlanClock,
  totals: z.strictObject({
    /** Longest path through the cutover steps: how long users are cut off. */
    outage: Minutes.nullable(),
    /** P50 and P90 of the same. */
    estimate: PlanEstimate.nullable(),
    /** Longest path through everything that runs before it. */
    preparation: Minutes.nullable(),
    /** Of the way back. */
    rollback: PlanEstimate.nullable(),
    missing: z.array(z.string()),
    criticalPath: z.array(z.string()),
    /** Confidence in the outage: the share of its inputs that were measured, in fifths. null: unknown, or nothing to measure. */
    stars: z.number().int().min(1).max(5).nullable(),
    /** File passes of the first tree: floor and whether the delta passes converge. */
    filePasses: z
      .strictObject({
        minutes: z.array(z.number()),
        floorMinutes: z.number().nullable(),
        converges: z.boolean(),
      })
      .nullable(),
    /** Of every tree of which they are known. */
    passes: z.array(PlanPasses),
  }),
  /** null: nobody says which availability is asked for. */
  wallet: PlanWallet.nullable(),
  /** The most influential first; null until somebody asks for it (`wholePlanOf`). */
  influence: z.array(PlanInfluence).nullable(),
  unanswered: z.array(PlanQuestion),
  /** null: no plan of this estate was approved yet. */
  changes: PlanChanges.nullable(),
});
export type Plan = z.infer<typeof Plan>;
