import type { Candidate, ReplicationCluster, ServerReading } from '../replication/model';
import type { Choice, LastSeen, Ranked } from './model';
import { appliedBy, type Held, lacking, positionText, receivedBy, seenAs } from './positions';

/**
 * Who could take over in an emergency: by what it has received, then by what it has applied. Certainty about the most advanced,
 * else none is chosen (Vitess' EmergencyReparentShard holds the same): whoever cannot be asked may have more.
 */
export interface RankInput {
  readonly cluster: ReplicationCluster;
  /** Node of the old primary. */
  readonly old: string;
  readonly lastSeen: LastSeen | null;
  /** Node that a person named. */
  readonly asked: string | null;
}

export interface Ranking {
  readonly ranked: Ranked[];
  readonly choice: Choice;
  /** What the one has for whom the loss is told. */
  readonly against: { readonly node: string; readonly held: Held } | null;
}

/**
 * Of a dead source nothing else is to be expected than that nobody hears it. A lag is drained before anything else, and an applier
 * that stands still without an error is started for that.
 */
const EXPECTED = new Set([
  'NOT_ANSWERING',
  'NOT_DIRECT',
  'LAGGING',
  'LAG_UNKNOWN',
  'APPLIER_STOPPED',
  'RECEIVER_CONNECTING',
  'RECEIVER_ERROR',
  'RECEIVER_STOPPED',
  'HALF_OPEN_LINK',
  'REPLICA_AHEAD_OF_SOURCE',
]);

interface Standing {
  server: ServerReading;
  held: Held | null;
  applied: Held | null;
  because: Candidate['because'];
  unchecked: Candidate['because'];
}

export function rank({ cluster, old, lastSeen, asked }: RankInput): Ranking {
  const servers = cluster.members.map(({ server }) => server).filter(({ node }) => node !== old);
  const standings = servers.map((server) => standingOf(server, servers, cluster, old, lastSeen));
  const known = standings.filter(({ held }) => held !== null);
  const top = known.find((one) => known.every((other) => has(one, other))) ?? null;
  const ordered = [...standings].sort((a, b) => before(a, b));
  const ranked = ordered.map((one) => rankedOf(one, top));
  const choice = choose(standings, known, top, asked);
  const node = choice.kind === 'unclear' ? choice.best : choice.node;
  const held = known.find(({ server }) => server.node === node)?.held ?? null;
  return { ranked, choice, against: node !== null && held ? { node, held } : null };
}

const has = (one: Standing, other: Standing): boolean =>
  one.held !== null && other.held !== null && lacking(other.held, one.held).count === 0n;

/** More received first, then more applied, then whom nothing forbids, then by name: the same order at every look. */
function before(a: Standing, b: Standing): number {
  const byKnown = Number(b.held !== null) - Number(a.held !== null);
  if (byKnown !== 0) return byKnown;
  const more = (x: Held | null, y: Held | null): number => {
    if (!x || !y) return 0;
    const [left, right] = [lacking(x, y).count, lacking(y, x).count];
    return left === right ? 0 : left > right ? -1 : 1;
  };
  return (
    more(a.held, b.held) ||
    Number(a.because.length > 0) - Number(b.because.length > 0) ||
    more(a.applied, b.applied) ||
    (a.server.node < b.server.node ? -1 : 1)
  );
}

function choose(
  all: readonly Standing[],
  known: readonly Standing[],
  top: Standing | null,
  asked: string | null,
): Choice {
  const nodes = (those: readonly Standing[]) => those.map(({ server }) => server.node);
  const named = all.find(({ server }) => server.node === asked);
  if (named) {
    const behind = known.filter((other) => !has(named, other));
    const silent = all.filter(({ held }) => held === null && named.held !== null);
    return {
      kind: 'asked',
      node: named.server.node,
      because: named.because,
      behind: nodes([...behind, ...silent]),
    };
  }
  const unclear = (
    why: Extract<Choice, { kind: 'unclear' }>['why'],
    those: readonly Standing[],
    best: Standing | null,
  ) => ({ kind: 'unclear', why, nodes: nodes(those), best: best?.server.node ?? null }) as const;
  if (known.length === 0) return unclear('nobody', all, null);
  const may = known.filter(({ because }) => because.length === 0).sort(before);
  const [best = null] = may;
  if (!top) return unclear('parted', known, null);
  if (!best) return unclear('forbidden', known, top);
  // What only one has that must not be promoted would be lost for good: a person decides about that.
  if (!has(best, top)) return unclear('behind', [top], best);
  const silent = all.filter(({ held }) => held === null);
  if (silent.length > 0) return unclear('silent', silent, best);
  return { kind: 'chosen', node: best.server.node };
}

function standingOf(
  server: ServerReading,
  servers: readonly ServerReading[],
  { candidates, primaries }: ReplicationCluster,
  old: string,
  lastSeen: LastSeen | null,
): Standing {
  const silent = server.state !== 'answers';
  const held = silent ? null : receivedBy(server);
  const told = candidates.find(({ node }) => node === server.node);
  const because = (told?.verdict === 'refused' ? told.because : []).filter(({ code }) => !EXPECTED.has(code));
  const unchecked = (told?.verdict === 'unknown' ? told.because : []).filter(
    ({ code }) => !EXPECTED.has(code),
  );
  const own: Candidate['because'] = [
    ...(silent ? [{ code: 'NOT_ANSWERING', params: {} }] : []),
    ...(!silent && held === null ? [{ code: 'POSITION_UNKNOWN', params: {} }] : []),
    ...(primaries.includes(server.node) && server.node !== old && server.readOnly === false
      ? [{ code: 'WRITABLE', params: {} }]
      : []),
    ...ownWrites(server, servers, lastSeen),
  ];
  const all = [...own, ...because.filter(({ code }) => !own.some((one) => one.code === code))];
  return { server, held, applied: silent ? null : appliedBy(server), because: all, unchecked };
}

/**
 * Transactions that it wrote itself and nobody else has: the old primary cannot be asked, but whoever else followed it would
 * have got them from there.
 */
function ownWrites(
  server: ServerReading,
  servers: readonly ServerReading[],
  lastSeen: LastSeen | null,
): Candidate['because'] {
  const own = receivedBy(server);
  const { uuid, serverId } = server.identity;
  if (server.state !== 'answers' || own === null) return [];
  const seen = lastSeen ? seenAs(own.dialect, lastSeen.position, lastSeen.state) : null;
  const others = servers
    .filter(({ node, state }) => node !== server.node && state === 'answers')
    .map(receivedBy);
  const witnesses = [...others, seen].filter((one) => one !== null);
  if (witnesses.length === 0) return [];
  const alone = written(own, own.dialect === 'mysql' ? uuid : serverId);
  const left = alone && witnesses.every((one) => lacking(alone, one).count > 0n) ? alone : null;
  if (!left) return [];
  const text = witnesses.map((one) => lacking(left, one)).reduce((a, b) => (b.count < a.count ? b : a)).text;
  return [{ code: 'ERRANT_TRANSACTIONS', params: { gtids: text } }];
}

/** The part of it that one server wrote; null: nothing. */
function written(held: Held, writer: string | null): Held | null {
  if (writer === null) return null;
  if (held.dialect === 'mysql') {
    const set = new Map([...held.set].filter(([origin]) => origin.startsWith(writer)));
    return set.size === 0 ? null : { dialect: 'mysql', set };
  }
  const state = new Map([...held.state].filter(([, gtid]) => `${gtid.server}` === writer));
  return state.size === 0 ? null : { dialect: 'mariadb', position: new Map(), state };
}

function rankedOf({ server, held, applied, because, unchecked }: Standing, top: Standing | null): Ranked {
  return {
    node: server.node,
    received: held && positionText(held),
    applied: applied && positionText(applied),
    toApply: held && applied ? `${lacking(held, applied).count}` : null,
    missing: held && top?.held ? `${lacking(top.held, held).count}` : null,
    against: because,
    unchecked,
  };
}
