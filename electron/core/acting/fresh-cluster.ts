import type { ReplicationCluster } from '@shared/replication/model';
import { failure } from '../net/failure';
import type { OpenEstate } from '../open-estate';
import type { Ports } from '../ports';

/** What every procedure is made from. */
export interface MakeOptions {
  open: OpenEstate;
  ports: Ports;
  /** Who follows whom in the open estate, as known now. */
  clusters(): ReplicationCluster[];
}

/** The cluster as known now, with this member; null: whichever has that id. @throws Failure E_NO_CLUSTER */
export function namedCluster(
  { clusters }: Pick<MakeOptions, 'clusters'>,
  id: string,
  member: string | null,
): ReplicationCluster {
  const found = clusters().find((one) => one.id === id);
  if (found && (member === null || found.members.some(({ server }) => server.node === member))) return found;
  throw failure('E_NO_CLUSTER', null, { name: id, what: member ?? id });
}

/** Looks at these hosts once more, whatever was due; resolves when each has answered or failed to. */
export async function lookAgain(
  { open }: Pick<MakeOptions, 'open'>,
  hosts: Iterable<string>,
  signal: AbortSignal,
): Promise<void> {
  await Promise.all([...new Set(hosts)].map((host) => open.watcher.lookNow(host, signal)));
}

/** Hosts on which the cluster's servers run, as far as the estate says it. */
export const hostsOf = ({ members }: ReplicationCluster): string[] =>
  members.flatMap(({ server }) => server.host ?? []);

/** The cluster, every server of it looked at once more. @throws Failure E_NO_CLUSTER */
export async function freshCluster(
  options: MakeOptions,
  id: string,
  member: string,
  signal: AbortSignal,
): Promise<ReplicationCluster> {
  await lookAgain(options, hostsOf(namedCluster(options, id, member)), signal);
  return namedCluster(options, id, member);
}

/** With what the acting accounts are asked. */
export const askingWith = ({ open, ports }: Pick<MakeOptions, 'open' | 'ports'>) => {
  const { estate, estateDir, sessions, secrets, dialer } = open;
  return { estate, estateDir, sessions, secrets, dialer, ports };
};
