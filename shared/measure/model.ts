import { z } from 'zod';
import { AppError } from '../errors';
import { Id, MaybeQuantity, Quantity } from '../estate/schema-values';

/**
 * Measurements that a person starts, and what comes of them. Polling never does any of this: each costs time, and some
 * cost bytes on a link that others use.
 */

export const MEASURE_KINDS = ['write-rate', 'changed-files', 'tree-walk', 'copy', 'latency'] as const;
export const MeasureKind = z.enum(MEASURE_KINDS);
export type MeasureKind = z.infer<typeof MeasureKind>;

/** Absolute, so that no program takes it for an option; without what would end a line of the journal. */
const Tree = z.string().regex(/^\/[^\0\n]{0,1000}$/, 'an absolute path');
/** Empty: the paths that the file server itself shares. */
const Trees = z.array(Tree).max(20);
/** Most seconds that one reading of a server may take. */
const Limit = z.number().int().min(1).max(3_600);

/** What is measured of what, and how far it may go: nothing goes beyond its own bounds. */
export const MeasureRequest = z.discriminatedUnion('kind', [
  /** Growth of the binary log of a database (a data set) over so many seconds. */
  z.strictObject({
    kind: z.literal('write-rate'),
    subject: Id,
    seconds: z.number().int().min(5).max(86_400),
  }),
  /** One walk through the trees of a data set that reads sizes and times of change. */
  z.strictObject({ kind: z.literal('changed-files'), subject: Id, trees: Trees, seconds: Limit }),
  /** Walks through the same trees, one after the other; `seconds` bounds each. */
  z.strictObject({
    kind: z.literal('tree-walk'),
    subject: Id,
    trees: Trees,
    seconds: Limit,
    walks: z.number().int().min(2).max(10),
  }),
  /** Random bytes from a host to this desk, over so many connections at once; whichever bound is reached first ends it. */
  z.strictObject({
    kind: z.literal('copy'),
    subject: Id,
    bytes: z.number().int().min(1_000_000).max(100_000_000_000),
    seconds: Limit,
    streams: z.number().int().min(1).max(8),
  }),
  /** Questions to a host's sshd on the connection that stands, one after the other. */
  z.strictObject({ kind: z.literal('latency'), subject: Id, samples: z.number().int().min(5).max(1_000) }),
]);
export type MeasureRequest = z.infer<typeof MeasureRequest>;
export type RequestOf<K extends MeasureKind> = Extract<MeasureRequest, { kind: K }>;

/** Why a reading is not enough to be entered as a value. */
export const NOT_ENOUGH = [
  'too-few-samples',
  'too-short',
  'counter-back',
  'log-purged',
  'clock-jumped',
  'no-log',
  'cut-by-limit',
  'unreadable',
  'no-answer',
] as const;
export const NotEnough = z.enum(NOT_ENOUGH);
export type NotEnough = z.infer<typeof NotEnough>;

/** What a measurement found out on its way: shown with its result, whether or not it is enough. Counts and base units. */
export const MeasureFacts = z.strictObject({
  /** Seconds that were really observed. */
  seconds: z.number().optional(),
  samples: z.number().optional(),
  bytes: z.number().optional(),
  files: z.number().optional(),
  /** Files whose time of change lies ahead of the host's own clock: of no day. */
  ahead: z.number().optional(),
  /** Places that the account may not read, and what the host said of the first. */
  hidden: z.number().optional(),
  said: z.string().optional(),
  /** Seconds of each walk, in order; the first may have found nothing in the host's memory. */
  walks: z.array(z.number()).optional(),
  isFirstCold: z.boolean().optional(),
  /** Seconds within which nine of ten answers came. */
  p90: z.number().optional(),
  streams: z.number().optional(),
  /** Hour of day in UTC. */
  hour: z.number().optional(),
  /** The value was read from the times of the log's files, over this many seconds. */
  history: z.number().optional(),
  /** Files, bytes and changed files of each of the last days, the newest first; base units. */
  days: z.array(z.strictObject({ files: z.number(), bytes: z.number() })).optional(),
});
export type MeasureFacts = z.infer<typeof MeasureFacts>;

/** A value with its unit and its spread, and where the ledger keeps it. */
export const MeasuredValue = z.strictObject({
  path: z.string(),
  value: z.number(),
  unit: z.string(),
  range: z.strictObject({ low: z.number(), high: z.number() }).optional(),
});
export type MeasuredValue = z.infer<typeof MeasuredValue>;

/** What the readings come to: values, or the reason why there is none. */
export type Verdict =
  | { state: 'measured'; values: MeasuredValue[]; facts: MeasureFacts }
  | { state: 'unknown'; why: NotEnough; facts: MeasureFacts };

/** What can be measured of an estate, what it costs, and as whom. */
export const MeasureOffer = z.strictObject({
  kind: MeasureKind,
  subject: Id,
  /** Where it is read; null: the estate names no host. */
  host: Id.nullable(),
  account: z.string().nullable(),
  /** Bounds as the console offers them; a person may ask for others. */
  request: MeasureRequest,
  /** Of that request, at most. Bytes over the link to this desk: null where it is only what a command prints, some kB. */
  cost: z.strictObject({ seconds: z.number(), bytes: z.number().nullable() }),
  /** Paths of the ledger that it enters. */
  enters: z.array(z.string()),
  /** What is missing before it can be done. */
  lacks: z.enum(['host', 'sql-account', 'trees']).nullable(),
});
export type MeasureOffer = z.infer<typeof MeasureOffer>;

/** An entry of the ledger, and the one that stood there before: nothing is replaced in silence. */
export const EnteredValue = z.strictObject({
  path: z.string(),
  quantity: Quantity,
  before: MaybeQuantity.nullable(),
});
export type EnteredValue = z.infer<typeof EnteredValue>;

export const MeasureResult = z.strictObject({
  request: MeasureRequest,
  host: Id,
  at: z.number(),
  facts: MeasureFacts,
  outcome: z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('measured'), entered: z.array(EnteredValue) }),
    z.strictObject({ state: z.literal('unknown'), why: NotEnough }),
  ]),
});
export type MeasureResult = z.infer<typeof MeasureResult>;

/** How far a measurement is. `of`: of its bounds in seconds; null: nobody can tell before it has ended. */
export const MeasureProgress = z.strictObject({
  kind: MeasureKind,
  subject: Id,
  state: z.enum(['running', 'ended']),
  seconds: z.number(),
  of: z.number().nullable(),
  /** Samples, walks or answers so far. */
  done: z.number(),
  bytes: z.number().nullable(),
  error: AppError.nullable(),
});
export type MeasureProgress = z.infer<typeof MeasureProgress>;
