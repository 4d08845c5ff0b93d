import { z } from 'zod';
import { AppError } from '../errors';
import { KnownBy, Phase } from './events';
import { AnyRunPlan } from './plan';

/** Where a run stands, as its journal says (state.ts computes it). */

const At = z.number().nullable();

export const StepState = z.strictObject({
  state: z.enum([
    'pending',
    'running',
    /** Waits for a person: a gate, or the end of a round. */
    'waiting',
    'done',
    'failed',
    /** It was sent and nobody knows yet what became of it. */
    'unknown',
    'undoing',
    'undone',
    'undo-failed',
  ]),
  /** Which way it went last; null: it was never begun. */
  phase: Phase.nullable(),
  /** Counts from 1 for each phase. */
  attempt: z.number(),
  startedAt: At,
  endedAt: At,
  durationMs: z.number().nullable(),
  error: AppError.nullable(),
  evidence: z.record(z.string(), z.string()),
  /** null: it has not ended. */
  by: KnownBy.nullable(),
  /** It failed, or nobody could find out what became of it, and the plan goes on without it. */
  passedOver: z.boolean(),
});
export type StepState = z.infer<typeof StepState>;

export const RunStatus = z.enum([
  'running',
  /** Between two steps, because a person said hold. */
  'holding',
  'waiting',
  'undoing',
  /** A step failed or is unknown, and nobody acts: a person has to say how it goes on. */
  'stopped',
  'done',
  'undone',
  'left',
]);
export type RunStatus = z.infer<typeof RunStatus>;

export const RunState = z.strictObject({
  id: z.string(),
  procedure: z.string(),
  estate: z.string(),
  subject: z.string(),
  plan: z.string(),
  fingerprint: z.string(),
  openedAt: z.number(),
  closedAt: At,
  /** Who opened it: user@workstation. */
  by: z.string(),
  status: RunStatus,
  steps: z.record(z.string(), StepState),
  outputs: z.record(z.string(), z.string()),
  /** A step that cannot be undone was done, or may have been. */
  pastNoReturn: z.boolean(),
  /** Ids of the steps that undoing would take back, in that order. */
  undoStack: z.array(z.string()),
});
export type RunState = z.infer<typeof RunState>;

/** A fact or check as it is now, beside what it must be. */
export const Reading = z.strictObject({
  /** Key of the fact, id of the check. */
  id: z.string(),
  title: z.strictObject({ code: z.string(), params: z.record(z.string(), z.string()) }),
  target: z.string(),
  value: z.string().nullable(),
  mustBe: z.string(),
  /** null: it could not be told. */
  holds: z.boolean().nullable(),
  at: z.number(),
  error: AppError.nullable(),
});
export type Reading = z.infer<typeof Reading>;

/** The pace of a step that can be slowed down. */
export const Throttled = z.strictObject({
  unit: z.string(),
  /** What a person may set; none: it has no rate. */
  levels: z.array(z.number()),
  /** As fast as it goes at most: its plan, or the last word of a person. */
  most: z.number().nullable(),
  /** As fast as it goes now; null: it does not go. */
  rate: z.number().nullable(),
  /** What keeps it from its full pace, as last read. */
  behind: z.array(Reading),
  /** Since when a round waits for that; null: none does. */
  waitsSince: At,
  /** Why its pace could not be told to whoever keeps it. */
  error: AppError.nullable(),
});
export type Throttled = z.infer<typeof Throttled>;

/** One thing as it was sent, for the screen; the journal has all of them. */
export const SentLine = z.strictObject({
  at: z.number(),
  target: z.string(),
  step: z.string(),
  /** With ⟨names⟩ in place of values. */
  text: z.string(),
  /** null while it runs, and where nobody wrote one down. */
  answer: z.string().nullable(),
  failed: z.boolean(),
  /** `journal`: all that was announced for one attempt at a step and how that ended; see sent-lines.ts. */
  from: z.enum(['connection', 'journal']),
});
export type SentLine = z.infer<typeof SentLine>;

/** A run with its plan, as the Runs place draws it. */
export const RunView = z.strictObject({
  plan: AnyRunPlan,
  state: RunState,
  /** Is it this console that acts now; else `elsewhere` is who holds the lease, as far as that is known. */
  here: z.boolean(),
  elsewhere: z.string().nullable(),
  /** What may be done now; nothing else is offered. */
  ways: z.array(
    z.enum(['hold', 'go-on', 'resume', 'undo', 'hand-over', 'take-over', 'go', 'no-go', 'again', 'enough']),
  ),
  /** The newest 200. */
  sent: z.array(SentLine),
  progress: z.record(
    z.string(),
    z.strictObject({ done: z.number(), total: z.number().nullable(), unit: z.string() }),
  ),
  /** What a gate that waits shows to whoever decides, by its step: of a run that this console has in its hands. */
  readings: z.record(z.string(), z.array(Reading)),
  /** Of every step that can be slowed down, by its id. */
  throttles: z.record(z.string(), Throttled),
});
export type RunView = z.infer<typeof RunView>;
export type Way = RunView['ways'][number];
