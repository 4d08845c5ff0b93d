import type { Cluster, Estate } from '../estate/schema';
import { DEFAULT_LOG_BASE, logSudoers } from '../failover/log-rights';
import { rebuildSudo } from '../rejoin/rebuild/places';
import type { Grants } from '../views/grants';
import type { Replication } from '../views/replication';
import { DONOR_RIGHTS, everyGrantFor } from './grants';
import { fenceSudo, serviceSudo, sudoCommands, sudoersFor } from './sudo-commands';

/** Where Debian's packages of MariaDB read option files last. */
const BOOT_FILE = '/etc/mysql/mariadb.conf.d/zz-patronus.cnf';
/** Where Debian's packages of both put the data. */
const DATA_FOLDER = '/var/lib/mysql';
/** Whose names are given when a server's version is not known. */
export const ASSUMED_VERSION = { mysql: [8, 4, 0], mariadb: [10, 11, 0] } as const;

/**
 * The rights of the acting accounts on one host, for every cluster in which it takes part. `replication` is what the
 * servers told of themselves the last time, for their versions; `logBaseOf` where the binary logs of a service lie, as it said
 * itself. They are read before an emergency failover, when the server may be dead.
 */
export function grantsOf(
  estate: Estate,
  host: string,
  replication: Replication,
  logBaseOf: (service: string) => string | null = () => null,
): Grants {
  const servers: Grants['servers'] = [];
  const commands: string[][] = [];
  const logs: string[] = [];
  let bootFile: string | null = null;
  for (const cluster of estate.clusters) {
    let own: string | null = null;
    for (const service of servicesOn(estate, cluster, host)) {
      const dialect = service.kind === 'mysql' ? 'mysql' : 'mariadb';
      const known = replication.clusters
        .flatMap(({ members }) => members)
        .find(({ server }) => server.host === host && server.service === service.id)?.server;
      const version = known?.version ?? null;
      const spoken = known?.dialect ?? dialect;
      if (spoken === 'mariadb') own = BOOT_FILE;
      // As seen from the server, a forwarded connection comes from itself; '%' holds for every way in.
      const account = `'${service.sql?.credentials.act?.user ?? 'patronus_act'}'@'%'`;
      const sql = everyGrantFor({ dialect: spoken, version: version ?? ASSUMED_VERSION[spoken] }, account);
      const folder = known?.identity.dataDir ?? DATA_FOLDER;
      commands.push(...serviceSudo(cluster, service.id, spoken), ...rebuildSudo(spoken, folder));
      if (spoken === 'mysql') sql.push(...donorGrants(service.sql?.credentials.replication?.user));
      logs.push(logBaseOf(service.id) ?? DEFAULT_LOG_BASE);
      servers.push({ service: service.id, account, version: version && [...version], sql });
    }
    commands.push(...sudoCommands(cluster, host, own), ...fenceSudo(cluster, host));
    bootFile ??= own;
  }
  const user = estate.hosts.find(({ id }) => id === host)?.ssh?.act?.user ?? 'patronus-act';
  const lines = [
    ...new Set([...sudoersFor(user, commands), ...logs.flatMap((base) => logSudoers(user, base))]),
  ];
  return { host, servers, sudo: { user, lines, bootFile: lines.length > 0 ? bootFile : null } };
}

/** A server gives its data to whoever logs in as its replicas do, and may. */
const donorGrants = (user: string | undefined): string[] =>
  user === undefined
    ? []
    : [`GRANT ${DONOR_RIGHTS.privileges.join(', ')} ON ${DONOR_RIGHTS.on} TO '${user}'@'%';`];

const servicesOn = (estate: Estate, cluster: Cluster, host: string) =>
  estate.services.filter(
    ({ id, hosts }) => hosts?.includes(host) && cluster.members.some(({ service }) => service === id),
  );
