import { z } from 'zod';
import { AppError } from '../errors';
import { Decoded } from '../failover/model';
import { Said } from '../runbook/said';

/**
 * What a person knows before an old primary comes back: what it holds alone, and by which ways it can return. All of it was
 * read; nothing was sent that changes anything. Counts of transactions and GTIDs are text, exact at any size. Times are epoch
 * milliseconds by the console's clock.
 */

/**
 * `attach`: it follows as it is. `flashback`: what it holds alone is taken back first (MariaDB). `rebuild`: its data is replaced
 * by a copy of another's. `quarantine`: it is kept closed and follows nobody.
 */
export const RejoinWay = z.enum(['attach', 'flashback', 'rebuild', 'quarantine']);
export type RejoinWay = z.infer<typeof RejoinWay>;

/** Its history beside the present primary's. */
export const RejoinHistory = z.discriminatedUnion('kind', [
  /** It has nothing of its own. */
  z.strictObject({ kind: z.literal('subset') }),
  z.strictObject({
    kind: z.literal('ahead'),
    transactions: z.string(),
    /** A GTID set of MySQL; of MariaDB runs by domain and server. */
    gtids: z.string(),
    /** The rows, as in the loss statement of a failover; null: its binary logs could not be read, see `error`. */
    decoded: Decoded.nullable(),
    error: AppError.nullable(),
  }),
  /** One of the two did not tell its history; `error` says why, where anything was said. */
  z.strictObject({ kind: z.literal('unknown'), error: AppError.nullable() }),
]);
export type RejoinHistory = z.infer<typeof RejoinHistory>;

export const RejoinChoice = z.strictObject({
  way: RejoinWay,
  /** `unknown`: it cannot be told now, e.g. because a server could not be asked. */
  can: z.enum(['can', 'cannot', 'unknown']),
  /** Every reason against it, as the refusal of its plan says it: codes of the words of `rejoin`; [] where it can. */
  because: z.array(Said),
});
export type RejoinChoice = z.infer<typeof RejoinChoice>;

export const RejoinLook = z.strictObject({
  /** Of this look; the folder of what was kept is called by it. */
  id: z.string(),
  takenAt: z.number(),
  cluster: z.string(),
  title: z.string(),
  /** Node of the old primary. */
  server: z.string(),
  /** Node that takes writes now; null: none, or several. */
  primary: z.string().nullable(),
  history: RejoinHistory,
  /** Every way there is, in the order in which they are offered. */
  ways: z.array(RejoinChoice),
  /** null: nothing is recommended, because it is not known what it holds, or because no way is open. */
  recommended: RejoinWay.nullable(),
});
export type RejoinLook = z.infer<typeof RejoinLook>;
