import type { ServerReading } from '../replication/model';
import { type Check, type Hit, hitOf, type Outcome, type SubjectFacts, unread } from './model';
import { fullName } from './mysql-schema-checks';

/** What the server's settings say about copying it and following it: all of it is read by every look anyway. */

type Setting = (server: ServerReading, facts: SubjectFacts) => Outcome;
const server = (
  code: string,
  severity: Check['severity'],
  when: Setting,
  more: Partial<Check> = {},
): Check => ({
  code,
  subject: 'database',
  kind: 'mysql',
  severity,
  needs: [],
  needsServer: true,
  looks: ['mysql.variables'],
  when: (facts) => (facts.server ? when(facts.server, facts) : unread('not-told')),
  ...more,
});

const notTold = (name: string): Outcome => unread('not-told', { name });
const one = (params: Hit['params'], ...statements: readonly string[]): readonly Hit[] => [
  { params, statements },
];
/** PERSIST keeps it over a restart on MySQL 8 and later; elsewhere the line belongs into the configuration file too. */
const setGlobal = ({ dialect, version }: ServerReading, name: string, value: string): string =>
  dialect === 'mysql' && (version?.[0] ?? 0) >= 8
    ? `SET PERSIST ${name} = ${value};`
    : `SET GLOBAL ${name} = ${value};`;
/** Of a server without a binary log nothing about the log is asked; the row about the log itself says so. */
const withLog =
  (of: Setting): Setting =>
  (reading, facts) => {
    if (reading.binlog.on === null) return notTold('log_bin');
    return reading.binlog.on ? of(reading, facts) : [];
  };

/** How often the log has to outlive the seed: the copy, the time to catch up with it, and a pause. */
const SEED_TIMES = 2;
const hours = (seconds: number): string => String(Math.round(seconds / 360) / 10);

export const MYSQL_SERVER_CHECKS: readonly Check[] = [
  server('BINLOG_OFF', 'blocker', ({ binlog, dialect }) => {
    if (binlog.on === null) return notTold('log_bin');
    if (binlog.on) return [];
    return one(
      {},
      '[mysqld]',
      'log-bin=binlog',
      dialect === 'mysql' ? 'gtid-mode=ON' : 'gtid-strict-mode=ON',
    );
  }),
  server(
    'BINLOG_NOT_ROW',
    'warning',
    withLog((reading) => {
      const { format } = reading.binlog;
      if (format === null) return notTold('binlog_format');
      if (/^row$/i.test(format)) return [];
      const set = setGlobal(reading, 'binlog_format', "'ROW'");
      return [{ params: { value: format }, statements: [set] }];
    }),
  ),
  server(
    'ROW_IMAGE_NOT_FULL',
    'warning',
    withLog((reading) => {
      const { rowImage } = reading.binlog;
      if (rowImage === null) return notTold('binlog_row_image');
      return /^full/i.test(rowImage)
        ? []
        : one({ value: rowImage }, setGlobal(reading, 'binlog_row_image', "'FULL'"));
    }),
  ),
  server(
    'GTID_OFF',
    'warning',
    withLog((reading) => {
      const { gtid, dialect } = reading;
      // MariaDB gives every transaction one as soon as there is a log; what is asked of it is that order is kept.
      if (dialect === 'mariadb') {
        if (gtid.strict === null) return notTold('gtid_strict_mode');
        const set = 'SET GLOBAL gtid_strict_mode = ON;';
        return gtid.strict
          ? []
          : [{ params: { name: 'gtid_strict_mode', value: 'OFF' }, statements: [set], severity: 'note' }];
      }
      if (gtid.mode === null) return notTold('gtid_mode');
      if (/^on$/i.test(gtid.mode)) return [];
      return one(
        { name: 'gtid_mode', value: gtid.mode },
        ...[
          'enforce_gtid_consistency = ON',
          'gtid_mode = OFF_PERMISSIVE',
          'gtid_mode = ON_PERMISSIVE',
          'gtid_mode = ON',
        ].map((change) => `SET GLOBAL ${change};`),
      );
    }),
  ),
  server(
    'BINLOG_RETENTION_SHORT',
    'blocker',
    withLog((reading, { seedSeconds }) => {
      const kept = reading.binlog.expireSeconds;
      if (kept === null) return notTold('binlog_expire_logs_seconds');
      // 0 keeps them for ever
      if (kept === 0) return [];
      if (seedSeconds === null) return unread('not-stated', { name: 'seed' });
      if (kept >= SEED_TIMES * seedSeconds) return [];
      const needed = Math.ceil((SEED_TIMES * seedSeconds) / 3600) * 3600;
      const set =
        reading.dialect === 'mysql' && (reading.version?.[0] ?? 0) >= 8
          ? `SET PERSIST binlog_expire_logs_seconds = ${needed};`
          : `SET GLOBAL expire_logs_days = ${Math.ceil(needed / 86_400)};`;
      return [
        {
          severity: kept < seedSeconds ? 'blocker' : 'warning',
          params: { kept: hours(kept), seed: hours(seedSeconds), needed: hours(needed) },
          statements: [set],
        },
      ];
    }),
  ),
  server('SQL_MODE_NOT_STRICT', 'warning', (reading) => {
    const mode = reading.parity?.sql_mode;
    if (mode === undefined) return notTold('sql_mode');
    if (/STRICT_(TRANS|ALL)_TABLES|^TRADITIONAL/i.test(mode)) return [];
    return one({ value: mode === '' ? "''" : mode }, `SET GLOBAL sql_mode = '${mode}'; -- on the target`);
  }),
  server('SQL_MODE_GONE', 'warning', ({ parity, dialect, version }) => {
    const mode = parity?.sql_mode;
    if (mode === undefined) return notTold('sql_mode');
    // Taken out in MySQL 8.0 (release notes): a dump or a configuration that sets them is refused.
    const gone = mode.split(',').filter((word) => GONE_MODES.has(word.toUpperCase()));
    return dialect === 'mysql' && (version?.[0] ?? 0) < 8 ? hitOf(gone) : [];
  }),
  server('NAMES_CASE', 'note', ({ parity }) => {
    const value = parity?.lower_case_table_names;
    if (value === undefined) return notTold('lower_case_table_names');
    return value === '0' ? [] : one({ value }, '[mysqld]', `lower-case-table-names=${value}`);
  }),
  server('SERVER_CHARSET', 'note', ({ parity }) => {
    const [charset, collation] = [parity?.character_set_server, parity?.collation_server];
    if (charset === undefined) return notTold('character_set_server');
    return charset === 'utf8mb4' ? [] : one({ value: charset, collation: collation ?? '?' });
  }),
  server(
    'EVENTS_RUN',
    'warning',
    ({ scheduler }, facts) => {
      const enabled = facts.rows('mysql.events-all').filter(({ status }) => status === 'ENABLED');
      if (enabled.length > 0 && scheduler === null) return notTold('event_scheduler');
      // With the scheduler off they do not run here, and would where it is on: MySQL 8 and later by default.
      return hitOf(enabled.map(fullName), {
        params: { scheduler: scheduler ? 'ON' : 'OFF' },
        statements: ['SET GLOBAL event_scheduler = OFF;'],
      });
    },
    { needs: ['mysql.events-all'] },
  ),
];

const GONE_MODES = new Set([
  'NO_AUTO_CREATE_USER',
  'DB2',
  'MAXDB',
  'MSSQL',
  'MYSQL323',
  'MYSQL40',
  'ORACLE',
  'POSTGRESQL',
  'NO_FIELD_OPTIONS',
  'NO_KEY_OPTIONS',
  'NO_TABLE_OPTIONS',
]);
