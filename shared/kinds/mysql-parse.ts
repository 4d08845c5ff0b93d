import type { FactValue } from '../snapshot';
import type { Parsed, Row } from './kind';
import { present, toNumber, unknown, unreadable } from './parse-kit';

/** What MySQL and MariaDB answer, as facts. Rows are text or null; a missing column is no reading. */

/** The first column as name, the second as value: their headings differ in case between the dialects. */
function pairsOf(rows: readonly Row[]): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  for (const row of rows) {
    const [name, value] = Object.values(row);
    if (typeof name === 'string' && typeof value === 'string') pairs.set(name.toLowerCase(), value);
  }
  return pairs;
}

/** Which of the two dialects a server speaks, from its version() text: MariaDB says so in it. */
export function dialectOf(version: string): 'mysql' | 'mariadb' {
  return /mariadb/i.test(version) ? 'mariadb' : 'mysql';
}

/**
 * "ON", "1" and MariaDB 12's "NO_LOCK", "NO_LOCK_NO_ADMIN" are on; "OFF" and "0" are off; all else is unknown.
 */
export function isOn(value: string | null | undefined): boolean | null {
  switch (value?.toUpperCase()) {
    case 'ON':
    case '1':
    case 'YES':
    case 'NO_LOCK':
    case 'NO_LOCK_NO_ADMIN':
      return true;
    case 'OFF':
    case '0':
    case 'NO':
      return false;
    default:
      return null;
  }
}

/**
 * Parses the variables. Writable is what read_only says: super_read_only cannot be on without it (MySQL manual,
 * "super_read_only"). Without a reading of it, unknown.
 */
export function parseVariables(rows: readonly Row[]): Parsed {
  const pairs = pairsOf(rows);
  // An old MariaDB puts 5.5.5- before its version, for replicas that take it for MySQL.
  const version = pairs.get('version')?.replace(/^5\.5\.5-(?=\d)/, '');
  if (version === undefined) return { facts: {}, error: unreadable('mysql.variables') };
  const readOnly = isOn(pairs.get('read_only'));
  const superReadOnly = isOn(pairs.get('super_read_only'));
  const dialect = dialectOf(`${version} ${pairs.get('version_comment') ?? ''}`);
  return {
    facts: {
      'mysql.dialect': dialect,
      'mysql.product': productOf(dialect, pairs.get('version_comment') ?? ''),
      'mysql.version': /^\d+(?:\.\d+)*/.exec(version)?.[0] ?? version.slice(0, 60),
      'mysql.versionText': version.slice(0, 200),
      'mysql.writable': readOnly === null ? unknown('the server does not tell read_only') : !readOnly,
      ...present({
        'mysql.hostname': pairs.get('hostname')?.slice(0, 255),
        'mysql.serverId': pairs.get('server_id'),
        'mysql.uuid': pairs.get('server_uuid'),
        'mysql.readOnly': readOnly ?? undefined,
        'mysql.superReadOnly': superReadOnly ?? undefined,
        'mysql.offline': isOn(pairs.get('offline_mode')) ?? undefined,
        'mysql.logBin': isOn(pairs.get('log_bin')) ?? undefined,
        'mysql.binlog.format': pairs.get('binlog_format'),
        'mysql.gtidMode': pairs.get('gtid_mode'),
        'mysql.gtidDomain': pairs.get('gtid_domain_id'),
        'mysql.maxConnections': toNumber(pairs.get('max_connections')) ?? undefined,
      }),
    },
    tables: { variables: rows },
  };
}

function productOf(dialect: 'mysql' | 'mariadb', comment: string): string {
  if (dialect === 'mariadb') return 'MariaDB';
  return /percona/i.test(comment) ? 'Percona Server' : 'MySQL';
}

/** Parses the counters. `queries` counts statements that clients sent, the console's own included. */
export function parseCounters(rows: readonly Row[]): Parsed {
  const pairs = pairsOf(rows);
  if (pairs.size === 0) return { facts: {}, error: unreadable('mysql.counters') };
  const number = (name: string) => toNumber(pairs.get(name)) ?? undefined;
  return {
    facts: present({
      'mysql.uptime': number('uptime'),
      'mysql.queries.total': number('questions'),
      'mysql.threads.connected': number('threads_connected'),
      'mysql.threads.running': number('threads_running'),
    }),
    tables: { status: rows },
  };
}

/** GTID sets by SELECT: SHOW VARIABLES cuts long values. The clock as UTC text with microseconds. */
export function parseGtid(rows: readonly Row[]): Parsed {
  const [row] = rows;
  if (!row) return { facts: {}, error: unreadable('mysql.gtid') };
  const clock = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)$/.exec(row.utc ?? '');
  const at = clock ? Date.parse(`${clock[1]}T${(clock[2] ?? '').slice(0, 12)}Z`) : Number.NaN;
  const facts: Record<string, FactValue | undefined> = {
    'mysql.gtid': row.gtid?.replace(/\s+/g, ''),
    'mysql.clock': Number.isNaN(at) ? undefined : at,
  };
  return { facts: present(facts), tables: { gtid: rows } };
}

/** SHOW BINARY LOGS is the one statement for this that all versions share; the last file is the current one. */
export function parseBinaryLogs(rows: readonly Row[]): Parsed {
  const last = rows.at(-1);
  if (!last) return { facts: { 'mysql.binlog.file': unknown('the server lists no binary log') } };
  const sizes = rows.map((row) => toNumber(row.File_size));
  return {
    facts: present({
      'mysql.binlog.file': last.Log_name ?? undefined,
      'mysql.binlog.position': sizes.at(-1) ?? undefined,
      'mysql.binlog.bytes': sizes.every((size) => size !== null)
        ? sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0)
        : undefined,
    }),
    tables: { binlogs: rows },
  };
}

/** Bytes of InnoDB files by schema, read without any right on the data; no row is no answer and stays unknown. */
export function parseSize(rows: readonly Row[]): Parsed {
  const sum = (column: string) => {
    const values = rows.map((row) => toNumber(row[column]));
    return rows.length === 0 || values.includes(null)
      ? null
      : values.reduce<number>((total, value) => total + (value ?? 0), 0);
  };
  return {
    facts: {
      'mysql.data.bytes': sum('bytes') ?? unknown('the server names no InnoDB files'),
      ...present({ 'mysql.data.files': sum('files') ?? undefined }),
    },
    tables: { schemas: rows },
  };
}
