import { safeKey } from '../clean';
import type { CommandOutput, Parsed, Probe } from './kind';
import { decodeHexSocket, parseSocket } from './net-address';
import { lines, present, toNumber, unreadable } from './parse-kit';

/**
 * What every look at a host reads: `ss` for the listeners, then one awk program over /proc and nothing else,
 * because each further process would cost the host more than all of the reading.
 *
 * - mawk, gawk and busybox awk behave alike in what is used; mawk starts fastest. Files are read by getline in
 *   BEGIN, so that a process that ends meanwhile is a file that cannot be opened and no more, and sums are
 *   printed by %.0f, since mawk would round large numbers.
 * - Processes: `p COUNT HALTED NAME`, kernel threads left out. A name may hold brackets and line breaks (newer
 *   kernels do not escape them in /proc/PID/stat): the whole file is read, and the name ends at its last closing
 *   bracket, so that nobody can call a process "mysqld) T" and have it believed. State T or t is halted: stopped
 *   by a signal or a debugger.
 * - Listeners: as ss says them, asked for by state: with `-l` it has the kernel walk its connection table too, for
 *   unconnected sockets (1 ms of 4 on a host with 24 GB). Where there is no ss, `l HEX` from /proc/net/tcp, which
 *   makes it walk the table for each page that is read (4 ms), and so is only the fallback. There the listeners
 *   come before all conversations: reading stops at the first line that is none.
 * - `timeouts` counts conversations with a packet that nobody acknowledged in time: then sockets are read at once.
 * - The clock is btime + uptime: no process needed, exact to a second.
 * - mawk gives up when a process ends between the opening and the reading of its file: then it is run again.
 *   `end` is the last line; without it the list of processes is not whole, and is not taken for one.
 * - At most MAX_NAMES names are sent; `cut` then says that an absent name proves nothing.
 */
const MAX_NAMES = 400;
const PROGRAM = String.raw`
function one(tag, file, l) { if ((getline l < file) > 0) print tag, l; close(file) }
function ears(file, l, a) {
  getline l < file
  while ((getline l < file) > 0) { split(l, a, " "); if (a[4] != "0A") break; if (!(a[2] in ear)) { ear[a[2]]; print "l", a[2] } }
  close(file)
}
BEGIN {
  one("up", "/proc/uptime"); one("load", "/proc/loadavg"); one("boot", "/proc/sys/kernel/random/boot_id")
  while ((getline l < "/proc/stat") > 0) if (l ~ /^(cpu |btime|procs_blocked)/) print l
  while ((getline l < "/proc/meminfo") > 0) {
    split(l, a, " ")
    if (a[1] ~ /^(MemTotal|MemAvailable|SwapTotal|SwapFree):/) print a[1], a[2]
    if (a[1] == "SwapFree:") break
  }
  while ((getline l < "/proc/net/dev") > 0)
    if (sub(/:/, " ", l) && split(l, a, " ") > 9 && a[1] !~ /^(lo|veth|br-|docker|virbr|bond|team|vnet|tap|tun|ifb|dummy|cali|cni|flannel)/) { rx += a[2]; tx += a[10] }
  printf "net %.0f %.0f\n", rx, tx
  while ((getline l < "/proc/net/netstat") > 0) if (l ~ /^TcpExt:/) {
    n = split(l, a, " ")
    if (!at) { for (i = 2; i <= n; i++) if (a[i] == "TCPTimeouts") at = i; if (!at) break } else { print "timeouts", a[at]; break }
  }
  if (noss) { ears("/proc/net/tcp"); ears("/proc/net/tcp6") }
  kernel = (getline l < "/proc/2/stat") > 0 && l ~ /^2 \(kthreadd\)/; close("/proc/2/stat")
  if ((getline l < "/proc/1/stat") <= 0) print "hidden"
  close("/proc/1/stat")
  for (i = 1; i < ARGC; i++) {
    file = ARGV[i]; s = ""
    while ((getline l < file) > 0) s = s == "" ? l : s "\\n" l
    close(file)
    end = match(s, /.*\)/) ? RLENGTH : 0; start = index(s, "("); rest = substr(s, end + 2, 4)
    if (!end || rest ~ /^[ZXx]/ || (kernel && (rest ~ /^. 2 / || s ~ /^2 /))) continue
    name = substr(s, start + 1, end - start - 1); count[name]++; if (rest ~ /^[Tt]/) halted[name]++
  }
  for (name in count) { if (++sent > ${MAX_NAMES}) { print "cut"; break } print "p", count[name], halted[name] + 0, name }
  print "end"
}`;

const SCRIPT = `export LC_ALL=C
awk=awk; command -v mawk >/dev/null && awk=mawk
ss -Htn state listening 2>/dev/null; noss=$?
look() { $awk -v noss=$noss '${PROGRAM}' /proc/[0-9]*/stat 2>/dev/null; }
look || look || look`;

/** POSIX gives USER_HZ no fixed value, but the Linux ABI does: 100 per second (man 5 proc). */
const TICKS_PER_SECOND = 100;

/** Parses what the program above printed; whatever else is in it is skipped. */
export function parsePoll({ stdout }: CommandOutput): Parsed {
  const processes: Record<string, number> = Object.create(null);
  const listeners = new Map<string, { address: string; port: number }>();
  const halted: string[] = [];
  const words = new Map<string, string>();
  for (const line of lines(stdout)) {
    const space = line.indexOf(' ');
    const tag = space < 0 ? line : line.slice(0, space);
    const rest = space < 0 ? '' : line.slice(space + 1);
    if (tag === 'p') {
      const match = /^(\d+) (\d+) (.*)$/.exec(rest);
      if (!match?.[3]) continue;
      processes[safeKey(match[3])] = Number(match[1]);
      if (match[2] !== '0') halted.push(`${match[2]} ${match[3]}`);
    } else if (tag === 'l') {
      const socket = decodeHexSocket(rest);
      if (socket) listeners.set(`${socket.address} ${socket.port}`, socket);
    } else if (/^\d+$/.test(tag)) {
      // "0 511 *:80 *:*": lengths of the two queues, here, there.
      const local = rest.trim().split(/\s+/)[1];
      const socket = local === undefined ? null : parseSocket(local);
      if (socket) listeners.set(`${socket.address} ${socket.port}`, socket);
    } else words.set(tag, rest);
  }
  if (words.size === 0) return { facts: {}, error: unreadable('host.poll') };
  const number = (tag: string, index = 0) =>
    toNumber(words.get(tag)?.trim().split(/\s+/)[index]) ?? undefined;
  const scaled = (tag: string, factor: number, index = 0) => {
    const value = number(tag, index);
    return value === undefined ? undefined : Math.round(value * factor);
  };
  const [uptime, booted] = [number('up'), number('btime')];
  const [swapTotal, swapFree] = [scaled('SwapTotal:', 1024), scaled('SwapFree:', 1024)];
  const ticks = [0, 1, 2, 5, 6].map((column) => number('cpu', column));
  const whole = words.has('end');
  return {
    facts: present({
      'host.uptime': uptime,
      'host.boot': words.get('boot')?.slice(0, 64),
      'host.load': number('load'),
      'host.clock':
        uptime === undefined || booted === undefined ? undefined : Math.round((booted + uptime) * 1000),
      'host.cpuSeconds.total': ticks.every((tick) => tick !== undefined)
        ? ticks.reduce<number>((sum, tick) => sum + (tick ?? 0), 0) / TICKS_PER_SECOND
        : undefined,
      'host.blocked': number('procs_blocked'),
      'host.memory.size': scaled('MemTotal:', 1024),
      'host.memory.available': scaled('MemAvailable:', 1024),
      'host.swap.used':
        swapTotal === undefined || swapFree === undefined ? undefined : Math.max(0, swapTotal - swapFree),
      'host.received.total': number('net', 0),
      'host.sent.total': number('net', 1),
      'host.tcpTimeouts.total': number('timeouts'),
      'host.processes.complete': whole && !words.has('hidden') && !words.has('cut'),
      'host.halted': whole ? halted : undefined,
    }),
    listeners: [...listeners.values()],
    ...(whole ? { processes } : {}),
  };
}

export const hostPoll: Probe = {
  id: 'host.poll',
  every: 'poll',
  via: 'ssh',
  fills: [
    'host.uptime',
    'host.boot',
    'host.load',
    'host.clock',
    'host.cpuSeconds.total',
    'host.blocked',
    'host.memory.size',
    'host.memory.available',
    'host.swap.used',
    'host.received.total',
    'host.sent.total',
    'host.tcpTimeouts.total',
    'host.processes.complete',
    'host.halted',
  ],
  withMore: {
    en: 'Where /proc is mounted with hidepid, only an account in its gid= group sees all processes of others.',
    fr: 'Si /proc est monté avec hidepid, seul un compte du groupe gid= voit tous les processus.',
  },
  argv: () => ['sh', '-c', SCRIPT],
  parse: parsePoll,
};
