import type { CommandOutput, Parsed, Probe } from './kind';
import { decodeHexSocket, isLoopback, parseSocket } from './net-address';
import { lines, unreadable } from './parse-kit';

/**
 * Who talks to whom, every 30 s, and at once when the kernel counts packets that nobody acknowledged. `ss` names the process where the account may see it (its own; root sees all);
 * without ss, /proc/net/tcp{,6} says the same without names. Counted on the host, so that ten thousand
 * connections stay a few lines: of two ports of a conversation the one that nobody listens on is ephemeral and
 * sent as 0. A conversation that has just ended (TIME-WAIT and the other closing states) is one too: short
 * requests would hardly ever be caught alive. SYN-SENT is none: nobody answered. Loopback stays on the host.
 *
 * What the kernel sends again and again without an acknowledgement (the first packet twice, later ones three
 * times) is told apart by its peer: that is what a cut path looks like from here, and a frozen server does not.
 *
 * A server that ended leaves conversations behind whose port nobody listens on any more. They came in all the
 * same: from an ephemeral port to one below the ephemeral range (ip_local_port_range; 10000 where it was widened).
 *
 * `c COUNT LOCAL PEER PROCESS`, `l LOCAL PROCESS`, `u COUNT PEER`; in capitals, the sockets are hexadecimal, as the kernel has them.
 */
const MAX_LINES = 2000;
const PROGRAM = String.raw`
function port(s) { sub(/.*:/, "", s); return s }
function address(s) { sub(/:[^:]*$/, "", s); return s }
function ask(peer) { asked[peer]++ }
function keep(local, peer, process) { n++; L[n] = local; R[n] = peer; P[n] = process }
function table(file, l, a) {
  while ((getline l < file) > 0) {
    split(l, a, " ")
    if (a[4] == "0A") { ear[port(a[2])] = 1; print "L", a[2] }
    if (a[6] ~ /^01:/ && a[7] !~ /^0000000[01]$/ || a[4] == "02" && a[7] != "00000000") ask(a[3])
    if (a[4] ~ /^(01|04|05|06|08|09|0B)$/ && a[2] !~ /^(......7F|0000000000000000FFFF0000......7F|00000000000000000000000001000000):/) keep(a[2], a[3], "")
  }
  close(file)
}
$1 == "." { ss = 1; next }
{
  process = ""; at = index($0, "users:((\"")
  if (at) { process = substr($0, at + 9); cut = index(process, "\",pid="); process = cut ? substr(process, 1, cut - 1) : "" }
  if ($1 == "LISTEN") { ear[port($4)] = 1; print "l", $4, process }
  else if (match($0, /timer:\(on,[^,)]*,[0-9]+/)) {
    tries = substr($0, RSTART, RLENGTH); sub(/.*,/, "", tries); if (tries + 0 >= ($1 == "SYN-SENT" ? 1 : 2)) ask($5)
  }
  if ($1 ~ /^(ESTAB|FIN-WAIT|TIME-WAIT|CLOSE-WAIT|LAST-ACK|CLOSING)/ && $4 !~ /^(127\.|\[::ffff:127\.|\[::1\])/) keep($4, $5, process)
}
END {
  if (!ss) { table("/proc/net/tcp"); table("/proc/net/tcp6") }
  tag = ss ? "c" : "C"
  getline range < "/proc/sys/net/ipv4/ip_local_port_range"; low = range + 0 < 10000 ? 10000 : range + 0
  hex = sprintf("%04X", low)
  for (i = 1; i <= n; i++) {
    near = port(L[i]); far = port(R[i])
    below = ss ? near + 0 < low && far + 0 >= low : near "" < hex "" && far "" >= hex ""
    if (near in ear || below) far = 0; else near = 0
    count[address(L[i]) ":" near " " address(R[i]) ":" far " " P[i]]++
  }
  for (key in count) { if (++sent > ${MAX_LINES}) { print "cut"; break } print tag, count[key], key }
  for (peer in asked) { if (++sent > ${MAX_LINES}) { print "cut"; break } print ss ? "u" : "U", asked[peer], peer }
  print "end"
}`;
const SCRIPT = `export LC_ALL=C
awk=awk; command -v mawk >/dev/null && awk=mawk
{ ss -Htanpo 2>/dev/null && echo .; } | $awk '${PROGRAM}'`;

/** Parses what the program above printed. Without its last line the sample is not whole, and no sample at all. */
export function parseSockets({ stdout }: CommandOutput): Parsed {
  const rows = lines(stdout, 2 * MAX_LINES + 1000);
  if (rows.at(-1) !== 'end') return { facts: {}, error: unreadable('host.sockets') };
  const connections: NonNullable<Parsed['connections']> = [];
  const listeners: NonNullable<Parsed['listeners']> = [];
  const unanswered: string[] = [];
  const named = (process: string) => (process === '' ? {} : { process });
  for (const row of rows) {
    const [tag = '', ...words] = row.split(' ');
    const read = tag === tag.toUpperCase() ? decodeHexSocket : parseSocket;
    if (tag === 'l' || tag === 'L') {
      const socket = read(words[0] ?? '');
      if (socket) listeners.push({ ...socket, ...named(words.slice(1).join(' ')) });
    } else if (tag === 'u' || tag === 'U') {
      const peer = read(words[1] ?? '');
      if (peer && !isLoopback(peer.address)) unanswered.push(`${peer.address} ${peer.port} ${words[0]}`);
    } else if (tag === 'c' || tag === 'C') {
      const [local, peer] = [read(words[1] ?? ''), read(words[2] ?? '')];
      const count = Number(words[0]);
      if (!local || !peer || !Number.isSafeInteger(count) || count < 1 || isLoopback(peer.address)) continue;
      connections.push({
        local: local.address,
        localPort: local.port,
        peer: peer.address,
        peerPort: peer.port,
        count,
        ...named(words.slice(3).join(' ')),
      });
    }
  }
  return {
    facts: {
      'host.sockets.sampled': true,
      'host.sockets.complete': !rows.includes('cut'),
      'host.sockets.unanswered': unanswered,
      'host.sockets.named': [...connections, ...listeners].some((one) => one.process !== undefined),
    },
    connections,
    listeners,
  };
}

/** The kernel's count of packets that nobody acknowledged in time, which the poll reads. */
const TIMEOUTS = 'host.tcpTimeouts.total';

export const hostSockets: Probe = {
  id: 'host.sockets',
  every: 'slow',
  via: 'ssh',
  fills: ['host.sockets.sampled', 'host.sockets.complete', 'host.sockets.unanswered', 'host.sockets.named'],
  withMore: {
    en: 'Names of other accounts’ processes: root, or CAP_SYS_PTRACE for ss.',
    fr: 'Noms des processus des autres comptes : root, ou CAP_SYS_PTRACE pour ss.',
  },
  early: (now, before) => {
    const [count, known] = [now[TIMEOUTS], before[TIMEOUTS]?.value];
    const grown = typeof count === 'number' && typeof known === 'number' && count > known;
    // Once more after it grew: a conversation is told to be unanswered by its second packet sent in vain. And as
    // long as one is unanswered, so that its end is seen as soon as its beginning.
    const rate = before['host.tcpTimeouts.rate']?.value;
    const unanswered = before['host.sockets.unanswered']?.value;
    return (
      grown || (typeof rate === 'number' && rate > 0) || (Array.isArray(unanswered) && unanswered.length > 0)
    );
  },
  argv: () => ['sh', '-c', SCRIPT],
  parse: parseSockets,
};
