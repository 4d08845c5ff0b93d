import { z } from 'zod';
import { Text } from '../estate/schema-values';
import { Evidence } from '../snapshot';

/**
 * Is what there is ready to move? Every answer of a check with what it was read from. Sentences are made from
 * `code` and `params` by `shared/assessment/assessment-text.ts`, in the reader's language.
 */

export const SubjectKind = z.enum(['host', 'database', 'share', 'site']);
export type SubjectKind = z.infer<typeof SubjectKind>;

/** What is judged: a host, a database server, a share of a file server, a site with all it holds. */
export const AssessmentSubject = z.strictObject({
  kind: SubjectKind,
  /** Unique: "host:web", "database:db@db", "share:files@files/docs", "site:datacenter". */
  id: z.string(),
  /** As people call it: "web", "db", "files/docs". */
  name: z.string(),
  site: z.string().nullable(),
  host: z.string().nullable(),
  service: z.string().nullable(),
  share: z.string().nullable(),
});
export type AssessmentSubject = z.infer<typeof AssessmentSubject>;

/** blocker: nothing may be moved before it is settled. warning: it has to be dealt with on the way. note: to be known. */
export const CheckSeverity = z.enum(['blocker', 'warning', 'note']);
export type CheckSeverity = z.infer<typeof CheckSeverity>;

/** Why something is unknown. What is unknown is never ready. */
export const ReasonCode = z.enum([
  /** Nobody has asked yet, or the run ended before. */
  'not-asked',
  /** The host did not answer. */
  'unreachable',
  /** The estate names no account for it. */
  'no-account',
  /** The watching account lacks a right: `more` is the statement that gives it. */
  'grant',
  /** Only root may see it: `more` is the line for sudoers. */
  'root',
  'timeout',
  /** More came than is kept: an absent row proves nothing. */
  'cut',
  'not-understood',
  /** The program that would tell is not there. */
  'not-installed',
  /** The server does not tell this value. */
  'not-told',
  /** 0 of 0: nothing was there to be counted. */
  'nothing-counted',
  /** Nobody has stated a value that the check compares with. */
  'not-stated',
  /** Anything else; `params.message` says what. */
  'failed',
]);
export type ReasonCode = z.infer<typeof ReasonCode>;

export const Reason = z.strictObject({
  code: ReasonCode,
  params: z.record(z.string(), z.string()),
  /** The exact GRANT, or line for sudoers, that lets it be seen; null: none helps. */
  more: z.string().nullable(),
});
export type Reason = z.infer<typeof Reason>;

/** One case of a finding. */
export const CheckHit = z.strictObject({
  severity: CheckSeverity,
  params: z.record(z.string(), z.string()),
  /** What settles it, as statements or commands in the dialect of the server; never sent by the assessment. */
  statements: z.array(z.string()),
});
export type CheckHit = z.infer<typeof CheckHit>;

export const CheckResult = z.strictObject({
  code: z.string(),
  /** As bad as it can be. */
  severity: CheckSeverity,
  /** `clear`: asked, and it is not so. `unknown`: could not be told. `applies`: see `hits`. */
  state: z.enum(['clear', 'applies', 'unknown']),
  hits: z.array(CheckHit),
  /** Of an unknown one. */
  reason: Reason.nullable(),
  /** Evidence.id in `Assessment.evidence`, with the host it is of; what it stands on. */
  evidence: z.array(z.strictObject({ host: z.string(), id: z.string() })),
});
export type CheckResult = z.infer<typeof CheckResult>;

export const Readiness = z.enum(['ready', 'conditionally-ready', 'not-ready', 'unknown']);
export type Readiness = z.infer<typeof Readiness>;

/** Whole stars, and the share they stand for. */
export const Stars = z.strictObject({
  /** 1–5; null: there was nothing to measure, and no star is given for it. */
  stars: z.number().int().min(1).max(5).nullable(),
  measured: z.number().int(),
  of: z.number().int(),
});
export type Stars = z.infer<typeof Stars>;

export const SubjectVerdict = z.strictObject({
  subject: AssessmentSubject,
  verdict: Readiness,
  checks: z.array(CheckResult),
  confidence: Stars,
});
export type SubjectVerdict = z.infer<typeof SubjectVerdict>;

/** A stated fault of today, and what was seen of it. */
export const ProblemScore = z.strictObject({
  id: z.string(),
  title: Text,
  /** `seen`: what was read confirms it. `not-seen`: it does not. `unknown`: it cannot be told from what was read. */
  state: z.enum(['seen', 'not-seen', 'unknown']),
  /** 0 (none of it is so) to 100 (all of it); null: unknown. */
  score: z.number().min(0).max(100).nullable(),
  /** What was counted, and of how many; both are 0 where nothing could be. */
  found: z.number().int(),
  of: z.number().int(),
  /** Which rule counted it: the sentence of `counted` in the texts. null: no rule knows this fault. */
  measure: z.string().nullable(),
  /** What was found: names of services, hosts or costs. */
  items: z.array(z.string()),
  /** Those of which it is not known. */
  unknown: z.array(z.string()),
  /** The feature of a target that removes it, and the test that will prove it; as the estate states them. */
  removedBy: Text.nullable(),
  provedBy: Text.nullable(),
});
export type ProblemScore = z.infer<typeof ProblemScore>;

export const Assessment = z.strictObject({
  /** When the last run ended; null: there was none, and everything is unknown. */
  takenAt: z.number().nullable(),
  startedAt: z.number().nullable(),
  /** False: it was cancelled before everything was asked; what was read is kept. */
  complete: z.boolean(),
  subjects: z.array(SubjectVerdict),
  problems: z.array(ProblemScore),
  confidence: Stars,
  /** Commands and statements as sent, raw output, time. */
  evidence: z.array(z.strictObject({ host: z.string(), ...Evidence.shape })),
});
export type Assessment = z.infer<typeof Assessment>;
