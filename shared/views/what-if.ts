import { z } from 'zod';
import { AppError } from '../errors';
import { Source } from '../estate/schema';
import { Topology } from './topology';

/** One line of an opened number: itself, a term of its formula, or where that comes from. */
export const OpenedNumber = z.strictObject({
  /** 0 is the number itself. */
  depth: z.number(),
  /** What it is: the title of an input, or the name of a formula. */
  title: z.string(),
  /** The formula in symbols, and who published it. */
  symbols: z.string().optional(),
  cite: z.string().optional(),
  /** Of an input: where it is entered. */
  path: z.string().optional(),
  source: z.union([Source, z.literal('unknown')]).optional(),
  /** Who says so. */
  origin: z.string().optional(),
  /** As it is read; a dash where nobody knows. */
  value: z.string(),
  /** Why it is not known, said at its place of entry. */
  lacks: z.array(z.string()),
});
export type OpenedNumber = z.infer<typeof OpenedNumber>;

/** A number that opens to its formula, inputs and sources; or that is unknown, and names what it waits for. */
export const WhatIfFigure = z.strictObject({
  title: z.string(),
  /** In base units: seconds, bytes per second, shares of 1, things. null: unknown. */
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** With its unit, as it is read; "unknown" where it is. */
  text: z.string(),
  /** Paths of the inputs that it waits for. */
  missing: z.array(z.string()),
  opened: z.array(OpenedNumber),
});
export type WhatIfFigure = z.infer<typeof WhatIfFigure>;

export const NodeMark = z.enum([
  'unaffected',
  'stopped',
  'emptied',
  'left-out',
  'takes-over',
  'new',
  /** Not in this overlay. */
  'absent',
]);
export type NodeMark = z.infer<typeof NodeMark>;

export const LinkMark = z.enum([
  'unaffected',
  'cut',
  /** Nothing travels it: an end of it is gone. */
  'dead',
  /** To a node that takes over. */
  'carries-more',
  'new',
  'absent',
]);
export type LinkMark = z.infer<typeof LinkMark>;

/** A picture that holds still, and the state of each of its nodes and lines. */
export const Overlay = z.strictObject({
  topology: Topology,
  /** By id of the node. */
  nodes: z.record(z.string(), NodeMark),
  /** By key of the line (`linkKey`); `link` is its id in the estate, by which it is cut. null: only observed. */
  links: z.array(z.strictObject({ key: z.string(), link: z.string().nullable(), mark: LinkMark })),
});
export type Overlay = z.infer<typeof Overlay>;

/** What a node of the picture does at one step of the plan. */
export const NodeStage = z.enum([
  /** Works as it does today. */
  'works',
  /** Is there, and has no work yet. */
  'idle',
  /** Holds a copy that follows. */
  'copies',
  'writable',
  'read-only',
  /** Forwards to the target. */
  'forwards',
  'absent',
]);
export type NodeStage = z.infer<typeof NodeStage>;

/** One moment of the scrubber: as it is, after a step of the plan that changes the estate, or as it is to be. */
export const Frame = z.strictObject({
  /** `as-is`, the id of a step, or `to-be`. */
  id: z.string(),
  title: z.string(),
  /** Of the step, as the plan numbers it. */
  number: z.string().nullable(),
  nodes: z.record(z.string(), NodeStage),
  /** Keys of the lines that are there. */
  links: z.array(z.string()),
  /** Ids and keys whose state differs from the frame before. */
  changed: z.array(z.string()),
});
export type Frame = z.infer<typeof Frame>;

/** The frames of a plan in one picture. */
export const Scrubber = z.strictObject({ topology: Topology, frames: z.array(Frame) });
export type Scrubber = z.infer<typeof Scrubber>;

export const WhatIfStep = z.strictObject({
  n: z.number(),
  title: z.string(),
  conditional: z.boolean(),
  state: z.enum(['works', 'waits', 'skipped', 'postponed', 'fails', 'not-reached']),
  /** What stands in its way; empty when nothing does. */
  why: z.string(),
});
export type WhatIfStep = z.infer<typeof WhatIfStep>;

/** One sentence, with the code that says what kind it is and the nodes that it is about. */
export const Statement = z.strictObject({
  code: z.string(),
  nodes: z.array(z.string()),
  text: z.string(),
  /** Numbers that belong to it. */
  figures: z.array(WhatIfFigure),
});
export type Statement = z.infer<typeof Statement>;

/** What the simulated runs of a plan's cutover say, minutes; or the inputs without which there are none. */
export const SimulatedRuns = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('done'),
    runs: z.number(),
    seed: z.number(),
    mean: z.number(),
    p50: z.number(),
    p90: z.number(),
    p99: z.number(),
  }),
  z.strictObject({ state: z.literal('unknown'), seed: z.number(), missing: z.array(z.string()) }),
]);
export type SimulatedRuns = z.infer<typeof SimulatedRuns>;

export const WhatIf = z.strictObject({
  /** In order, as they are written on the command line, and in words. */
  changes: z.array(z.strictObject({ entry: z.string(), title: z.string() })),
  /** "What-if: web stops". */
  title: z.string(),
  /** What it comes to, in one sentence. */
  verdict: z.string(),
  workflows: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      /** Who waits for it; null: it begins inside. */
      actor: z.string().nullable(),
      verdict: z.enum(['works', 'slower', 'sometimes', 'broken']),
      text: z.string(),
      steps: z.array(WhatIfStep),
    }),
  ),
  /** What breaks beside the workflows: work without a target, what stands still, who is logged out. */
  breaks: z.array(Statement),
  /** Who takes over, and how. */
  takeovers: z.array(Statement),
  /** What is lost of each data set. */
  losses: z.array(Statement),
  /** How long, service by service, in its parts; and the longest of them. */
  outages: z.array(
    z.strictObject({
      service: z.string(),
      title: z.string(),
      parts: z.array(
        z.strictObject({
          part: z.enum(['detect', 'decide', 'act', 'client', 'repair']),
          figure: WhatIfFigure,
        }),
      ),
      total: WhatIfFigure,
    }),
  ),
  outage: WhatIfFigure.nullable(),
  /** What those that are left carry, against what they can. */
  loads: z.array(Statement),
  availability: z.array(
    z.strictObject({
      workflow: z.string(),
      title: z.string(),
      rows: z.array(
        z.strictObject({
          of: z.enum(['as-is', 'here', 'here-shared']),
          title: z.string(),
          availability: WhatIfFigure,
          perMonth: WhatIfFigure,
        }),
      ),
    }),
  ),
  /** What the month allows; `left` after this outage. */
  allowances: z.array(
    z.strictObject({
      requirement: z.string(),
      title: z.string(),
      allowed: WhatIfFigure,
      left: WhatIfFigure.nullable(),
    }),
  ),
  /** The outage of the migration itself with what was set; null: nothing was. */
  plan: z.strictObject({ before: WhatIfFigure, after: WhatIfFigure }).nullable(),
  overlay: Overlay,
  /** The outage of the migration by simulated runs, where it was asked for. */
  simulated: SimulatedRuns.optional(),
  /** Questions that this what-if cannot answer, each with the paths of what it waits for. */
  unanswered: z.array(z.strictObject({ title: z.string(), missing: z.array(z.string()) })),
});
export type WhatIf = z.infer<typeof WhatIf>;

/** The answer to a what-if, or every change that cannot be meant, named as it was entered. */
export const WhatIfAnswer = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('made'), whatIf: WhatIf }),
  z.strictObject({ state: z.literal('refused'), problems: z.array(AppError) }),
]);
export type WhatIfAnswer = z.infer<typeof WhatIfAnswer>;
