import type { Cluster, Estate } from '../estate/schema';
import type { Grants } from '../views/grants';
import type { Replication } from '../views/replication';
import { grantsFor } from './grants';
import { sudoCommands, sudoersFor } from './sudo-commands';

/** Where Debian's packages of MariaDB read option files last. */
const BOOT_FILE = '/etc/mysql/mariadb.conf.d/zz-patronus.cnf';
/** Whose names are given when a server's version is not known. */
export const ASSUMED_VERSION = { mysql: [8, 4, 0], mariadb: [10, 11, 0] } as const;

/**
 * The rights of the acting accounts on one host, for every cluster in which it takes part. `replication` is what the
 * servers told of themselves the last time, for their versions.
 */
export function grantsOf(estate: Estate, host: string, replication: Replication): Grants {
  const servers: Grants['servers'] = [];
  const commands: string[][] = [];
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
      const sql = grantsFor({ dialect: spoken, version: version ?? ASSUMED_VERSION[spoken] }, account);
      servers.push({ service: service.id, account, version: version && [...version], sql });
    }
    commands.push(...sudoCommands(cluster, host, own));
    bootFile ??= own;
  }
  const user = estate.hosts.find(({ id }) => id === host)?.ssh?.act?.user ?? 'patronus-act';
  const lines = [...new Set(sudoersFor(user, commands))];
  return { host, servers, sudo: { user, lines, bootFile: lines.length > 0 ? bootFile : null } };
}

const servicesOn = (estate: Estate, cluster: Cluster, host: string) =>
  estate.services.filter(
    ({ id, hosts }) => hosts?.includes(host) && cluster.members.some(({ service }) => service === id),
  );
