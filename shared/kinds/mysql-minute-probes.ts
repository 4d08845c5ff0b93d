import type { Probe } from './kind';
import { isOn } from './mysql-parse';
import { tableOf } from './mysql-replication-parse';

/**
 * What is read of a server once a minute: accounts, events, long and prepared transactions, what a restart
 * keeps. Each may be refused by itself; what is refused is unknown, and says which right would show it.
 */

/** Seconds after which an open transaction is worth naming: it delays a freeze. */
const LONG_SECONDS = 2;

export const mysqlMinuteProbes: readonly Probe[] = [
  {
    id: 'mysql.transactions',
    every: 'minute',
    via: 'sql',
    fills: [],
    withMore: {
      en: 'GRANT PROCESS ON *.* shows open transactions.',
      fr: 'GRANT PROCESS ON *.* montre les transactions ouvertes.',
    },
    statement: `SELECT t.trx_mysql_thread_id AS id, TIMESTAMPDIFF(SECOND, t.trx_started, NOW()) AS seconds, t.trx_rows_modified AS changed, p.USER AS user FROM information_schema.INNODB_TRX AS t LEFT JOIN information_schema.PROCESSLIST AS p ON p.ID = t.trx_mysql_thread_id WHERE t.trx_started < NOW() - INTERVAL ${LONG_SECONDS} SECOND ORDER BY t.trx_started LIMIT 50`,
    parse: tableOf('transactions'),
  },
  {
    id: 'mysql.prepared',
    every: 'minute',
    via: 'sql',
    fills: [],
    withMore: {
      en: 'GRANT XA_RECOVER_ADMIN ON *.* shows prepared transactions.',
      fr: 'GRANT XA_RECOVER_ADMIN ON *.* montre les transactions préparées.',
    },
    statement: 'XA RECOVER',
    parse: tableOf('prepared'),
  },
  {
    // An account sees events only where it holds EVENT, which is the right to make them as well.
    id: 'mysql.events',
    every: 'minute',
    via: 'sql',
    fills: [],
    statement: `SELECT (SELECT COUNT(*) > 0 FROM information_schema.USER_PRIVILEGES WHERE PRIVILEGE_TYPE = 'EVENT') AS may, e.EVENT_SCHEMA AS db, e.EVENT_NAME AS name, e.STATUS AS status, e.DEFINER AS definer FROM (SELECT 1 AS one) AS one LEFT JOIN information_schema.EVENTS AS e ON TRUE LIMIT 400`,
    parse: (rows) =>
      rows[0] && isOn(rows[0].may)
        ? tableOf('events')(rows.filter((row) => row.name !== null))
        : { facts: {} },
  },
  {
    id: 'mysql.accounts',
    every: 'minute',
    via: 'sql',
    dialect: 'mysql',
    fills: [],
    withMore: {
      en: 'GRANT SELECT (User, Host, plugin, account_locked, Super_priv) ON mysql.user shows the accounts, without their passwords.',
      fr: 'GRANT SELECT (User, Host, plugin, account_locked, Super_priv) ON mysql.user montre les comptes, sans leurs mots de passe.',
    },
    statement: 'SELECT User, Host, plugin, account_locked, Super_priv FROM mysql.user LIMIT 400',
    parse: tableOf('accounts'),
  },
  {
    id: 'mysql.accounts-mariadb',
    every: 'minute',
    via: 'sql',
    dialect: 'mariadb',
    fills: [],
    withMore: {
      en: 'GRANT SELECT (User, Host, plugin, Super_priv) ON mysql.user shows the accounts, without their passwords.',
      fr: 'GRANT SELECT (User, Host, plugin, Super_priv) ON mysql.user montre les comptes, sans leurs mots de passe.',
    },
    statement: 'SELECT User, Host, plugin, Super_priv FROM mysql.user LIMIT 400',
    parse: tableOf('accounts'),
  },
  {
    // CONNECTION_ADMIN passes read_only, nobody passes super_read_only (MySQL manual, "read_only").
    id: 'mysql.privileged',
    every: 'minute',
    via: 'sql',
    dialect: 'mysql',
    from: [8, 0],
    fills: [],
    withMore: {
      en: 'GRANT SELECT ON mysql.global_grants shows who may write in spite of read_only.',
      fr: 'GRANT SELECT ON mysql.global_grants montre qui peut écrire malgré read_only.',
    },
    statement: `SELECT USER AS User, HOST AS Host FROM mysql.global_grants WHERE PRIV = 'CONNECTION_ADMIN' LIMIT 400`,
    parse: tableOf('privileged'),
  },
  {
    // Others' rights are shown only to who may read the database mysql, which holds the password hashes too.
    id: 'mysql.privileged-mariadb',
    every: 'minute',
    via: 'sql',
    dialect: 'mariadb',
    fills: [],
    statement: `SELECT (SELECT COUNT(*) FROM information_schema.SCHEMA_PRIVILEGES WHERE TABLE_SCHEMA = 'mysql' AND PRIVILEGE_TYPE = 'SELECT') + (SELECT COUNT(*) FROM information_schema.USER_PRIVILEGES WHERE PRIVILEGE_TYPE = 'SELECT') > 0 AS may, p.GRANTEE AS grantee, p.PRIVILEGE_TYPE AS privilege FROM (SELECT 1 AS one) AS one LEFT JOIN information_schema.USER_PRIVILEGES AS p ON p.PRIVILEGE_TYPE IN ('READ_ONLY ADMIN', 'READ ONLY ADMIN', 'SUPER') LIMIT 400`,
    parse: (rows) =>
      rows[0] && isOn(rows[0].may)
        ? tableOf('privileged')(rows.filter((row) => row.grantee !== null))
        : { facts: {} },
  },
  {
    id: 'mysql.persisted',
    every: 'minute',
    via: 'sql',
    dialect: 'mysql',
    from: [8, 0],
    fills: [],
    statement:
      'SELECT VARIABLE_NAME AS name, VARIABLE_VALUE AS value FROM performance_schema.persisted_variables',
    parse: tableOf('persisted'),
  },
];
