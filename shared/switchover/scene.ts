import type { Cluster, Estate } from '../estate/schema';
import type { ClusterActing } from '../estate/schema-access';
import type { ReplicationCluster } from '../replication/model';
import { channelOf } from './member';
import type { ChannelConfiguration, MemberReading, SwitchoverReadings } from './readings';
import { type HookPlan, hookHosts, hookPlans } from './traffic';

/** Everything the steps are made from, looked up once. */

export interface Side {
  /** Node, and key of its target. */
  node: string;
  member: MemberReading;
}
export interface Scene {
  cluster: Pick<Cluster, 'id' | 'members'>;
  acting: ClusterActing;
  /** Stops taking writes, and starts. */
  from: Side;
  to: Side;
  /** Others of the cluster, as read. */
  others: readonly Side[];
  /** Of these, who follows the old primary itself and will follow the new one. */
  moving: readonly (Side & { like: ChannelConfiguration })[];
  /** The channel by which the new primary follows the old one: the old one's own will be like it. */
  channel: ChannelConfiguration;
  /** Semi-sync is on, and this many replicas have to acknowledge on the new primary. */
  needed: number | null;
  hooks: readonly HookPlan[];
  catchUpSeconds: number;
  /** By node: the account with which its replicas log in. */
  users: Readonly<Record<string, string>>;
}

export const CATCH_UP_SECONDS = 20;
/** Who logs in to a server as its replica. */
export const replicationSecret = (node: string): string => `replication of ${node}`;

export const replicationUser = (estate: Estate, service: string): string | null =>
  estate.services.find(({ id }) => id === service)?.sql?.credentials.replication?.user ?? null;

/** The target that stands for a host: the member on it, else the host by itself. */
export function targetOfHost(readings: SwitchoverReadings, host: string): string {
  const member = Object.values(readings.members).find((one) => one.host === host);
  return member?.node ?? host;
}

/** null: a member that the plan cannot do without was not read at all. */
export function sceneOf(
  estate: Estate,
  replication: ReplicationCluster,
  readings: SwitchoverReadings,
): Scene | null {
  const cluster = estate.clusters.find(({ id }) => id === readings.cluster);
  const side = (node: string): Side | null => {
    const member = readings.members[node];
    return member ? { node, member } : null;
  };
  const [from, to] = [side(readings.from), side(readings.to)];
  const channel = to && channelOf(to.member);
  if (!cluster || !from || !to || !channel) return null;
  const others = readings.others.flatMap((node) => side(node) ?? []);
  const follows = (node: string) =>
    replication.edges.some((edge) => edge.from === from.node && edge.to === node);
  const acting = cluster.acting ?? {};
  const ends = { from: from.member.service, to: to.member.service };
  return {
    cluster,
    acting,
    from,
    to,
    others,
    moving: others.flatMap((other) => {
      const like = channelOf(other.member);
      return like && follows(other.node) ? [{ ...other, like }] : [];
    }),
    channel,
    needed: from.member.semiSync?.source ? Math.max(1, to.member.semiSync?.needed ?? 1) : null,
    hooks: (acting.traffic ?? []).flatMap((hook) =>
      hookPlans(hook, ends, (host) => targetOfHost(readings, host)),
    ),
    catchUpSeconds: acting.catchUpSeconds ?? CATCH_UP_SECONDS,
    users: Object.fromEntries(
      [from, to].flatMap(({ node, member }) => {
        const user = replicationUser(estate, member.service);
        return user === null ? [] : [[node, user]];
      }),
    ),
  };
}

/** Hosts that only traffic hooks name. */
export const hookOnlyHosts = ({ acting }: Scene, readings: SwitchoverReadings): string[] => [
  ...new Set(
    (acting.traffic ?? [])
      .flatMap(hookHosts)
      .filter((host) => !Object.values(readings.members).some((member) => member.host === host)),
  ),
];
