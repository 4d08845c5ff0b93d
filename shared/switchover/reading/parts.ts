import type { Row } from '../../kinds/kind';
import { isOn } from '../../kinds/mysql-parse';
import { compareVersions } from '../../kinds/version';
import { cell, digitsOf, filled, wholeOf } from '../../replication/rows';
import type { EventReading, MemberReading } from '../readings';

/** What a server answered to statements.ts, as parts of a MemberReading. Pure; null is unknown. */

/** Name → value of SHOW VARIABLES and SHOW STATUS, by name in small letters. */
export function namedValues(rows: readonly Row[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const row of rows) {
    const [name, value] = Object.values(row);
    if (typeof name === 'string' && typeof value === 'string') values.set(name.toLowerCase(), value);
  }
  return values;
}

const first = (values: ReadonlyMap<string, string>, ...names: readonly string[]): string | null => {
  for (const name of names) {
    const value = values.get(name);
    if (value !== undefined) return value;
  }
  return null;
};

/** null: neither side of semi-synchronous replication is installed. */
export function semiSyncOf(values: ReadonlyMap<string, string>): MemberReading['semiSync'] {
  const source = first(values, 'rpl_semi_sync_source_enabled', 'rpl_semi_sync_master_enabled');
  const replica = first(values, 'rpl_semi_sync_replica_enabled', 'rpl_semi_sync_slave_enabled');
  if (source === null && replica === null) return null;
  // MariaDB has no such setting: one is always enough there
  const needed = first(
    values,
    'rpl_semi_sync_source_wait_for_replica_count',
    'rpl_semi_sync_master_wait_for_slave_count',
  );
  const clients = first(values, 'rpl_semi_sync_source_clients', 'rpl_semi_sync_master_clients');
  return {
    source: isOn(source) === true,
    replica: isOn(replica) === true,
    needed: wholeOf(needed) ?? 1,
    clients: wholeOf(clients) ?? 0,
  };
}

/** SHOW GRANTS, one right a line, without the password hash that MariaDB prints in its first line. */
export function grantsOf(rows: readonly Row[]): string[] {
  return rows
    .flatMap((row) => Object.values(row).slice(0, 1))
    .filter((text) => text !== null)
    .map((text) =>
      text
        .replace(/ IDENTIFIED BY PASSWORD '[^']*'/g, '')
        .replace(/ IDENTIFIED VIA .*?(?= REQUIRE | WITH |$)/g, ''),
    );
}

/** Does one of these lines give the right everywhere? Names as SHOW GRANTS prints them. */
export function hasGlobally(grants: readonly string[], right: string): boolean {
  return grants.some((line) => {
    const rights = /^GRANT (.+) ON \*\.\* TO /.exec(line)?.[1]?.split(/, ?/) ?? [];
    return rights.includes('ALL PRIVILEGES') || rights.includes(right);
  });
}

export const eventsOf = (rows: readonly Row[]): EventReading[] =>
  rows.map((row) => ({
    schema: cell(row, 'db') ?? '',
    name: cell(row, 'name') ?? '',
    definer: cell(row, 'definer') ?? '',
    status: cell(row, 'status') ?? '',
    sqlMode: cell(row, 'sql_mode') ?? '',
    timeZone: cell(row, 'time_zone') ?? '',
    characterSetClient: cell(row, 'charset') ?? '',
    collationConnection: cell(row, 'collation') ?? '',
  }));

/** Longer than this is worth waiting for, or naming, before a freeze. */
const LONG_SECONDS = 2;

/** The transactions of sessions; replication's own threads and prepared transactions without a session are no one's. */
export function transactionsOf(
  rows: readonly Row[],
): Pick<MemberReading, 'longTransactions' | 'openTransactions'> {
  const own = rows.filter((row) => {
    const user = cell(row, 'user');
    return user !== null && user !== 'system user';
  });
  return {
    openTransactions: own.length,
    longTransactions: own
      .map((row) => ({
        id: cell(row, 'id') ?? '?',
        seconds: wholeOf(cell(row, 'seconds')) ?? 0,
        user: cell(row, 'user') ?? '?',
      }))
      .filter(({ seconds }) => seconds > LONG_SECONDS),
  };
}

/** null: the server does not watch its metadata locks, so that none in the list says nothing. */
export function tableLocksOf(rows: readonly Row[]): MemberReading['tableLocks'] {
  if (rows.length === 0 || rows.some((row) => cell(row, 'told') !== 'YES')) return null;
  return rows
    .filter((row) => cell(row, 'id') !== null)
    .map((row) => ({
      id: cell(row, 'id') ?? '?',
      user: cell(row, 'user') ?? '?',
      // all tables at once: FLUSH TABLES WITH READ LOCK, or a backup
      table: filled(cell(row, 'name')) === null ? '*.*' : `${cell(row, 'db')}.${cell(row, 'name')}`,
    }));
}

/** Each as `XA COMMIT` takes it: X'6C6162',X'62',3. */
export function preparedOf(rows: readonly Row[]): string[] {
  return rows.map((row) => {
    const data = cell(row, 'data') ?? '';
    const hex = /^0x([0-9A-Fa-f]*)$/.exec(data)?.[1];
    const length = Number(digitsOf(cell(row, 'gtrid_length')) ?? 0) * 2;
    if (hex === undefined) return data; // MariaDB writes it so by itself
    return `X'${hex.slice(0, length)}',X'${hex.slice(length)}',${cell(row, 'formatID') ?? '1'}`;
  });
}

/** name → value of the persisted ones among read_only and super_read_only. */
export const persistedOf = (rows: readonly Row[]): Record<string, string> =>
  Object.fromEntries(rows.map((row) => [cell(row, 'name') ?? '', cell(row, 'value') ?? '']));

/** GTID sets are printed with line breaks. */
export const positionOf = (text: string | null | undefined): string | null =>
  text === null || text === undefined ? null : text.replaceAll(/\s+/g, '');

/** "9.7.4-2" and "5.5.5-10.11.19-MariaDB" → numbers and dialect. */
export function serverVersion(text: string): { version: number[]; dialect: 'mysql' | 'mariadb' } | null {
  const digits = /^\d+(?:\.\d+)*/.exec(text.replace(/^5\.5\.5-(?=\d)/, ''))?.[0];
  if (digits === undefined) return null;
  return { version: digits.split('.').map(Number), dialect: /mariadb/i.test(text) ? 'mariadb' : 'mysql' };
}

/** Is `version` of before `than`? */
export const isBefore = (version: readonly number[], than: readonly number[]): boolean =>
  compareVersions(version, than) < 0;
