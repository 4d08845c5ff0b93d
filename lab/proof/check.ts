import { longestGap, type Overlap, overlapsOf, stretchesOf } from './accepts';
import type { Attempt, Journal, Probe } from './attempts';

/** What a server holds after everything has reached it. */
export interface Present {
  node: string;
  /** "client serial" of each row. */
  rows: ReadonlySet<string>;
  /** Sum of all balances, as text: it never changes. */
  sum: string;
  /** How many transfers it holds whose balances it does not, or the other way round. */
  torn: number;
  /** Does it follow the server that takes writes, with both threads running? The one that takes them: null. */
  attached: boolean | null;
  /** false: it never came as far as the server that takes writes. */
  caughtUp: boolean;
}

export type Violation =
  /** Acknowledged, and not there. `gtids`: of some of them, where the server told. */
  | { kind: 'lost'; node: string; count: number; rows: string[]; gtids: string[] }
  /** Refused, and there all the same. */
  | { kind: 'refused-but-there'; node: string; count: number; rows: string[] }
  /** There, and nobody ever sent it. */
  | { kind: 'never-sent'; node: string; count: number; rows: string[] }
  | { kind: 'sum'; node: string; is: string; mustBe: string }
  | { kind: 'torn'; node: string; count: number }
  | ({ kind: 'two-writable' } & Overlap)
  | { kind: 'behind'; node: string }
  | { kind: 'not-attached'; node: string }
  /** The load wrote nothing, or did not end whole: nothing is proven. */
  | { kind: 'no-proof'; because: string };

export interface Verdict {
  violations: Violation[];
  acknowledged: number;
  refused: number;
  unknown: number;
  /** How often a server stopped taking the application's writes; how often the privileged were probed there then. */
  fences: number;
  fencesProbed: number;
  /** Time in which two servers took writes, ms; overlaps of the same time count once for each pair. */
  overlapMs: number;
}

/** Rows of a violation that are named; the rest is counted. */
const NAMED = 5;

const rowOf = ({ client, serial }: Attempt) => `${client} ${serial}`;

/**
 * Did anything get lost, or was there ever more than one server that took writes? `sum` is what all balances made
 * together before the first transfer.
 */
export function verdictOf(journal: Journal, present: readonly Present[], sum: string): Verdict {
  const of = (result: Attempt['result']) => journal.attempts.filter((one) => one.result === result);
  const [acks, nacks, unknown] = [of('ack'), of('nack'), of('unknown')];
  const overlaps = overlapsOf(stretchesOf(journal));
  return {
    violations: [
      ...proofOf(journal, acks),
      ...present.flatMap((server) => violationsOn(server, journal, acks, nacks, sum)),
      ...overlaps.map((overlap): Violation => ({ kind: 'two-writable', ...overlap })),
    ],
    acknowledged: acks.length,
    refused: nacks.length,
    unknown: unknown.length,
    ...fencesIn(journal.probes),
    overlapMs: overlaps.reduce((all, { ms }) => all + ms, 0),
  };
}

/** A fence is the first refusal after an accepted probe; it was probed when a privileged probe followed before the next. */
function fencesIn(probes: readonly Probe[]): Pick<Verdict, 'fences' | 'fencesProbed'> {
  const found = { fences: 0, fencesProbed: 0 };
  for (const node of new Set(probes.map((one) => one.node))) {
    let state: 'open' | 'fenced' | 'probed' | undefined;
    for (const one of probes.filter((probe) => probe.node === node).sort((a, b) => a.endedAt - b.endedAt)) {
      if (one.by === 'privileged') {
        if (state === 'fenced') found.fencesProbed += 1;
        if (state === 'fenced') state = 'probed';
      } else if (one.accepted) state = 'open';
      else if (state === 'open') {
        state = 'fenced';
        found.fences += 1;
      }
    }
  }
  return found;
}

/** A load of which some client never wrote anything proves nothing about that sort of client. */
function proofOf({ attempts, whole, probes }: Journal, acks: readonly Attempt[]): Violation[] {
  const wrote = new Set(acks.map(({ client }) => client));
  const silent = new Set(attempts.filter(({ client }) => !wrote.has(client)).map(({ kind }) => kind));
  return [
    ...(acks.length === 0 ? ['nothing was acknowledged'] : []),
    ...(whole ? [] : ['the load did not end by itself']),
    ...(probes.length === 0 ? ['no server was probed'] : []),
    ...[...silent].map((kind) => `no ${kind} write was acknowledged`),
  ].map((because): Violation => ({ kind: 'no-proof', because }));
}

function violationsOn(
  server: Present,
  { attempts }: Journal,
  acks: readonly Attempt[],
  nacks: readonly Attempt[],
  sum: string,
): Violation[] {
  const { node, rows } = server;
  const tried = new Set(attempts.map(rowOf));
  const lost = acks.filter((one) => !rows.has(rowOf(one)));
  const refused = nacks.filter((one) => rows.has(rowOf(one)));
  const unsent = [...rows].filter((row) => !tried.has(row));
  const named = (all: readonly Attempt[]) => all.slice(0, NAMED).map(rowOf);
  const found: (Violation | false)[] = [
    lost.length > 0 && {
      kind: 'lost',
      node,
      count: lost.length,
      rows: named(lost),
      gtids: lost.flatMap(({ gtid }) => gtid ?? []).slice(0, NAMED),
    },
    refused.length > 0 && { kind: 'refused-but-there', node, count: refused.length, rows: named(refused) },
    unsent.length > 0 && { kind: 'never-sent', node, count: unsent.length, rows: unsent.slice(0, NAMED) },
    server.sum !== sum && { kind: 'sum', node, is: server.sum, mustBe: sum },
    server.torn > 0 && { kind: 'torn', node, count: server.torn },
    !server.caughtUp && { kind: 'behind', node },
    server.attached === false && { kind: 'not-attached', node },
  ];
  return found.filter((one) => one !== false);
}

/** The longest time between two acknowledged writes of any client between two marks of the load, ms. */
export function gapBetween({ attempts, marks }: Journal, from: string, to: string): number {
  const [start, end] = [marks.get(from), marks.get(to)];
  if (start === undefined || end === undefined) throw new Error(`the load was never told ${from} and ${to}`);
  const acks = attempts.flatMap(({ endedAt, result }) =>
    result === 'ack' && endedAt !== null ? [{ endedAt }] : [],
  );
  return longestGap(acks, start, end);
}

/** One line for each, for a report. */
export function violationText(one: Violation): string {
  switch (one.kind) {
    case 'lost':
      return `${one.count} acknowledged writes are not on ${one.node}: ${[...one.rows, ...one.gtids].join(', ')}`;
    case 'refused-but-there':
      return `${one.count} refused writes are on ${one.node}: ${one.rows.join(', ')}`;
    case 'never-sent':
      return `${one.count} rows on ${one.node} were never sent: ${one.rows.join(', ')}`;
    case 'sum':
      return `the balances on ${one.node} make ${one.is}, not ${one.mustBe}`;
    case 'torn':
      return `${one.count} transfers on ${one.node} are there by half`;
    case 'two-writable':
      return `${one.nodes.join(' and ')} both took writes for ${one.ms.toFixed(1)} ms (${one.by.join(', ')})`;
    case 'behind':
      return `${one.node} never caught up`;
    case 'not-attached':
      return `${one.node} does not follow the server that takes writes`;
    case 'no-proof':
      return `nothing is proven: ${one.because}`;
  }
}
