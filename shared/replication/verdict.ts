import type { AppError } from '../errors';
import type { ServiceHealth } from '../topology/health';
import { circleOf } from './graph';
import type { Edge, PrimaryVerdict, ServerReading, Term } from './model';
import { sourceOf } from './resolve';

/**
 * What is the matter with a primary: from the console's own view, from the host itself, from its replicas and
 * from other hosts. The console is one observer on somebody's desk: what it alone cannot see is "unreachable
 * from here". "Dead" needs two observers besides it that can see each other's absence, or the host's own word
 * that nothing runs and one more. A server that refuses a login, or has no connection left, lives.
 *
 * After orchestrator's analyses (DeadMaster, DeadMasterAndReplicas, DeadMasterWithoutReplicas, UnreachableMaster)
 * and MHA's two rules that a login error is not death and that hosts on other routes are asked.
 */
export interface VerdictInput {
  server: ServerReading;
  /** What its host shows of it. */
  health: ServiceHealth;
  servers: readonly ServerReading[];
  edges: readonly Edge[];
  /** Hosts that have business with it, and whether their way to it is broken; null: nothing can be said. */
  neighbours: readonly { host: string; broken: boolean | null; at: number | null }[];
  /** Processes of its host that wait for a disk (procs_blocked); null: not read. */
  blocked: number | null;
  now: number;
}

/** Heartbeats that may be missing before silence is news; and the least silence that is. */
const MISSED_HEARTBEATS = 3;
const LEAST_SILENCE_MS = 3_000;
/** MySQL 9.7 gives up after ten attempts; a failure older than this says nothing of now. */
const GAVE_UP_MS = 60_000;
/** A statement older than this says nothing of now. */
const FRESH_MS = 15_000;

export function verdictOf(input: VerdictInput): PrimaryVerdict {
  const terms = [...ownTerms(input), ...replicaTerms(input), ...neighbourTerms(input)];
  return { node: input.server.node, verdict: decide(input, terms), terms };
}

function decide({ server, health }: VerdictInput, terms: readonly Term[]): PrimaryVerdict['verdict'] {
  const holds = (code: string) => terms.find((term) => term.code === code)?.holds ?? null;
  if (holds('console-sql') === true)
    return holds('semi-sync-waits') === true ? 'locked-by-semi-sync' : 'alive';
  const error = health.reason?.error;
  if (error?.code === 'E_SQL_TOO_MANY') return 'refusing-clients';
  if (error && REFUSES_US.test(error.code)) return 'alive';
  const others = terms.filter((term) => term.code === 'replica-hears' || term.code === 'host-reaches');
  const sees = others.filter((term) => term.holds === true).length;
  const missing = others.filter((term) => term.holds === false).length;
  if (holds('console-ssh') === true) {
    if (health.reason?.code === 'frozen') return 'hung';
    if (health.health === 'down') return sees === 0 && missing > 0 ? 'dead' : aloneDown(server, sees, others);
    if (holds('disk-waits') === true) return 'disk-stalled';
    return error && HANGS.test(error.code) ? 'hung' : 'unknown';
  }
  if (health.reason?.code === 'untrusted') return 'unknown';
  if (sees > 0) return 'unreachable-from-here';
  // Nobody but the console says that it is gone, or one only: that may as well be our own network.
  return missing >= 2 ? 'dead' : 'unknown';
}

/** Its host says that nothing runs. Without anybody who could hear it that is two words of one mouth. */
function aloneDown(server: ServerReading, sees: number, others: readonly Term[]): 'dead' | 'unknown' {
  if (sees > 0) return 'unknown';
  // Refused by the kernel of a host that answers: the second observer is the host's own TCP.
  return others.length === 0 && server.errors.some((error) => REFUSED.test(error.code)) ? 'dead' : 'unknown';
}

/** A server that says so speaks. */
const REFUSES_US =
  /^E_(SQL_AUTH|SQL_AUTH_PLUGIN|SQL_GRANT|SQL_TLS|NEEDS_ANSWER|ANSWER_DECLINED|SQL_NO_ACCOUNT)$/;
const HANGS = /^E_(SQL_TIMEOUT|SQL_HUNG|SQL_LOST|TCP_TIMEOUT|COMMAND_TIMEOUT|FORWARD_TIMEOUT)$/;
const REFUSED = /^E_(SQL_REFUSED|TCP_REFUSED|FORWARD_REFUSED)$/;

function ownTerms({ server, health, blocked }: VerdictInput): Term[] {
  const { semiSync, evidence } = server;
  const at = server.at;
  const reason = health.reason?.code ?? null;
  const reached = !UNSEEN.has(reason ?? '');
  const waits = semiSync.source.waiting;
  const short =
    semiSync.source.clients !== null && semiSync.source.needed !== null
      ? semiSync.source.clients < semiSync.source.needed
      : null;
  const shown = (...names: string[]) =>
    server.host === null ? [] : names.flatMap((name) => refOf(server.host, evidence[name]));
  const error = lastError(server, health);
  return [
    term('console-ssh', 'console', reached, { code: reached ? '' : (error?.code ?? '') }, at, []),
    term(
      'console-sql',
      'console',
      server.state === 'answers',
      { code: error?.code ?? '' },
      at,
      shown('gtid'),
    ),
    term('process-runs', server.host ?? '?', reached ? runs(reason) : null, { reason: reason ?? '' }, at, []),
    term(
      'semi-sync-waits',
      server.node,
      waits === null || short === null ? null : waits > 0 && short,
      {
        waiting: `${waits ?? '?'}`,
        clients: `${semiSync.source.clients ?? '?'}`,
        needed: `${semiSync.source.needed ?? '?'}`,
      },
      at,
      shown('status', 'variables'),
    ),
    term(
      'disk-waits',
      server.host ?? '?',
      blocked === null || server.state === 'answers' ? null : blocked > 0,
      { waiting: `${blocked ?? '?'}` },
      at,
      [],
    ),
  ];
}

const UNSEEN = new Set(['unplaced', 'unasked', 'stale', 'unreachable', 'untrusted', 'refused']);
const runs = (reason: string | null): boolean | null =>
  reason === 'notRunning'
    ? false
    : reason === 'unobservable' || reason === 'portWithoutProcess'
      ? null
      : true;
const lastError = (server: ServerReading, health: ServiceHealth): AppError | undefined =>
  health.reason?.error ?? server.errors[0];

/** What each replica says: is its receiver connected, and has it heard anything lately? */
function replicaTerms({ server, servers, edges, now }: VerdictInput): Term[] {
  const circle = new Set(
    circleOf(
      servers.map(({ node }) => node),
      edges,
    ),
  );
  return servers.flatMap((replica) => {
    if (replica.node === server.node || (circle.has(replica.node) && replica.state !== 'answers')) return [];
    const channel = replica.channels?.find((one) => sourceOf(one, servers)?.node === server.node);
    if (!channel) return [];
    const silentMs =
      channel.lastHeard === null || replica.at === null ? null : replica.at - channel.lastHeard;
    const params = {
      receiver: channel.receiver ?? '?',
      error: `${channel.receiverError?.number ?? ''}`,
      seconds: silentMs === null ? '?' : `${Math.max(0, Math.round(silentMs / 1000))}`,
    };
    const fresh = replica.state === 'answers' && replica.at !== null && now - replica.at <= FRESH_MS;
    const agoMs = channel.failedAt === null || replica.at === null ? null : replica.at - channel.failedAt;
    const holds = fresh ? hears(channel, silentMs, agoMs) : null;
    const evidence = refOf(replica.host, replica.evidence.channels).concat(
      refOf(replica.host, replica.evidence.commits),
    );
    return [term('replica-hears', replica.node, holds, params, replica.at, evidence)];
  });
}

type Channel = NonNullable<ServerReading['channels']>[number];

/** null: its receiver was stopped by somebody, or for a reason that says nothing of the source. */
function hears(channel: Channel, silentMs: number | null, agoMs: number | null): boolean | null {
  const number = channel.receiverError?.number ?? null;
  // Login refused, too many connections: whoever refuses lives. A receiver that is off was told so long ago.
  if (number !== null && SPEAKS.has(number)) return channel.receiver === 'off' ? null : true;
  if (channel.receiver === 'connecting') return number === null || GONE.has(number) ? false : null;
  // A receiver that gave up misses its source for as long as that is news; after that it has not looked.
  if (channel.receiver === 'off')
    return number !== null && GONE.has(number) && agoMs !== null && agoMs <= GAVE_UP_MS ? false : null;
  if (channel.receiver !== 'on') return null;
  if (silentMs === null) return null;
  const limit = Math.max(LEAST_SILENCE_MS, MISSED_HEARTBEATS * 1000 * (channel.heartbeatSeconds ?? 0));
  if (silentMs <= limit) return true;
  // Without a heartbeat an idle source is silent too.
  return channel.heartbeatSeconds === null || channel.heartbeatSeconds === 0 ? null : false;
}

/** Client error numbers of a source that is not there (MySQL client error reference). */
const GONE = new Set([2002, 2003, 2005, 2006, 2013, 2026, 1158, 1159, 1160, 1161]);
const SPEAKS = new Set([1040, 1045, 1129, 1130, 1203, 1226, 1236, 1593, 3118, 13114, 13117]);

function neighbourTerms({ neighbours, now }: VerdictInput): Term[] {
  return neighbours.map(({ host, broken, at }) => {
    const fresh = at !== null && now - at <= FRESH_MS;
    // A conversation that stands proves nothing: it outlives a machine that lost its power.
    return term('host-reaches', host, fresh && broken === true ? false : null, {}, at, []);
  });
}

const term = (
  code: string,
  observer: string,
  holds: boolean | null,
  params: Record<string, string>,
  at: number | null,
  evidence: Term['evidence'],
): Term => ({ code, observer, holds, params, at, evidence });

const refOf = (host: string | null, id: string | undefined): Term['evidence'] =>
  host === null || id === undefined ? [] : [{ host, id }];
