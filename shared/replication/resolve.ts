import type { Channel, DumpThread, ServerReading } from './model';

/** Which member somebody means: servers are called by uuid, by id, by address and by several names. */

/** How the source of a channel calls itself, for people. */
export const sourceName = ({ source }: Channel): string =>
  source.host === null ? (source.uuid ?? source.serverId ?? '?') : nameAndPort(source.host, source.port);
export const replicaName = (dump: DumpThread): string => nameAndPort(dump.host, dump.port);

const nameAndPort = (host: string, port: number | null) => (port === null ? host : `${host}:${port}`);

/**
 * The member that a channel follows. The uuid that the source told is proof; an address is what somebody wrote
 * down; a server id decides only where nothing else does and one member alone has it (MariaDB tells no uuid).
 */
export function sourceOf(channel: Channel, servers: readonly ServerReading[]): ServerReading | null {
  const { host, port, uuid, serverId } = channel.source;
  const byUuid = uuid === null ? [] : servers.filter((server) => server.identity.uuid === uuid);
  if (byUuid.length > 0) return only(byUuid);
  const byName = host === null ? [] : servers.filter((server) => isCalled(server, host, port));
  // An address that leads to a server with another uuid is not that server.
  const possible = byName.filter((server) => uuid === null || server.identity.uuid === null);
  if (byName.length > 0) return only(possible);
  return serverId === null ? null : only(servers.filter((server) => server.identity.serverId === serverId));
}

/**
 * The top of the chain above a server. One that follows several sources, or a circle, has no single top: the way
 * up ends there. One that does not speak cannot say whom it follows: it is the top, and nothing is known of it.
 */
export function originOf(
  server: ServerReading | null,
  servers: readonly ServerReading[],
): ServerReading | null {
  const passed = new Set<string>();
  let top = server;
  while (top && !passed.has(top.node)) {
    passed.add(top.node);
    const channels: readonly Channel[] = top.channels ?? [];
    const above: ServerReading | null =
      channels.length === 1 && channels[0] ? sourceOf(channels[0], servers) : null;
    if (!above) return top;
    top = above;
  }
  return server;
}

/** The member that pulls a log: by what it registered, else by the address it comes from. */
export function replicaOf(dump: DumpThread, servers: readonly ServerReading[]): ServerReading | null {
  const byUuid = dump.uuid === null ? [] : servers.filter((server) => server.identity.uuid === dump.uuid);
  if (byUuid.length > 0) return only(byUuid);
  const byId =
    dump.serverId === null ? [] : servers.filter((server) => server.identity.serverId === dump.serverId);
  if (byId.length === 1) return only(byId);
  return only(servers.filter((server) => isCalled(server, dump.host, dump.port)));
}

/** Is this one of a server's names? Without a port, or of a server that told none, the name alone decides. */
export function isCalled({ address, identity }: ServerReading, host: string, port: number | null): boolean {
  const names = [address, identity.hostname, identity.reportHost].map((name) => name?.toLowerCase());
  const ports = [identity.port, identity.reportPort].filter((known) => known !== null);
  return names.includes(host.toLowerCase()) && (port === null || ports.length === 0 || ports.includes(port));
}

const only = <T>(found: readonly T[]): T | null => (found.length === 1 ? (found[0] ?? null) : null);
