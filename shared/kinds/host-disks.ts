import type { ConfiguredLink, FactValue } from '../snapshot';
import type { CommandOutput, Parsed, Probe } from './kind';
import { lines, toNumber, toPort, unreadable } from './parse-kit';

/**
 * File systems and remote mounts, every 30 s. `df` must never touch a remote or FUSE file system: a file
 * server that hangs would hang it. So every type that is not known to be local is excluded by name, the names
 * taken from /proc/mounts (set -f: a FUSE type is text that any account may choose).
 */
const SCRIPT = String.raw`export LC_ALL=C; set -f
x=$(awk '$3 !~ /^(ext[234]|xfs|btrfs|zfs|f2fs|jfs|reiserfs|vfat|exfat|overlay|tmpfs)$/ && !($3 in seen) { seen[$3]; print "-x"; print $3 }' /proc/mounts)
echo '#bytes'; df -PB1 $x 2>/dev/null
echo '#inodes'; df -Pi $x 2>/dev/null
echo '#mounts'; awk '$3 ~ /^(cifs|smb3|nfs4?|ceph|glusterfs|fuse\.(rclone|sshfs))$/ { a = ""; n = split($4, o, ","); for (i = 1; i <= n; i++) if (o[i] ~ /^(addr|port)=/) a = a " " o[i]; print $1, $2, $3 a }' /proc/mounts
echo '#end'`;

/** A row of `df`: the mount point comes last and may hold spaces. */
export function parseDf(row: string): { total: number; used: number; free: number; mount: string } | null {
  const match = /^.*?\s(\d+)\s+(\d+)\s+(-?\d+)\s+(?:\d+%|-)\s+(\/.*)$/.exec(row);
  const [total, used, free] = [toNumber(match?.[1]), toNumber(match?.[2]), toNumber(match?.[3])];
  return match?.[4] && total !== null && used !== null && free !== null && total > 0
    ? { total, used, free: Math.max(0, free), mount: match[4] }
    : null;
}

/** As `df` rounds it: of what ordinary accounts may fill, so that blocks reserved for root count as full. */
const percentOf = (row: { used: number; free: number }) =>
  row.used + row.free === 0 ? 0 : Math.ceil((100 * row.used) / (row.used + row.free));

const SYSTEM = /^\/(run|dev|sys|proc)(\/|$)/;

/** Sections of an output by their "#name" lines; null when the last one is missing: the output was cut off. */
export function sectionsOf(stdout: string): ReadonlyMap<string, readonly string[]> | null {
  const sections = new Map<string, string[]>();
  let current: string[] = [];
  for (const line of lines(stdout)) {
    const name = /^#([a-z]+)$/.exec(line)?.[1];
    if (name === undefined) current.push(line);
    else {
      current = [];
      sections.set(name, current);
    }
  }
  return sections.has('end') ? sections : null;
}

/** "//10.0.20.1/patronus /var/www/share fuse.rclone" → a link to 10.0.20.1, port 445. */
export function parseMount(row: string): Omit<ConfiguredLink, 'evidence' | 'service'> | null {
  const [source = '', target = '', type = '', ...options] = row.split(' ');
  const option = (name: string) => options.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);
  const smb = /^(?:\/\/|\\134\\134)([^/\\]+)/.exec(source)?.[1];
  const remote = smb ?? /^(?:[^/@]+@)?\[?([^/[\]]+?)\]?:/.exec(source)?.[1];
  const address = option('addr') ?? remote;
  if (address === undefined || address === '') return null;
  const [protocol, usual] = smb !== undefined ? ['cifs', 445] : (MOUNT_PROTOCOLS[type] ?? ['unknown', 0]);

  return {
    origin: 'mount',
    address,
    port: toPort(option('port')) ?? usual,
    protocol,
    detail: `${source} on ${target} type ${type}`,
  };
}

const MOUNT_PROTOCOLS: Readonly<Record<string, readonly [string, number]>> = {
  cifs: ['cifs', 445],
  smb3: ['cifs', 445],
  nfs: ['nfs', 2049],
  nfs4: ['nfs', 2049],
  'fuse.sshfs': ['ssh', 22],
};

/** Parses what the script above printed. */
export function parseDisks({ stdout }: CommandOutput): Parsed {
  const sections = sectionsOf(stdout);
  if (!sections) return { facts: {}, error: unreadable('host.disks') };
  const disks = (sections.get('bytes') ?? []).flatMap((row) => parseDf(row) ?? []);
  const inodes = (sections.get('inodes') ?? []).flatMap((row) => parseDf(row) ?? []);
  const shown = disks.filter((disk) => !SYSTEM.test(disk.mount));
  const fullest = shown.reduce<(typeof shown)[number] | null>(
    (worst, disk) => (worst === null || percentOf(disk) > percentOf(worst) ? disk : worst),
    null,
  );
  const scarce = inodes
    .filter((row) => !SYSTEM.test(row.mount))
    .reduce<{ mount: string; percent: number } | null>(
      (worst, row) =>
        worst === null || percentOf(row) > worst.percent
          ? { mount: row.mount, percent: percentOf(row) }
          : worst,
      null,
    );
  const facts: Record<string, FactValue> = {
    'host.disks': shown.map((disk) => `${disk.mount} ${percentOf(disk)} %`),
    'host.mounts': [...(sections.get('mounts') ?? [])],
    ...(fullest
      ? {
          'host.disk.mount': fullest.mount,
          'host.disk.percent': percentOf(fullest),
          'host.disk.free': fullest.free,
        }
      : {}),
    ...(scarce ? { 'host.inodes.mount': scarce.mount, 'host.inodes.percent': scarce.percent } : {}),
  };
  return { facts, configured: (sections.get('mounts') ?? []).flatMap((row) => parseMount(row) ?? []) };
}

export const hostDisks: Probe = {
  id: 'host.disks',
  every: 'slow',
  via: 'ssh',
  fills: [
    'host.disks',
    'host.mounts',
    'host.disk.mount',
    'host.disk.percent',
    'host.disk.free',
    'host.inodes.mount',
    'host.inodes.percent',
  ],
  argv: () => ['sh', '-c', SCRIPT],
  parse: parseDisks,
};
