import type { ReplicationCluster } from '../replication/model';
import type { RejoinHistory, RejoinLook, RejoinWay } from './model';

/** What a screen shows of a server that may come back, decided once. */

/** A server that stands apart from a replication that others take part in. */
export interface Island {
  node: string;
  /** Whom the others follow. */
  primary: string;
}

/**
 * Servers that follow nobody and are followed by nobody while somebody else of the cluster is the primary: an old primary after
 * a failover, or one that was kept apart. Who does not answer is none: whether it follows anybody is not known.
 */
export function islandsOf({ members, edges }: Pick<ReplicationCluster, 'members' | 'edges'>): Island[] {
  const followed = members
    .map(({ server }) => server.node)
    .filter((node) => edges.some(({ from, to }) => from === node && to !== null));
  const heads = followed.filter((node) => !edges.some(({ to, from }) => to === node && from !== null));
  const open = members.filter(({ writable }) => writable === true).map(({ server }) => server.node);
  // Of two servers nobody follows anybody after a failover: then it is told by who takes writes.
  const [primary, ...more] = followed.length === 0 ? open : heads;
  if (primary === undefined || more.length > 0) return [];
  return members
    .filter(
      ({ server }) =>
        server.state === 'answers' &&
        server.channels?.length === 0 &&
        server.group === null &&
        server.node !== primary &&
        !followed.includes(server.node),
    )
    .map(({ server }) => ({ node: server.node, primary }));
}

/**
 * What becomes of the transactions that the server holds alone if it comes back this way. `kept`: they stay there, and nowhere
 * else.
 */
export type OwnFate = 'none' | 'given-up' | 'kept' | 'unknown';

export function ownFate(history: RejoinHistory, way: RejoinWay): OwnFate {
  switch (history.kind) {
    case 'subset':
      return 'none';
    case 'ahead':
      return way === 'quarantine' ? 'kept' : 'given-up';
    case 'unknown':
      return way === 'quarantine' ? 'kept' : 'unknown';
  }
}

/** Is the recommended way one by which nothing is given up? Only then may it stand out as the thing to press. */
export const mayStandOut = ({ history, recommended }: RejoinLook, way: RejoinWay): boolean =>
  recommended === way && ownFate(history, way) === 'none';
