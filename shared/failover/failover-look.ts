import type { PrimaryVerdict, ReplicationCluster } from '../replication/model';
import { type FenceInput, fencesOf, waitingOf } from './fences';
import { type LogRead, lossOf } from './loss';
import type { FailoverLook, OldPrimary } from './model';
import type { Ranking } from './rank';

export interface FailoverInput {
  readonly id: string;
  readonly takenAt: number;
  readonly cluster: ReplicationCluster;
  readonly old: OldPrimary;
  readonly ranking: Ranking;
  readonly log: LogRead | null;
  readonly downSince: number | null;
  readonly fence: Omit<FenceInput, 'old'>;
}

/** Everything that was gathered, as the one picture that window, command line and paper show. */
export function failoverLook({
  id,
  takenAt,
  cluster,
  old,
  ranking,
  log,
  downSince,
  fence,
}: FailoverInput): FailoverLook {
  const { ranked, choice, against } = ranking;
  const { process, lastSeen } = old;
  return {
    ...{ id, takenAt, cluster: cluster.id, title: cluster.title, old, ranked, choice },
    against: against?.node ?? null,
    loss: against && lossOf({ held: against.held, log, process, lastSeen }),
    waiting: waitingOf(old, downSince),
    fences: fencesOf({ ...fence, old }),
    seenByOthers: seenByOthers(old.verdict),
  };
}

/** "I do not see it" is not "it is dead": somebody besides the console must miss it, and nobody may see it. */
export function seenByOthers(verdict: PrimaryVerdict | null): boolean {
  const others =
    verdict?.terms.filter(({ code }) => code === 'replica-hears' || code === 'host-reaches') ?? [];
  return others.some(({ holds }) => holds === false) && others.every(({ holds }) => holds !== true);
}

/**
 * The server that a failover would be away from: the one primary; of several, the one that does not answer. null: nobody, or
 * nobody can tell.
 */
export function oldPrimaryOf({ members, primaries }: ReplicationCluster): string | null {
  const servers = members.map(({ server }) => server).filter(({ node }) => primaries.includes(node));
  const silent = servers.filter(({ state }) => state === 'silent');
  const [only, ...more] = silent.length > 0 ? silent : servers;
  return only && more.length === 0 ? only.node : null;
}
