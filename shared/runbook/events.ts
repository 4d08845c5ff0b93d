import { z } from 'zod';
import { AppError } from '../errors';

/**
 * What the journal says of a run. The state of a run is nothing but these, in their order (state.ts): whatever acts
 * commits `intent` before and `outcome` after, and everything a person decides stands between them.
 */

const Name = z.string().max(300);
const Ms = z.number().min(0);
/**
 * `taken`: another console wrote it, at that time; this one has it from a server, where it took the run over. What
 * reads a run out of the journal puts both in the place of its own.
 */
const Run = { run: Name, taken: z.strictObject({ at: z.number(), who: Name }).optional() };

export const StepResult = z.enum(['done', 'failed', 'unknown']);
export type StepResult = z.infer<typeof StepResult>;
export const Phase = z.enum(['apply', 'undo']);
export type Phase = z.infer<typeof Phase>;

/** What a person, or the rule of the plan, decided. */
export const Decision = z.enum([
  'start',
  'resume',
  'undo',
  'hold',
  'go-on',
  'go', // at a gate, or after a round
  'again', // one more round
  'enough', // no more rounds
  'no-go',
  'take-over',
  'hand-over',
  'throttle',
]);
export type Decision = z.infer<typeof Decision>;

export const RunOpened = z.strictObject({
  kind: z.literal('run-opened'),
  ...Run,
  procedure: Name,
  estate: Name,
  subject: Name,
  /** Hash of the whole plan, and of the facts alone. */
  plan: Name,
  fingerprint: Name,
});
export const RunDecided = z.strictObject({
  kind: z.literal('run-decided'),
  ...Run,
  decision: Decision,
  /** The gate or the repeated step. */
  step: Name.optional(),
  /** Who, when it is not who writes the journal. */
  by: Name.optional(),
  /** Evidence, or what was typed. */
  text: z.string().optional(),
  /** Of `throttle`. `person`: the step goes no faster from now on; `rule`: its checks turned it, and `text` says why. */
  rate: z.strictObject({ level: z.number().int(), by: z.enum(['person', 'rule']) }).optional(),
});
export const Intent = z.strictObject({
  kind: z.literal('intent'),
  ...Run,
  step: Name,
  phase: Phase,
  /** Counts from 1 for each step and phase. */
  attempt: z.number().int().min(1),
  host: Name,
  account: Name,
  /** Every statement and command, as shown. */
  text: z.string(),
  /** Of a gate: what was read before it was decided that a person is asked. */
  evidence: z.record(z.string(), z.string()).optional(),
});
/** How an end is known: see `Outcome`. */
export const KnownBy = z.enum(['answer', 'probe', 'checks']);
export type KnownBy = z.infer<typeof KnownBy>;
export const Outcome = z.strictObject({
  kind: z.literal('outcome'),
  ...Run,
  step: Name,
  phase: Phase,
  attempt: z.number().int().min(1),
  host: Name,
  account: Name,
  result: StepResult,
  /**
   * `answer`: the servers, or the people asked, answered; `probe`: the servers were asked afterwards what had become of
   * it; `checks`: a gate whose checks all held, so that nobody was asked.
   */
  by: KnownBy,
  durationMs: Ms,
  /** What it saved for later steps. Never a secret. */
  outputs: z.record(z.string(), z.string()).optional(),
  /** What was read as proof: fact or check → value. */
  evidence: z.record(z.string(), z.string()).optional(),
  error: AppError.optional(),
});
export const RunClosed = z.strictObject({
  kind: z.literal('run-closed'),
  ...Run,
  /** `left`: nothing was changed, or a person said that others see to it. */
  end: z.enum(['done', 'undone', 'left']),
});

export const RUN_EVENTS = [RunOpened, RunDecided, Intent, Outcome, RunClosed] as const;
export const RunEvent = z.discriminatedUnion('kind', [RunOpened, RunDecided, Intent, Outcome, RunClosed]);
export type RunEvent = z.infer<typeof RunEvent>;
/** An event with its time by the console's clock. */
export type TimedEvent = RunEvent & { at: number; who: string };
