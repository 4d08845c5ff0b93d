import { z } from 'zod';
import { AppError } from '../errors';
import { Candidate, PrimaryVerdict } from '../replication/model';

/**
 * What a person knows before consenting to an emergency failover: the old primary as it can still be seen, who could take
 * over, and what would be lost. All of it was read; nothing was sent that changes anything. Counts of transactions and
 * GTIDs are text, exact at any size. Times are epoch milliseconds: `at`, `since` of a transaction by the clock of the
 * server that committed it, everything else by the console's.
 */

const Text = z.string().nullable();
const Time = z.number().nullable();

/** Where a server was when this console, or the recording of an earlier one, last read it. */
export const LastSeen = z.strictObject({
  /** As the server prints it: gtid_executed, gtid_binlog_pos. */
  position: z.string(),
  /** MariaDB's gtid_binlog_state; null: not read, or MySQL. */
  state: Text,
  at: z.number(),
});
export type LastSeen = z.infer<typeof LastSeen>;

export const LostTable = z.strictObject({
  schema: z.string(),
  table: z.string(),
  inserts: z.number(),
  updates: z.number(),
  deletes: z.number(),
  /** Commit times of the first and the last transaction that touched it. */
  from: z.number(),
  to: z.number(),
});
export type LostTable = z.infer<typeof LostTable>;

export const LostRow = z.strictObject({
  /** '' where the log names none. */
  gtid: z.string(),
  at: z.number(),
  schema: z.string(),
  table: z.string(),
  change: z.enum(['insert', 'update', 'delete']),
  /** `@1=7 @2='x'`, columns by number; of an update what was there, an arrow, what is there now. Long values are cut. */
  text: z.string(),
});
export type LostRow = z.infer<typeof LostRow>;

/** The lost transactions as a binary log of their own, which the server's own tools read and replay. */
export const Salvage = z.strictObject({ file: z.string(), bytes: z.number() });
export type Salvage = z.infer<typeof Salvage>;

/** What the old primary's binary log shows of the transactions that the candidate has not received. */
export const Decoded = z.strictObject({
  /** Commit times of the first and the last of them; null: there is none. */
  since: Time,
  until: Time,
  tables: z.array(LostTable),
  /** More tables were touched than are told. */
  tablesCut: z.boolean(),
  /** The first 200 rows at most. */
  rows: z.array(LostRow),
  /** More rows were changed than are shown; the tables count them all. */
  cut: z.boolean(),
  /** Transactions of which some change is in no row that can be told: statements, DDL, compressed, before the oldest log. */
  untold: z.string(),
  /** Ends of logs within a transaction: it was never done, and a restart throws it away. */
  torn: z.number(),
  /** null: there is nothing to keep, or `salvageError` says why it could not be kept. */
  salvage: Salvage.nullable(),
  salvageError: AppError.nullable(),
});
export type Decoded = z.infer<typeof Decoded>;

export const LossStatement = z.discriminatedUnion('kind', [
  /** The old server's process is gone and its log was read to the end: these and no others. 0 is "nothing is lost". */
  z.strictObject({
    kind: z.literal('exact'),
    transactions: z.string(),
    gtids: z.string(),
    ...Decoded.shape,
  }),
  /** These at least: it was seen to have them, and it may have more. */
  z.strictObject({
    kind: z.literal('at-least'),
    transactions: z.string(),
    gtids: z.string(),
    lastSeen: LastSeen.nullable(),
    /** `log`: counted from its log, which may still grow or could not be read to the end. `last-seen`: from where it was seen. */
    by: z.enum(['log', 'last-seen']),
    decoded: Decoded.nullable(),
  }),
  /** Nothing that it was seen to have is missing, or it was never seen: how much it committed after that nobody can say. */
  z.strictObject({ kind: z.literal('unknown'), lastSeen: LastSeen.nullable() }),
]);
export type LossStatement = z.infer<typeof LossStatement>;

export const OldLog = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('read'),
    /** Oldest first. */
    files: z.array(z.string()),
    bytes: z.number(),
    /** To the end of the newest file, from where the candidate has everything: nothing in between is missing. */
    whole: z.boolean(),
    error: AppError.nullable(),
  }),
  z.strictObject({ state: z.literal('unread'), error: AppError }),
  /** It answers, or there is nobody to compare it with. */
  z.strictObject({ state: z.literal('not-asked') }),
]);
export type OldLog = z.infer<typeof OldLog>;

export const OldPrimary = z.strictObject({
  node: z.string(),
  host: Text,
  /** null: nobody else in the cluster could say anything of it. */
  verdict: PrimaryVerdict.nullable(),
  /** Of the acting account; null: reached. */
  ssh: AppError.nullable(),
  /** Of the looking account; null: it answers statements. */
  sql: AppError.nullable(),
  answers: z.boolean(),
  process: z.enum(['runs', 'gone', 'unknown']),
  lastSeen: LastSeen.nullable(),
  log: OldLog,
});
export type OldPrimary = z.infer<typeof OldPrimary>;

/** One server that could take over, as far as it got. */
export const Ranked = z.strictObject({
  node: z.string(),
  /** Everything it has: applied, or received and still to be applied; null: it cannot be asked. */
  received: Text,
  applied: Text,
  /** Transactions received and not applied yet. */
  toApply: Text,
  /** Transactions that the most advanced one has and this one has not. */
  missing: Text,
  /** Rules that forbid promoting it; [] is none. What could not be checked is in `unchecked`. */
  against: Candidate.shape.because,
  unchecked: Candidate.shape.because,
});
export type Ranked = z.infer<typeof Ranked>;

export const Choice = z.discriminatedUnion('kind', [
  /** It has everything that any other has, and nothing forbids it. */
  z.strictObject({ kind: z.literal('chosen'), node: z.string() }),
  /** A person named it; `because` is what speaks against it, `behind` who has what it has not. */
  z.strictObject({
    kind: z.literal('asked'),
    node: z.string(),
    because: Candidate.shape.because,
    behind: z.array(z.string()),
  }),
  /** `silent`: somebody cannot be asked and may have more. `parted`: nobody has everything. `forbidden`: none may. */
  z.strictObject({
    kind: z.literal('unclear'),
    why: z.enum(['nobody', 'silent', 'parted', 'forbidden', 'behind']),
    nodes: z.array(z.string()),
    /** For whom the loss is told all the same; null: for nobody. */
    best: Text,
  }),
]);
export type Choice = z.infer<typeof Choice>;

/** One way to keep the old primary from taking writes. */
export const FenceWay = z.strictObject({
  kind: z.enum(['read-only', 'stop-service', 'command', 'traffic', 'person']),
  /** The estate's name of the command or hook; '' for the others. */
  id: z.string(),
  host: Text,
  /** `done`: there is nothing left for it to do, as things are now. */
  can: z.enum(['can', 'cannot', 'done', 'unknown']),
  because: z.strictObject({ code: z.string(), params: z.record(z.string(), z.string()) }),
});
export type FenceWay = z.infer<typeof FenceWay>;

/** "Wait instead?" */
export const Waiting = z.strictObject({
  /** Since when it is not seen; null: not known. */
  downSince: Time,
  brings: z.enum(['it-lives', 'start-it', 'wake-it', 'reach-it', 'unknown']),
});
export type Waiting = z.infer<typeof Waiting>;

export const FailoverLook = z.strictObject({
  /** Of this look; the folder of what was kept is called by it. */
  id: z.string(),
  takenAt: z.number(),
  cluster: z.string(),
  title: z.string(),
  old: OldPrimary,
  /** Most advanced first. */
  ranked: z.array(Ranked),
  choice: Choice,
  /** For whom `loss` is told; null: for nobody. */
  against: Text,
  loss: LossStatement.nullable(),
  waiting: Waiting,
  fences: z.array(FenceWay),
  /** Everything that tells it dead is a view of others than the console: what its own view alone never is. */
  seenByOthers: z.boolean(),
});
export type FailoverLook = z.infer<typeof FailoverLook>;
