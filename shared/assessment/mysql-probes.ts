import type { Row } from '../kinds/kind';
import { isOn } from '../kinds/mysql-parse';
import { ACCOUNT } from './facts-of';
import { type AssessmentProbe, type Read, unread } from './model';

/**
 * What is read of a database for a move, beside what every look reads anyway (shared/kinds/mysql-*.ts). Each statement
 * says in its own row whether the account may see the whole (`may`): information_schema leaves out what one has no
 * right on, and a list that leaves out silently proves nothing. REFERENCES shows tables, columns, keys and views on both
 * dialects and not one row of data (measured on 9.7.4 and 10.11.19).
 */

const SYSTEM = `('mysql', 'sys', 'performance_schema', 'information_schema')`;
const REFERENCES = 'GRANT REFERENCES ON *.* TO {account};';

/** Does the account hold one of these rights on everything? A right on some schemas only shows a part. */
const may = (...rights: readonly string[]): string =>
  `(SELECT COUNT(*) > 0 FROM information_schema.USER_PRIVILEGES WHERE PRIVILEGE_TYPE IN (${rights
    .map((right) => `'${right}'`)
    .join(', ')})) AS may`;

/** Rows of `inner`, or one row of NULLs when it has none: so that `may` always comes. */
const withMay = (right: string, inner: string): string =>
  `SELECT ${right}, found.* FROM (SELECT 1 AS one) AS one LEFT JOIN (${inner}) AS found ON TRUE`;

/** The rows without the one that only carries `may`; refused where the account may not see everything. */
export function rowsWithMay(rows: readonly Row[]): Read {
  const [first] = rows;
  if (first === undefined) return unread('not-understood');
  const allowed = isOn(first.may);
  if (allowed === null) return unread('not-understood');
  if (!allowed) return unread('grant');
  return rows
    .map(({ may: _may, ...row }) => row)
    .filter((row) => Object.values(row).some((value) => value !== null));
}

const whole = (rows: readonly Row[]): Read => rows;

type SqlProbe = Extract<AssessmentProbe, { via: 'sql' }>;
const probe = (gives: string, rest: Pick<SqlProbe, 'statement'> & Partial<SqlProbe>): AssessmentProbe => ({
  id: gives.replace('mysql.', 'mysql.assess.'),
  gives,
  kind: 'mysql',
  via: 'sql',
  more: REFERENCES,
  parse: rowsWithMay,
  ...rest,
});

/** Lists that are read row by row end here, one row more than is decided from. */
export const MOST_ROWS = 1000;
const SEEN = may('REFERENCES', 'SELECT');

/**
 * The next value is what the dictionary knows and what InnoDB has in memory, the greater of both: MySQL 8 shows the
 * first up to a day old (information_schema_stats_expiry; a hint cannot set it: warning 3637), the second is 0 before
 * the table is opened after a start.
 */
const autoIncrement = (stats: string) =>
  withMay(
    SEEN,
    `SELECT c.TABLE_SCHEMA AS db, c.TABLE_NAME AS name, c.COLUMN_NAME AS column_name, c.COLUMN_TYPE AS type, GREATEST(COALESCE(t.AUTO_INCREMENT, 0), COALESCE(s.AUTOINC, 0)) AS next_value FROM information_schema.COLUMNS AS c JOIN information_schema.TABLES AS t ON t.TABLE_SCHEMA = c.TABLE_SCHEMA AND t.TABLE_NAME = c.TABLE_NAME LEFT JOIN information_schema.${stats} AS s ON s.NAME = CONCAT(c.TABLE_SCHEMA, '/', c.TABLE_NAME) WHERE c.EXTRA LIKE '%auto_increment%' AND c.TABLE_SCHEMA NOT IN ${SYSTEM} ORDER BY 5 DESC LIMIT ${MOST_ROWS + 1}`,
  );

const autoIncrementRights = 'GRANT REFERENCES, PROCESS ON *.* TO {account};';

export const MYSQL_PROBES: readonly AssessmentProbe[] = [
  probe(ACCOUNT, { statement: 'SELECT CURRENT_USER() AS account', parse: whole }),
  probe('mysql.tables', {
    statement: withMay(
      SEEN,
      `SELECT TABLE_SCHEMA AS db, ENGINE AS engine, TABLE_COLLATION AS collation, COUNT(*) AS tables, SUBSTRING_INDEX(GROUP_CONCAT(TABLE_NAME ORDER BY TABLE_NAME SEPARATOR ','), ',', 8) AS names FROM information_schema.TABLES WHERE TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED') AND TABLE_SCHEMA NOT IN ${SYSTEM} GROUP BY 1, 2, 3`,
    ),
  }),
  probe('mysql.no-key', {
    // A unique key without NULLs serves as one: InnoDB takes the first of them as the row's own.
    statement: withMay(
      SEEN,
      `SELECT t.TABLE_SCHEMA AS db, t.TABLE_NAME AS name, t.ENGINE AS engine FROM information_schema.TABLES AS t LEFT JOIN (SELECT TABLE_SCHEMA, TABLE_NAME, INDEX_NAME FROM information_schema.STATISTICS WHERE NON_UNIQUE = 0 GROUP BY 1, 2, 3 HAVING SUM(NULLABLE = 'YES') = 0) AS k ON k.TABLE_SCHEMA = t.TABLE_SCHEMA AND k.TABLE_NAME = t.TABLE_NAME WHERE t.TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED') AND k.INDEX_NAME IS NULL AND t.TABLE_SCHEMA NOT IN ${SYSTEM} LIMIT ${MOST_ROWS + 1}`,
    ),
  }),
  probe('mysql.auto-increment', {
    from: [8, 0],
    dialect: 'mysql',
    statement: autoIncrement('INNODB_TABLESTATS'),
    more: autoIncrementRights,
  }),
  probe('mysql.auto-increment', {
    id: 'mysql.assess.auto-increment-57',
    below: [8, 0],
    dialect: 'mysql',
    statement: autoIncrement('INNODB_SYS_TABLESTATS'),
    more: autoIncrementRights,
  }),
  probe('mysql.auto-increment', {
    id: 'mysql.assess.auto-increment-mariadb',
    dialect: 'mariadb',
    statement: autoIncrement('INNODB_SYS_TABLESTATS'),
    more: autoIncrementRights,
  }),
  probe('mysql.columns', {
    statement: withMay(
      SEEN,
      `SELECT c.TABLE_SCHEMA AS db, c.CHARACTER_SET_NAME AS charset, c.COLLATION_NAME AS collation, COUNT(*) AS columns, COUNT(DISTINCT c.TABLE_NAME) AS tables, SUBSTRING_INDEX(GROUP_CONCAT(DISTINCT c.TABLE_NAME ORDER BY c.TABLE_NAME SEPARATOR ','), ',', 8) AS names FROM information_schema.COLUMNS AS c JOIN information_schema.TABLES AS t ON t.TABLE_SCHEMA = c.TABLE_SCHEMA AND t.TABLE_NAME = c.TABLE_NAME AND t.TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED') WHERE c.CHARACTER_SET_NAME IS NOT NULL AND c.TABLE_SCHEMA NOT IN ${SYSTEM} GROUP BY 1, 2, 3`,
    ),
  }),
  probe('mysql.generated', {
    // With the space: DEFAULT_GENERATED of MySQL 8 is a default, not a generated column.
    statement: withMay(
      SEEN,
      `SELECT TABLE_SCHEMA AS db, TABLE_NAME AS name, COLUMN_NAME AS column_name, EXTRA AS extra FROM information_schema.COLUMNS WHERE EXTRA LIKE '% GENERATED%' AND TABLE_SCHEMA NOT IN ${SYSTEM} LIMIT ${MOST_ROWS + 1}`,
    ),
  }),
  probe('mysql.foreign-keys', {
    statement: withMay(
      SEEN,
      `SELECT TABLE_SCHEMA AS db, TABLE_NAME AS name, CONSTRAINT_NAME AS key_name FROM information_schema.TABLE_CONSTRAINTS WHERE CONSTRAINT_TYPE = 'FOREIGN KEY' AND TABLE_SCHEMA NOT IN ${SYSTEM} LIMIT ${MOST_ROWS + 1}`,
    ),
  }),
  probe('mysql.views', {
    statement: withMay(
      SEEN,
      `SELECT TABLE_SCHEMA AS db, TABLE_NAME AS name, DEFINER AS definer FROM information_schema.VIEWS WHERE TABLE_SCHEMA NOT IN ${SYSTEM} LIMIT ${MOST_ROWS + 1}`,
    ),
  }),
  probe('mysql.routines', {
    from: [8, 0],
    dialect: 'mysql',
    more: 'GRANT SHOW_ROUTINE ON *.* TO {account};',
    statement: withMay(
      may('SHOW_ROUTINE', 'SELECT'),
      `SELECT ROUTINE_SCHEMA AS db, ROUTINE_NAME AS name, DEFINER AS definer FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA NOT IN ${SYSTEM} LIMIT ${MOST_ROWS + 1}`,
    ),
  }),
  ...(['mysql', 'mariadb'] as const).map((dialect) =>
    probe('mysql.routines', {
      id: `mysql.assess.routines-proc-${dialect}`,
      dialect,
      ...(dialect === 'mysql' ? { below: [8, 0] } : {}),
      more: 'GRANT SELECT (db, name, type, definer) ON mysql.proc TO {account};',
      statement: `SELECT db, name, definer FROM mysql.proc WHERE db NOT IN ${SYSTEM} LIMIT ${MOST_ROWS + 1}`,
      parse: whole,
    }),
  ),
  probe('mysql.triggers', {
    more: 'GRANT TRIGGER ON *.* TO {account};',
    statement: withMay(
      may('TRIGGER'),
      `SELECT TRIGGER_SCHEMA AS db, TRIGGER_NAME AS name, EVENT_OBJECT_TABLE AS table_name, DEFINER AS definer FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA NOT IN ${SYSTEM} LIMIT ${MOST_ROWS + 1}`,
    ),
  }),
  probe('mysql.events-all', {
    dialect: 'mysql',
    more: 'GRANT EVENT ON *.* TO {account};',
    statement: withMay(
      may('EVENT'),
      `SELECT EVENT_SCHEMA AS db, EVENT_NAME AS name, STATUS AS status, DEFINER AS definer FROM information_schema.EVENTS WHERE EVENT_SCHEMA NOT IN ${SYSTEM} LIMIT ${MOST_ROWS + 1}`,
    ),
  }),
  probe('mysql.events-all', {
    // The table itself by its columns: the right EVENT would also let the account make events.
    id: 'mysql.assess.events-all-mariadb',
    dialect: 'mariadb',
    more: 'GRANT SELECT (db, name, status, definer) ON mysql.event TO {account};',
    statement: `SELECT db, name, status, definer FROM mysql.event WHERE db NOT IN ${SYSTEM} LIMIT ${MOST_ROWS + 1}`,
    parse: whole,
  }),
  probe('mysql.plugins', {
    statement: `SELECT PLUGIN_NAME AS name, PLUGIN_TYPE AS type, PLUGIN_LIBRARY AS file FROM information_schema.PLUGINS WHERE PLUGIN_STATUS = 'ACTIVE' AND PLUGIN_LIBRARY IS NOT NULL LIMIT ${MOST_ROWS + 1}`,
    parse: whole,
  }),
];
