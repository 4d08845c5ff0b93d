import { candidatesOf } from './candidates';
import { diagnoseReplication } from './diagnose';
import { errantsOf } from './errants';
import { edgesOf, primariesOf, roleOf, shapeOf, tierOf } from './graph';
import type { History } from './history';
import { lagOf } from './lag';
import type { PrimaryVerdict, ReplicationCluster, ReplicationMember, ServerReading } from './model';
import { channel, server } from './replication.test-kit';
import { originOf, sourceOf } from './resolve';

/** A cluster as the console would show it, decided from readings by the rules themselves. */
export function clusterOf(
  servers: readonly ServerReading[],
  more: { history?: History; verdicts?: PrimaryVerdict[]; now?: number } = {},
): ReplicationCluster {
  const { history = {}, verdicts = [], now = 1_000_000 } = more;
  const edges = edgesOf(servers);
  const primaries = primariesOf(servers, edges);
  const members = servers.map((replica): ReplicationMember => {
    const [first] = replica.channels ?? [];
    const source = first ? sourceOf(first, servers) : null;
    return {
      server: replica,
      role: roleOf(replica, edges),
      writable: replica.readOnly === null ? null : !replica.readOnly,
      lag: first
        ? lagOf({ replica, channel: first, source, origin: originOf(source, servers), history })
        : null,
      tier: tierOf(replica.node, edges),
      findings: [],
    };
  });
  const cluster = {
    id: 'db',
    members: servers.map(({ service }) => ({ service, role: 'unknown' as const })),
  };
  const errants = new Map(servers.map((one) => [one.node, errantsOf(one, servers, edges, history)]));
  const view = { cluster, members, servers, edges, primaries, verdicts, errants, history, now };
  const { findings, rules } = diagnoseReplication(view);
  const withFindings = members.map((member) => ({
    ...member,
    findings: findings.filter((finding) => finding.nodes[0] === member.server.node),
  }));
  return {
    id: 'db',
    title: 'Database',
    shape: shapeOf(servers, edges),
    primaries,
    members: withFindings,
    edges,
    verdicts,
    candidates: candidatesOf({ ...view, members: withFindings }),
    findings: [],
    rules,
  };
}

const UUID = '3e11fa47-71ca-11e1-9e33-c80aa9429562';
const uuidOf = (n: number) => `${UUID.slice(0, -1)}${n}`;
export const trx = (to: number): string => `${uuidOf(1)}:1-${to}`;

/** A member of a chain on 10.0.20.x, well set up; what a test says overrides it. */
export const member = (node: string, n: number, given: Parameters<typeof server>[1] = {}): ServerReading =>
  server(node, {
    address: `10.0.20.${n}`,
    at: 1_000_000,
    version: [8, 4, 3],
    identity: { uuid: uuidOf(n), serverId: `${n}`, hostname: node, port: 3306 },
    readOnly: n !== 1,
    superReadOnly: n !== 1,
    binlog: { on: true, format: 'ROW', logsReplicated: true, expireSeconds: 2_592_000, sync: 1 },
    flushAtCommit: 1,
    parity: { sql_mode: 'STRICT_TRANS_TABLES', time_zone: 'SYSTEM' },
    clockOffsetMs: 3,
    evidence: { channels: 'mysql.channels', gtid: 'mysql.gtid', variables: 'mysql.variables' },
    ...given,
    gtid: { mode: 'ON', enforced: true, executed: trx(48_113_902), purged: '', ...given.gtid },
  });

/** How a member follows the one at 10.0.20.n; healthy but for what a test says. */
export const following = (n: number, given: Parameters<typeof channel>[0] = {}) =>
  channel({
    received: trx(48_113_902),
    delaySeconds: 0,
    filters: [],
    tls: { on: true, verify: false, publicKey: true },
    retry: { everySeconds: 1, times: '86400' },
    heartbeatSeconds: 1,
    secondsBehind: 0,
    lastHeard: 999_600,
    ...given,
    source: { host: `10.0.20.${n}`, port: 3306, user: 'repl', uuid: uuidOf(n), ...given.source },
  });
