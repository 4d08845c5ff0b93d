import { ahead } from '../gtid/mariadb-algebra';
import { type MariadbGtid, parseMariadbState } from '../gtid/mariadb-list';
import { count, subtract, union } from '../gtid/mysql-algebra';
import { type MysqlGtidSet, originOf, parseMysqlSet, printMysqlSet } from '../gtid/mysql-set';
import { sourcesOf } from './graph';
import type { History, Standing } from './history';
import type { Edge, ServerReading } from './model';
import { hasAnonymous } from './positions';

/**
 * Transactions that a replica has and its sources have not. `errant`: written where no source of it writes, so
 * on the replica itself or on somebody it no longer follows. `ahead`: written by a source, yet missing there: the
 * source lost the end of its log, and will give those numbers to other transactions.
 */
export interface Errant {
  readonly node: string;
  readonly sources: readonly string[];
  readonly kind: 'errant' | 'ahead';
  /** MySQL: a GTID set. MariaDB: the last of each run, "0-3-17". */
  readonly text: string;
  /** null: MariaDB's sequence numbers may have gaps, so only the last is known. */
  readonly count: string | null;
  /** Server uuids or server ids that wrote them. */
  readonly origins: readonly string[];
}

/**
 * A transaction may stand on a replica before its source shows it (the replica was read later; semi-sync with
 * AFTER_SYNC). So what sources wrote counts as `ahead` only when the replica had it this long before the
 * source was read and still found without it.
 */
const IN_FLIGHT_MS = 2_000;

/** null: it cannot be known, because a server did not tell its history or a text could not be understood. */
export function errantsOf(
  replica: ServerReading,
  servers: readonly ServerReading[],
  edges: readonly Edge[],
  history: History,
): Errant[] | null {
  const sources = sourcesOf(replica.node, edges).flatMap(
    (node) => servers.find((server) => server.node === node) ?? [],
  );
  if (sources.length === 0 || sources.length < (replica.channels?.length ?? 0)) return null;
  if ([replica, ...sources].some((one) => one.state !== 'answers' || one.dialect !== replica.dialect))
    return null;
  if ([replica, ...sources].some(hasAnonymous)) return null;
  const above = ancestorsOf(replica.node, servers, edges);
  // In a circle everybody writes what everybody has: nothing can be called errant from sets alone.
  if (above.some((server) => server.node === replica.node)) return null;
  const before = standingBefore(replica, sources, history);
  return replica.dialect === 'mysql'
    ? mysqlErrants(replica, sources, above, before)
    : mariadbErrants(replica, sources, above, before);
}

/** Where the replica stood long enough before the first of its sources was read. */
function standingBefore(
  replica: ServerReading,
  sources: readonly ServerReading[],
  history: History,
): Standing | undefined {
  const read = Math.min(...sources.map((source) => source.at ?? 0));
  return (history[replica.node] ?? []).findLast((one) => one.at <= read - IN_FLIGHT_MS);
}

function ancestorsOf(
  node: string,
  servers: readonly ServerReading[],
  edges: readonly Edge[],
): ServerReading[] {
  const seen = new Set(sourcesOf(node, edges));
  for (const one of seen) for (const next of sourcesOf(one, edges)) seen.add(next);
  return servers.filter((server) => seen.has(server.node));
}

function mysqlErrants(
  replica: ServerReading,
  sources: readonly ServerReading[],
  above: readonly ServerReading[],
  before: Standing | undefined,
): Errant[] | null {
  const own = setOf(replica.gtid.executed);
  const theirs = sources.map((source) => setOf(source.gtid.executed));
  if (!own || theirs.some((set) => set === null)) return null;
  const all = theirs.reduce<MysqlGtidSet>((sum, set) => (set ? union(sum, set) : sum), new Map());
  const writers = new Set(above.flatMap(({ identity }) => identity.uuid ?? []));
  const rest = subtract(own, all);
  const earlier = before ? setOf(before.executed) : null;
  const errant = errantOf(
    replica,
    sources,
    'errant',
    by(rest, (uuid) => !writers.has(uuid)),
  );
  const lost: MysqlGtidSet = earlier ? by(subtract(earlier, all), (uuid) => writers.has(uuid)) : new Map();
  if (lost.size === 0 || !sources.some(holdsBack))
    return [...errant, ...errantOf(replica, sources, 'ahead', lost)];
  return errant.length > 0 ? errant : null;
}

/**
 * Commits wait for a semi-sync replica: they are in the log, and sent, and not in gtid_executed for as long as that lasts
 * (AFTER_SYNC; measured on 9.7: replicas that are no semi-sync ones had applied them). Nobody can tell them from lost ones.
 */
const holdsBack = ({ semiSync }: ServerReading): boolean => (semiSync.source.waiting ?? 0) > 0;

const setOf = (text: string | null): MysqlGtidSet | null => {
  const set = text === null ? null : parseMysqlSet(text);
  return set?.ok ? set.value : null;
};

const by = (set: MysqlGtidSet, fits: (uuid: string) => boolean): MysqlGtidSet =>
  new Map([...set].filter(([origin]) => fits(originOf(origin).uuid)));

function errantOf(
  replica: ServerReading,
  sources: readonly ServerReading[],
  kind: Errant['kind'],
  set: MysqlGtidSet,
): Errant[] {
  if (set.size === 0) return [];
  const origins = [...new Set([...set.keys()].map((origin) => originOf(origin).uuid))];
  const text = printMysqlSet(set);
  return [
    {
      node: replica.node,
      sources: sources.map(({ node }) => node),
      kind,
      text,
      count: `${count(set)}`,
      origins,
    },
  ];
}

/** By (domain, server) of the binary logs: a position hides what stands below a later GTID of somebody else. */
function mariadbErrants(
  replica: ServerReading,
  sources: readonly ServerReading[],
  above: readonly ServerReading[],
  before: Standing | undefined,
): Errant[] | null {
  const writers = new Set(above.flatMap(({ identity }) => identity.serverId ?? []));
  const rest = aheadOfAll(replica.gtid.state, sources);
  if (rest === null) return null;
  const earlier = before?.state === undefined ? [] : (aheadOfAll(before.state, sources) ?? []);
  const found = (kind: Errant['kind'], gtids: readonly MariadbGtid[]): Errant[] =>
    gtids.length === 0
      ? []
      : [
          {
            node: replica.node,
            sources: sources.map(({ node }) => node),
            kind,
            text: gtids.map(({ domain, server, sequence }) => `${domain}-${server}-${sequence}`).join(','),
            count: null,
            origins: [...new Set(gtids.map(({ server }) => `${server}`))],
          },
        ];
  return [
    ...found(
      'errant',
      rest.filter(({ server }) => !writers.has(`${server}`)),
    ),
    ...found(
      'ahead',
      earlier.filter(({ server }) => writers.has(`${server}`)),
    ),
  ];
}

/** What a state has beyond each of the sources; null when one of them cannot be read. */
function aheadOfAll(state: string | null, sources: readonly ServerReading[]): MariadbGtid[] | null {
  const own = state === null ? null : parseMariadbState(state);
  if (!own?.ok) return null;
  let rest = [...own.value.values()];
  for (const source of sources) {
    const theirs = source.gtid.state === null ? null : parseMariadbState(source.gtid.state);
    if (!theirs?.ok) return null;
    const beyond = new Set(ahead(own.value, theirs.value).map(({ gtid }) => gtid));
    rest = rest.filter((gtid) => beyond.has(gtid));
  }
  return rest;
}
