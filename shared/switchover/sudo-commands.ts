import type { Cluster } from '../estate/schema';
import type { TrafficHook } from '../estate/schema-access';
import { bootCommands } from './boot';
import { settingCommand } from './traffic';

/** What the acting account has to be allowed to run as root on a host, and nothing else. */

/** Of one traffic hook; `services` are the cluster's. A `sudo` that the estate itself writes counts too. */
export function hookSudo(hook: TrafficHook, services: readonly string[]): string[][] {
  switch (hook.kind) {
    case 'haproxy':
      // The socket's group may write it: no root is needed.
      return [];
    case 'setting':
      return [
        ...services
          .filter((service) => hook.values[service] !== undefined)
          .map((service) => settingCommand(hook, service)),
        ...asRoot(hook.reload ?? []),
      ];
    case 'command':
      return [...Object.values(hook.run), hook.verify].flatMap(asRoot);
  }
}

/** ["sudo", "-n", "--", "systemctl", …] → the command behind it; nothing for one that needs no root. */
function asRoot(argv: readonly string[]): string[][] {
  if (argv[0] !== 'sudo') return [];
  const rest = argv.slice(1);
  const start = rest.findIndex((word) => word !== '-n' && word !== '--');
  return start < 0 ? [] : [rest.slice(start)];
}

/** All that is needed on a host: of its traffic hooks, and of a MariaDB server whose boot file would be written. */
export function sudoCommands(
  cluster: Pick<Cluster, 'members' | 'acting'>,
  host: string,
  bootFile: string | null,
): string[][] {
  const services = cluster.members.map(({ service }) => service);
  const hooks = (cluster.acting?.traffic ?? []).filter((hook) =>
    hook.kind === 'setting' ? hook.hosts.includes(host) : hook.host === host,
  );
  const closes = (cluster.acting?.boot ?? 'read-only') === 'read-only';
  return [
    ...hooks.flatMap((hook) => hookSudo(hook, services)),
    ...(bootFile !== null && closes ? bootCommands(bootFile) : []),
  ];
}

/** Folders in which a command of that name may lie; sudoers wants whole paths. */
const WHERE: Readonly<Record<string, string>> = {
  tee: '/usr/bin/tee',
  chmod: '/usr/bin/chmod',
  mv: '/usr/bin/mv',
  cp: '/usr/bin/cp',
  rm: '/usr/bin/rm',
  sed: '/usr/bin/sed',
  systemctl: '/usr/bin/systemctl',
};

/** One word as sudoers reads it: commas, colons, equal signs, backslashes and its wildcards stand for themselves (sudoers(5)). */
const escaped = (word: string) => word.replace(/[\\,:=*?[\]!# \t"]/g, '\\$&');

/** Lines for a file below /etc/sudoers.d. */
export const sudoersFor = (user: string, commands: readonly (readonly string[])[]): string[] =>
  commands.map(([program = '', ...words]) =>
    [`${user} ALL=(root) NOPASSWD: ${WHERE[program] ?? program}`, ...words.map(escaped)].join(' '),
  );
