import { type AppError, Failure, toAppError } from '@shared/errors';
import type { Cluster, Estate, Service } from '@shared/estate/schema';
import type { ReplicationCluster } from '@shared/replication/model';
import type { HostReading, MemberReading, SwitchoverReadings } from '@shared/switchover/readings';
import { sudoCommands } from '@shared/switchover/sudo-commands';
import { hookHosts } from '@shared/switchover/traffic';
import { readIdentity } from '../identity/read-identity';
import { failure } from '../net/failure';
import { createSqlSession } from '../sql/sql-session';
import type { Lease } from '../ssh/lease';
import { readBackup } from './read-backup';
import { type Member, readMember, readPosition, type Unplaced } from './read-member';
import { type Following, type LoginContext, tryReplicationLogin } from './replication-login';
import { sudoRefusals } from './sudo';

export interface GatherOptions extends LoginContext {
  estate: Estate;
  /** As the watch sees it now; its id is the cluster's of the estate. */
  cluster: ReplicationCluster;
  /** Nodes: who stops taking writes, and who starts. */
  from: string;
  to: string;
  /** Every other member. */
  others: readonly string[];
  /** `from` is given up: it is not asked, and not among the members that were read. */
  gone?: boolean;
  /** Hosts besides those of traffic hooks on which only command lines run. */
  hostsBesides?: readonly string[];
  /** What the acting account has to be allowed as root on the host of a member, besides what a switchover needs. */
  sudoBesides?(cluster: Cluster, node: string, service: Service): readonly (readonly string[])[];
  signal: AbortSignal;
}

const DEFAULT_PORT = 3306;

/**
 * Everything that a plan for a switchover stands on, read now by the acting accounts: nothing is changed anywhere.
 * What cannot be read is null with its reason beside it. Rejects with Failure when `from` (unless it is gone) or `to` cannot be asked at
 * all, or are not of the estate (E_NO_SUCH_HOST): then there is nothing to plan. Where a password has to be asked
 * for, a person is asked.
 */
export async function gatherSwitchover(options: GatherOptions): Promise<SwitchoverReadings> {
  const { estate, from, to, others, gone = false, signal, ports, sessions } = options;
  const cluster = estate.clusters.find(({ id }) => id === options.cluster.id);
  if (!cluster) throw failure('E_NO_SUCH_HOST', null, { id: options.cluster.id });
  const opened = await Promise.all(
    [...(gone ? [] : [from]), to, ...others].map((node) => openMember(options, cluster, node)),
  );
  const members = opened.filter((one) => 'lease' in one);
  try {
    const unreached = Object.fromEntries(
      opened.flatMap((one) => ('lease' in one ? [] : [[one.node, one.error]])),
    );
    const read = await Promise.all(
      members.map(async (member) => ({ member, part: await settled(readMember(member, signal), signal) })),
    );
    for (const { member, part } of read) if (part instanceof Failure) unreached[member.node] = part.error;
    for (const node of gone ? [to] : [from, to]) if (unreached[node]) throw new Failure(unreached[node]);
    const known = read.flatMap(({ member, part }) => (part instanceof Failure ? [] : [{ member, part }]));
    const [placed, hosts, backup] = await Promise.all([
      readPositions(known, from, signal),
      readHosts(options, cluster, members),
      readBackup(sessions, cluster.acting?.backup, signal),
    ]);
    // last: a login is the one thing that another server notices
    const replicationLogins = await Promise.all(
      followings(options, placed).map((one) => tryReplicationLogin(options, one, signal)),
    );
    return {
      ...{ takenAt: ports.clock.now(), cluster: cluster.id, from, to, others },
      ...{ members: placed, unreached, hosts, replicationLogins, backup },
    };
  } finally {
    await Promise.all(members.map(close));
  }
}

/** The value, or the failure with which it ended; being aborted and bugs are thrown. */
async function settled<T>(work: Promise<T>, signal: AbortSignal): Promise<T | Failure> {
  try {
    return await work;
  } catch (thrown) {
    if (signal.aborted || !(thrown instanceof Failure)) throw thrown;
    return thrown;
  }
}

/** Both connections of a server, or why there are none. Never rejects: whatever was opened is closed by the caller. */
async function openMember(
  options: GatherOptions,
  cluster: Cluster,
  node: string,
): Promise<Member | { node: string; error: AppError }> {
  const { estate, signal } = options;
  try {
    const { host, service } = placeOf(options, node);
    const sql = createSqlSession({
      ...options,
      hostId: host.id,
      serviceId: service.id,
      account: 'act',
    });
    const lease = await options.sessions.acquire(host.id, { account: 'act', background: false, signal });
    const spared = estate.services.flatMap(({ sql: one }) =>
      [one?.credentials.act?.user, one?.credentials.replication?.user].filter((user) => user !== undefined),
    );
    return {
      ...{ node, host: host.id, service: service.id, address: host.address },
      ...{ port: service.port ?? DEFAULT_PORT, lease, sql, spared },
      readUser: service.sql?.credentials.read.user ?? '',
      sudo: (bootFile) => [
        ...sudoCommands(cluster, host.id, bootFile),
        ...(options.sudoBesides?.(cluster, node, service) ?? []),
      ],
    };
  } catch (thrown) {
    return { node, error: toAppError(thrown) };
  }
}

/** Host and service of a node of the picture. @throws Failure E_NO_SUCH_HOST */
function placeOf({ estate, cluster }: GatherOptions, node: string) {
  const server = cluster.members.find((member) => member.server.node === node)?.server;
  const host = estate.hosts.find(({ id }) => id === server?.host);
  const service = estate.services.find(({ id }) => id === server?.service);
  if (!host || !service) throw failure('E_NO_SUCH_HOST', null, { id: node });
  return { host, service };
}

async function close({ lease, sql }: Member): Promise<void> {
  await sql.close();
  lease.release();
}

/** The old primary comes last: whatever the others show by then, it must have shown before. */
async function readPositions(
  known: readonly { member: Member; part: Unplaced }[],
  from: string,
  signal: AbortSignal,
): Promise<Record<string, MemberReading>> {
  const read = (those: typeof known) =>
    Promise.all(those.map(({ member, part }) => readPosition(member, part, signal)));
  const followers = await read(known.filter(({ member }) => member.node !== from));
  const primary = await read(known.filter(({ member }) => member.node === from));
  return Object.fromEntries([...primary, ...followers].map((reading) => [reading.node, reading]));
}

/** Hosts of traffic hooks that run no member. */
async function readHosts(
  options: GatherOptions,
  cluster: Cluster,
  members: readonly Member[],
): Promise<Record<string, HostReading>> {
  const { hostsBesides = [] } = options;
  const named = new Set([...(cluster.acting?.traffic ?? []).flatMap(hookHosts), ...hostsBesides]);
  for (const { host } of members) named.delete(host);
  const read = await Promise.all([...named].map((host) => readHost(options, cluster, host)));
  return Object.fromEntries(read.map((reading) => [reading.host, reading]));
}

async function readHost(
  { sessions, signal }: GatherOptions,
  cluster: Cluster,
  host: string,
): Promise<HostReading> {
  let lease: Lease | null = null;
  try {
    lease = await sessions.acquire(host, { account: 'act', background: false, signal });
    const [identity, sudoRefuses] = await Promise.all([
      readIdentity({ lease, sql: null }, signal),
      sudoRefusals(lease, sudoCommands(cluster, host, null), signal),
    ]);
    return { host, identity, sudoRefuses, errors: [] };
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    return { host, identity: null, sudoRefuses: null, errors: [toAppError(thrown)] };
  } finally {
    lease?.release();
  }
}

/**
 * Who will log in to the new primary: the old one and every other, each with TLS as its own channel is set up, and the
 * old one as the new one's is, which it takes over.
 */
function followings(
  { estate, from, to, others }: GatherOptions,
  members: Readonly<Record<string, MemberReading>>,
): Following[] {
  const target = members[to];
  const account = estate.services.find(({ id }) => id === target?.service)?.sql?.credentials.replication;
  if (!target || !account) return [];
  return [from, ...others].flatMap((node) => {
    const follower = members[node];
    if (!follower) return [];
    const [channel] = (node === from ? target : follower).channels ?? [];
    return [{ from: follower, to: target, account, tls: channel?.tls ?? null }];
  });
}
