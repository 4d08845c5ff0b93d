import type { AssessmentProbe } from './model';
import { PREAMBLE, readRecords } from './records';

/**
 * How updates come to a Debian or Ubuntu host: unattended-upgrades, its switch and its last run; what apt would install
 * by the lists that are there (a simulation: it reads, and never refreshes the lists); who installed last; whether a
 * restart is waited for. apt's own history names the program and the person, not the whole command line.
 */
const SCRIPT = String.raw`${PREAMBLE}
command -v apt-get >/dev/null || { printf 'manager\t%s\n' "$(command -v dnf yum zypper apk pacman 2>/dev/null | head -n 1 | sed 's/.*\///')"; echo end; exit 0; }
printf 'manager\tapt\n'
printf 'installed\t%s\n' "$(dpkg-query -W -f '${'$'}{db:Status-Abbrev}' unattended-upgrades 2>/dev/null | cut -c 1-2)"
printf 'enabled\t%s\n' "$(apt-config dump 2>/dev/null | sed -n 's/^APT::Periodic::Unattended-Upgrade "\(.*\)";$/\1/p' | tail -n 1)"
printf 'timer\t%s\n' "$(timeout 3 systemctl is-enabled apt-daily-upgrade.timer 2>/dev/null)"
for f in /var/lib/apt/periodic/upgrade-stamp /var/lib/apt/periodic/unattended-upgrades-stamp /var/log/unattended-upgrades/unattended-upgrades.log; do [ -e $f ] && stat -c %Y $f; done | sort -n | tail -n 1 | sed 's/^/ran\t/'
find /var/lib/apt/lists -maxdepth 1 -type f -name '*Release' -printf '%T@\n' 2>/dev/null | sort -n | tail -n 1 | sed 's/\..*//; s/^/lists\t/'
out=$(timeout 75 apt-get -s -qq -o Debug::NoLocking=true dist-upgrade 2>/dev/null) && {
  printf '%s\n' "$out" | awk '/^Inst / { s = /-[Ss]ecurity/; n++; if (s) { k++; if (k <= 300) print "security\t" $2 } } END { print "pending\t" n + 0 "\t" k + 0 }'
}
[ -r /var/log/apt/history.log ] && awk '/^Start-Date:/ { d = $2 } /^Commandline:/ { c = $2; sub(/^.*\//, "", c) } /^Requested-By:/ { u = $2 } /^End-Date:/ { print "applied\t" d "\t" c "\t" u; d = c = u = "" }' /var/log/apt/history.log | tail -n 3
[ -e /run/reboot-required ] && printf 'restart\t%s\n' "$(sort -u /run/reboot-required.pkgs 2>/dev/null | head -n 20 | tr '\n' ' ')"
printf 'now\t%s\n' "$(date +%s)"
echo end`;

export const UPDATES_PROBES: readonly AssessmentProbe[] = [
  {
    id: 'host.assess.updates',
    gives: 'host.updates',
    kind: 'host',
    via: 'ssh',
    timeoutMs: 100_000,
    argv: () => ['sh', '-c', SCRIPT],
    parse: (out) =>
      readRecords(out, {
        manager: ['name'],
        installed: ['state'],
        enabled: ['value'],
        timer: ['state'],
        ran: ['at'],
        lists: ['at'],
        pending: ['all', 'security'],
        security: ['name'],
        applied: ['date', 'program', 'by'],
        restart: ['packages'],
        now: ['at'],
      }),
  },
];
