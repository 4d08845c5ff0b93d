import type { ReplicationCluster } from '@shared/replication/model';

/** One server in the small trees. */
export interface Placed {
  node: string;
  /** 0: it follows nobody. */
  tier: number;
  /** null: not known. */
  writable: boolean | null;
  /** Whom it follows; null: nobody, or not known. */
  source: string | null;
}

/** Who follows whom now, as the cluster says, and after the switchover: everybody else follows the one who starts. */
export function beforeAfter(
  { members, edges }: ReplicationCluster,
  to: string,
): { before: Placed[]; after: Placed[] } {
  const before = members
    .map(({ server: { node }, tier, writable }) => ({
      node,
      tier,
      writable,
      source: edges.find((edge) => edge.to === node && edge.from !== null)?.from ?? null,
    }))
    .sort((a, b) => a.tier - b.tier);
  const others = before.filter(({ node }) => node !== to);
  return {
    before,
    after: [
      { node: to, tier: 0, writable: true, source: null },
      ...others.map(({ node }) => ({ node, tier: 1, writable: false, source: to })),
    ],
  };
}
