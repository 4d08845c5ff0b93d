import { z } from 'zod';
import { Identity } from '../identity/identity';
import { Check, Command, Fact } from './command';
import { Said } from './said';
import { Throttle } from './throttle';

/**
 * A runbook as data: immutable once made, known by the hash of its canonical text (fingerprint.ts). Whatever acts on
 * servers is one of these: switchover, failover, rejoin, a migration. Nothing here knows what the servers are.
 */

const Name = z.string().min(1).max(100);
const Ms = z.number().int().min(0);

export const Nature = z.enum(['reads', 'reversible', 'hard', 'point-of-no-return']);
export type Nature = z.infer<typeof Nature>;

/**
 * A fact that a step changes: `to` is what it will be, and what proves the step. `through`: what it may read between two
 * commands of the step, where whoever goes on after a crash finds it.
 */
export const Change = z.strictObject({
  fact: Name,
  to: z.string(),
  through: z.array(z.string()).optional(),
});
export type Change = z.infer<typeof Change>;

const Undo = z.strictObject({
  apply: z.array(Command).min(1),
  /** Beyond the facts, which must be again what they were. */
  verify: z.array(Check).default([]),
});

const StepBase = {
  id: Name,
  /** As people count: "10", "15b". */
  number: z.string().max(10),
  title: Said,
  /** Key of `targets`: where it is shown; null: none in particular. */
  target: Name.nullable(),
  /** Lane of the picture: "database", "traffic", "files". */
  track: Name,
  /** Ids of steps that must be done before. Steps that do not need each other run side by side. */
  needs: z.array(Name).default([]),
  /** Id of the group it belongs to. */
  group: Name.nullable().default(null),
  nature: Nature,
  /** Facts that must be as predicted right before it acts, besides those it changes. */
  relies: z.array(Name).default([]),
  precheck: z.array(Check).default([]),
  changes: z.array(Change).default([]),
  /** Beyond the changed facts. */
  verify: z.array(Check).default([]),
  /** null: there is nothing to undo. */
  undo: Undo.nullable().default(null),
  /** The identity of its targets is read again right before it acts. */
  confirms: z.boolean().default(false),
  /**
   * `undo`: before the point of no return all that was done is undone at once; `stop`: it waits for a person; `go-on`:
   * it is named as failed, or as unknown once the servers could not tell either, and holds up nobody who needs it. It
   * is not tried again by itself. For what is done by every way there is, of which one suffices.
   */
  ifItFails: z.enum(['undo', 'stop', 'go-on']).default('undo'),
  estimate: z
    .strictObject({ p50Ms: Ms, p90Ms: Ms, basis: z.enum(['measured', 'rehearsed', 'assumed']) })
    .nullable()
    .default(null),
};

export const Step = z.discriminatedUnion('kind', [
  /** Does something, in order, and proves it. Every command may be sent again after a doubt. */
  z.strictObject({
    ...StepBase,
    kind: z.literal('act'),
    apply: z.array(Command).min(1),
    /** Asked now and then while it acts: columns `done` and `total`; a total of 0 or none is not known yet. */
    progress: z
      .strictObject({ command: Command, unit: z.string().max(20), everyMs: z.number().int().min(200) })
      .nullable()
      .default(null),
    /** Its rate is lowered while the checks do not hold. */
    throttle: Throttle.optional(),
  }),
  /** Looks until it is so, or the limit is over: then it has failed. */
  z.strictObject({
    ...StepBase,
    kind: z.literal('wait'),
    until: Check,
    everyMs: z.number().int().min(1),
    limitMs: Ms,
  }),
  /**
   * A person says go, with these readings before their eyes; they are kept as evidence. Where there are `unless` and
   * all of them hold, nobody is asked; one that does not or that cannot be told asks. With `suffices`, one is enough.
   */
  z.strictObject({
    ...StepBase,
    kind: z.literal('gate'),
    question: Said,
    readings: z.array(Check),
    unless: z.array(Check).default([]),
    /** One of `unless` that holds is enough: each proves the same by a way of its own. */
    suffices: z.literal('any').optional(),
    /** What whoever says go has to type; absent: nothing. */
    typed: Name.optional(),
    people: z.number().int().min(1).max(2),
  }),
  /** Does the body until the check holds `inARow` times one after the other, at most `maxRounds` times. */
  z.strictObject({
    ...StepBase,
    kind: z.literal('repeat'),
    body: z.array(Command).min(1),
    until: Check,
    inARow: z.number().int().min(1),
    everyMs: Ms,
    maxRounds: z.number().int().min(1).max(10_000),
    /** `person`: after each round somebody says once more, enough, or back. */
    decides: z.enum(['check', 'person']),
    /** Each round waits until the checks hold. */
    throttle: Throttle.optional(),
  }),
  /** Is done when all its members are. `unbroken`: a hold waits until it is over, because meanwhile nobody can write. */
  z.strictObject({ ...StepBase, kind: z.literal('group'), unbroken: z.boolean().default(false) }),
]);
export type Step = z.infer<typeof Step>;
export type StepKind = Step['kind'];

/** A server that the run talks to. */
export const Target = z.strictObject({
  host: Name,
  /** The service whose SQL account is used; null: only SSH. */
  service: Name.nullable(),
  /** As read when the plan was made. */
  identity: Identity,
  /** Sent on each new SQL connection of this run before anything else. */
  session: z.array(z.string()).default([]),
  /**
   * Whatever may be gone at any moment, as the host of a server that is being given up: the run begins and goes on without it,
   * and only what acts there fails.
   */
  dispensable: z.literal(true).optional(),
});
export type Target = z.infer<typeof Target>;

export const RunPlan = z.strictObject({
  version: z.literal(1),
  /** Which procedure made it: "switchover". Its texts and judges go by this name. */
  procedure: Name,
  title: Said,
  estate: Name,
  /** Who is locked while it runs: two runs never hold the same subject. */
  subject: Name,
  /** What a person types to start it: the server that stops taking writes. */
  confirm: Name,
  madeAt: z.number(),
  targets: z.record(Name, Target),
  /** Where a copy of plan and progress is written, and the lease is held: two of the targets. */
  keptOn: z.array(Name).min(1),
  /** References to secrets by the name that commands use: which account's secret of the estate. */
  secrets: z.record(Name, z.strictObject({ service: Name, account: z.enum(['read', 'act', 'replication']) })),
  /** Exactly what the plan stands on: hashed into the fingerprint. */
  facts: z.array(Fact),
  /** Must hold when it begins, with a tolerance; no part of the fingerprint. */
  preconditions: z.array(Check).default([]),
  steps: z.array(Step).min(1),
  /** Where something was refused and somebody said that it may go on all the same. */
  overrides: z.array(z.strictObject({ code: Name, typed: z.string().max(200) })).default([]),
  /** What the plan cannot see. */
  blind: z.array(Said).default([]),
  /** Worth knowing before the lever is pulled. */
  warnings: z.array(Said).default([]),
  /** Longest time without writes before all is undone, as far as the steps' own limits say. */
  limitMs: Ms.nullable().default(null),
});
/** With a name of its own, because what holds a plan would else spell it out: more than the compiler writes down. */
export interface RunPlan extends z.infer<typeof RunPlan> {}
/** The same schema for what holds a plan. */
export const AnyRunPlan: z.ZodType<RunPlan> = RunPlan;
