import { z } from 'zod';
import { assertNever } from '../errors';

const Name = z.string().min(1).max(200);

/** One "what if". A node is a service, one of its places (`web@web2`), a host, or a site with all that is in it. */
export const Change = z.discriminatedUnion('kind', [
  /** Stops without warning. */
  z.strictObject({ kind: z.literal('fail'), node: Name }),
  /** Takes no new work, ends what it has, and is then stopped. */
  z.strictObject({ kind: z.literal('drain'), node: Name }),
  /** Nothing travels a link of the estate any more; both its ends live. */
  z.strictObject({ kind: z.literal('cut'), link: Name }),
  /** The estate without a service: nobody asks it any more. */
  z.strictObject({ kind: z.literal('remove'), service: Name }),
  /** Another value of an input, in any unit of its dimension. */
  z.strictObject({ kind: z.literal('set'), path: Name, value: z.number(), unit: z.string().min(1).max(20) }),
  /** So many times the users, their requests and streams. */
  z.strictObject({ kind: z.literal('load'), times: z.number() }),
  /** Everything starts from this scenario instead of the estate as it is. At most one. */
  z.strictObject({ kind: z.literal('scenario'), id: Name }),
]);
export type Change = z.infer<typeof Change>;

/** A question with more is not one that a person asked. */
export const MOST_CHANGES = 100;
export const Changes = z.array(Change).max(MOST_CHANGES);

/** A change as it is written on the command line; `parseChange` reads it back. */
export function printChange(change: Change): string {
  switch (change.kind) {
    case 'fail':
    case 'drain':
      return `--${change.kind} ${change.node}`;
    case 'cut':
      return `--cut ${change.link}`;
    case 'remove':
      return `--remove ${change.service}`;
    case 'set':
      return `--set ${change.path}=${change.value} ${change.unit}`;
    case 'load':
      return `--load ${change.times}x`;
    case 'scenario':
      return `--in ${change.id}`;
    default:
      return assertNever(change);
  }
}
