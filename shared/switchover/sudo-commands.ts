import type { Cluster } from '../estate/schema';
import type { TrafficHook } from '../estate/schema-access';
import { CONTROLS, serviceControl } from '../estate/service-control';
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
export function asRoot(argv: readonly string[]): string[][] {
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

/** Of one member's service: to stop it, start it, keep it from starting, and see to it that it starts again. */
export function serviceSudo(
  cluster: Pick<Cluster, 'acting'>,
  service: string,
  dialect: 'mysql' | 'mariadb',
): string[][] {
  const control = serviceControl(cluster, service, dialect);
  return CONTROLS.flatMap((name) => asRoot(control[name]));
}

/** Of the fences that are worked from this host. */
export const fenceSudo = ({ acting }: Pick<Cluster, 'acting'>, host: string): string[][] =>
  (acting?.fence ?? [])
    .filter((fence) => fence.host === host)
    .flatMap(({ run, release, verify }) => [run, release, verify].flatMap(asRoot));

/** Folders in which a command of that name may lie; sudoers wants whole paths. */
const WHERE: Readonly<Record<string, string>> = {
  tee: '/usr/bin/tee',
  chmod: '/usr/bin/chmod',
  mv: '/usr/bin/mv',
  cp: '/usr/bin/cp',
  cat: '/usr/bin/cat',
  rm: '/usr/bin/rm',
  sed: '/usr/bin/sed',
  systemctl: '/usr/bin/systemctl',
  chown: '/usr/bin/chown',
  find: '/usr/bin/find',
  install: '/usr/bin/install',
  rmdir: '/usr/bin/rmdir',
  'mariadb-backup': '/usr/bin/mariadb-backup',
  mbstream: '/usr/bin/mbstream',
};

/**
 * One word as sudoers reads it: commas, colons, equal signs, backslashes and its wildcards stand for themselves
 * (sudoers(5)). A backslash is read twice: where the line is split into words, and by fnmatch(3), which compares them.
 */
const escaped = (word: string) =>
  word.replace(/[\\,:=*?[\]!# \t"]/g, (special) => (special === '\\' ? '\\'.repeat(4) : `\\${special}`));

/** Lines for a file below /etc/sudoers.d. */
export const sudoersFor = (user: string, commands: readonly (readonly string[])[]): string[] =>
  commands.map(([program = '', ...words]) =>
    [`${user} ALL=(root) NOPASSWD: ${WHERE[program] ?? program}`, ...words.map(escaped)].join(' '),
  );
