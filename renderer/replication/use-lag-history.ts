import type { ReplicationCluster } from '@shared/replication/model';
import type { LagPoint } from '@shared/views/replication';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { client } from '../api';
import { useWatched } from '../watched';

/** What is drawn by looks is asked again after each; a question under way is not taken back. */
function useAtEachLook(look: unknown, refetch: (options: { cancelRefetch: boolean }) => unknown): void {
  useEffect(() => {
    if (look) void refetch({ cancelRefetch: false });
  }, [look, refetch]);
}

export const RANGES = { '5min': 300_000, '1h': 3_600_000, '6h': 6 * 3_600_000 } as const;
export type Range = keyof typeof RANGES;
export const isRange = (text: string | undefined): text is Range => text !== undefined && text in RANGES;

export interface LagHistory {
  from: number;
  to: number;
  series: { node: string; points: LagPoint[] }[];
}

/** Whoever replicates, and whoever cannot be asked: it may have replicated until a minute ago. */
export const replicasOf = (members: ReplicationCluster['members']): ReplicationCluster['members'] =>
  members.filter(({ lag, role }) => lag !== null || role === 'unknown');

/** How old the replicas of a cluster were in the last minutes or hours before `now`. */
export function useLagHistory({ id, members }: ReplicationCluster, range: Range, now: number) {
  const { snapshot } = useWatched();
  const nodes = replicasOf(members).map(({ server }) => server.node);
  const found = useQuery({
    // Not the times: each look would leave an answer behind in the cache.
    queryKey: ['lag-history', id, range, nodes],
    queryFn: async ({ signal }): Promise<LagHistory> => {
      const [from, to] = [now - RANGES[range], now];
      const { series } = await client.call('replication.history', { nodes, from, to }, signal);
      return { from, to, series };
    },
  });
  useAtEachLook(snapshot, found.refetch);
  return found;
}
