import { sectionsOf } from './host-disks';
import type { CommandOutput, Parsed, Probe } from './kind';
import { isLoopback, plainAddress } from './net-address';
import { present, toNumber, unreadable } from './parse-kit';

/** Who the host is, every 5 min. Without `ip`, the kernel's own routing tables name its addresses. */
const SCRIPT = String.raw`export LC_ALL=C; PATH=$PATH:/usr/sbin:/sbin
echo '#name'; cat /proc/sys/kernel/hostname
echo '#kernel'; cat /proc/sys/kernel/osrelease
echo '#os'; cat /etc/os-release 2>/dev/null || cat /usr/lib/os-release 2>/dev/null
echo '#cpus'; grep -c '^processor' /proc/cpuinfo
echo '#addresses'; ip -o addr 2>/dev/null || {
  awk '/\|--/ { a = $2 } /host LOCAL/ { print "-", "-", "inet", a }' /proc/net/fib_trie
  awk '{ a = $1; gsub(/..../, "&:", a); print "-", "-", "inet6", substr(a, 1, 39) }' /proc/net/if_inet6; } 2>/dev/null
echo '#zone'; cat /etc/timezone 2>/dev/null || readlink /etc/localtime 2>/dev/null
echo '#machine'; cat /sys/class/dmi/id/sys_vendor /sys/class/dmi/id/product_name 2>/dev/null
echo '#updates'; if [ -d /etc/apt/apt.conf.d ]; then
  grep -hE '^[^/]*APT::Periodic::Unattended-Upgrade[ "]' /etc/apt/apt.conf.d/* 2>/dev/null || echo none
elif [ -d /etc/yum.repos.d ]; then
  ls /etc/systemd/system/timers.target.wants 2>/dev/null | grep -E '^dnf-automatic' || echo none
fi
echo '#end'`;

/** "ID=debian", 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"' (os-release(5): a subset of shell assignments). */
function osRelease(rows: readonly string[], key: string): string | undefined {
  const row = rows.find((one) => one.startsWith(`${key}=`));
  return row
    ?.slice(key.length + 1)
    .replace(/^(['"])(.*)\1$/, '$2')
    .slice(0, 200);
}

/** Does a package manager's own timer install security updates? Unknown on systems that have neither kind. */
function automaticUpdates(rows: readonly string[]): boolean | undefined {
  const [first] = rows;
  if (first === undefined) return undefined;
  if (first === 'none') return false;
  if (first.startsWith('dnf-automatic')) return true;
  const last = rows.findLast((row) => row.includes('Unattended-Upgrade'));
  return last === undefined ? undefined : !/"(0|no|false)?"\s*;/.test(last);
}

/** Parses what the script above printed. */
export function parseIdentity({ stdout }: CommandOutput): Parsed {
  const sections = sectionsOf(stdout);
  if (!sections) return { facts: {}, error: unreadable('host.identity') };
  const first = (section: string) => sections.get(section)?.[0]?.trim().slice(0, 200) || undefined;
  const os = sections.get('os') ?? [];
  const addresses = (sections.get('addresses') ?? []).flatMap((row) => {
    const match = /\binet6? ([0-9A-Fa-f.:]+)/.exec(row);
    const address = match?.[1] === undefined ? '' : plainAddress(match[1]);
    return address === '' || isLoopback(address) ? [] : [address];
  });
  return {
    facts: present({
      'host.name': first('name'),
      'host.kernel': first('kernel'),
      'host.os': osRelease(os, 'PRETTY_NAME'),
      'host.os.id': osRelease(os, 'ID'),
      'host.os.version': osRelease(os, 'VERSION_ID'),
      'host.cpus': toNumber(first('cpus')) ?? undefined,
      'host.addresses': addresses.length === 0 ? undefined : [...new Set(addresses)].slice(0, 200),
      'host.zone': first('zone')?.replace(/^.*\/zoneinfo\//, ''),
      'host.machine': sections.get('machine')?.join(' ').trim().slice(0, 200) || undefined,
      'host.updates.automatic': automaticUpdates(sections.get('updates') ?? []),
    }),
  };
}

export const hostIdentity: Probe = {
  id: 'host.identity',
  every: 'rare',
  via: 'ssh',
  fills: [
    'host.name',
    'host.kernel',
    'host.os',
    'host.os.id',
    'host.os.version',
    'host.cpus',
    'host.addresses',
    'host.zone',
    'host.machine',
    'host.updates.automatic',
  ],
  argv: () => ['sh', '-c', SCRIPT],
  parse: parseIdentity,
};
