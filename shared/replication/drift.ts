import type { Row } from '../kinds/kind';
import { answerOf, type Snapshot } from '../snapshot';
import type { ServerReading } from './model';

/**
 * Two servers side by side: what would be different if one took the other's place. A value that was not read is
 * no difference and no likeness; it is named as unread.
 */
export type DriftSubject = 'variables' | 'accounts' | 'events' | 'schemas';

export interface DriftRow {
  name: string;
  /** null: it does not exist there. */
  a: string | null;
  b: string | null;
}
export interface DriftSection {
  subject: DriftSubject;
  /** Servers that could not be read for this; then nothing was compared. */
  unread: string[];
  /** Servers whose list was cut: what is missing there may only be out of sight. */
  cut: string[];
  differences: DriftRow[];
  /** How many were compared and are alike. */
  alike: number;
}

/** What one server says, by name; null: it could not be read. */
interface Said {
  values: ReadonlyMap<string, string>;
  cut: boolean;
}

export interface DriftSide {
  server: ServerReading;
  /** Tables of its last answer: name → rows. */
  tables: Readonly<Record<string, { rows: readonly Row[]; cut: boolean }>>;
}

/** A server with the tables of its last answer; of a server that is silent now, none. */
export function driftSideOf(server: ServerReading, snapshot: Snapshot): DriftSide {
  const answer = server.host === null ? null : answerOf(snapshot.hosts[server.host]);
  const own = server.state === 'answers' ? answer?.services[server.service] : undefined;
  return { server, tables: own?.tables ?? {} };
}

const SUBJECTS: readonly (readonly [DriftSubject, (side: DriftSide) => Said | null])[] = [
  ['variables', variablesOf],
  ['accounts', (side) => listed(side, 'accounts', accountOf)],
  ['events', (side) => listed(side, 'events', eventOf)],
  ['schemas', (side) => listed(side, 'schemas', (row) => named(row, 'db', ''))],
];

/** Every subject, differences first by name; the two servers keep their order. */
export const driftOf = (a: DriftSide, b: DriftSide): DriftSection[] =>
  SUBJECTS.map(([subject, read]) => sectionOf(subject, [a, b], [read(a), read(b)]));

function sectionOf(
  subject: DriftSubject,
  sides: readonly [DriftSide, DriftSide],
  [a, b]: readonly [Said | null, Said | null],
): DriftSection {
  const nodes = sides.map(({ server }) => server.node);
  const which = (fits: (said: Said | null) => boolean) =>
    nodes.filter((_, index) => fits([a, b][index] ?? null));
  const unread = which((said) => said === null);
  const cut = which((said) => said?.cut === true);
  if (a === null || b === null) return { subject, unread, cut, differences: [], alike: 0 };
  const names = [...new Set([...a.values.keys(), ...b.values.keys()])].sort();
  const rows = names.map((name) => ({ name, a: a.values.get(name) ?? null, b: b.values.get(name) ?? null }));
  // A list that was cut says nothing of what is not in it.
  const known = rows.filter((row) => !((row.a === null && a.cut) || (row.b === null && b.cut)));
  const differences = known.filter((row) => row.a !== row.b);
  return { subject, unread, cut, differences, alike: known.length - differences.length };
}

function variablesOf({ server }: DriftSide): Said | null {
  return server.parity === null ? null : { values: new Map(Object.entries(server.parity)), cut: false };
}

function listed(
  { tables }: DriftSide,
  table: string,
  read: (row: Row) => readonly [string, string] | null,
): Said | null {
  const found = tables[table];
  if (!found) return null;
  return { values: new Map(found.rows.flatMap((row) => [read(row) ?? []].filter(isPair))), cut: found.cut };
}
const isPair = (pair: readonly string[]): pair is readonly [string, string] => pair.length === 2;

const named = (row: Row, column: string, value: string): readonly [string, string] | null => {
  const name = row[column] ?? null;
  return name === null ? null : [name, value];
};

/** How an account logs in and whether it may; its password's hash is never read. */
function accountOf(row: Row): readonly [string, string] | null {
  if (row.User === null || row.User === undefined) return null;
  const says = [
    row.plugin,
    row.account_locked === 'Y' ? 'ACCOUNT LOCK' : null,
    row.Super_priv === 'Y' ? 'SUPER' : null,
  ];
  return [`${row.User}@${row.Host ?? '?'}`, says.filter(Boolean).join(', ')];
}

/** An event is asleep on a replica on purpose (SLAVESIDE_DISABLED, REPLICA_SIDE_DISABLED); its definer must be alike. */
function eventOf(row: Row): readonly [string, string] | null {
  if (row.name === null || row.name === undefined) return null;
  return [`${row.db ?? '?'}.${row.name}`, [row.status, row.definer].filter(Boolean).join(', ')];
}
