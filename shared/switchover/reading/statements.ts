/**
 * What the acting account asks a server before a switchover. Each statement may be refused by itself; what it needs
 * is named beside it where that is more than a login.
 */

/** Both dialects, and no right at all. */
export const ABOUT =
  'SELECT CURRENT_USER() AS account, VERSION() AS version, @@GLOBAL.hostname AS hostname, @@GLOBAL.read_only AS read_only, @@GLOBAL.event_scheduler AS scheduler';

/** WHERE leaves out what a version does not have. */
export const VARIABLES = `SHOW GLOBAL VARIABLES WHERE Variable_name IN ('super_read_only', 'pid_file', 'rpl_semi_sync_source_enabled', 'rpl_semi_sync_replica_enabled', 'rpl_semi_sync_source_wait_for_replica_count', 'rpl_semi_sync_master_enabled', 'rpl_semi_sync_slave_enabled', 'rpl_semi_sync_master_wait_for_slave_count')`;
export const COUNTERS = `SHOW GLOBAL STATUS WHERE Variable_name IN ('Rpl_semi_sync_source_clients', 'Rpl_semi_sync_master_clients')`;

export const GRANTS = 'SHOW GRANTS';

/** EVENT on *.*: without it the list is empty and says nothing. */
export const EVENTS =
  'SELECT EVENT_SCHEMA AS db, EVENT_NAME AS name, DEFINER AS definer, STATUS AS status, SQL_MODE AS sql_mode, TIME_ZONE AS time_zone, CHARACTER_SET_CLIENT AS charset, COLLATION_CONNECTION AS collation FROM information_schema.EVENTS ORDER BY EVENT_SCHEMA, EVENT_NAME';

/** PROCESS. */
export const TRANSACTIONS =
  'SELECT t.trx_mysql_thread_id AS id, TIMESTAMPDIFF(SECOND, t.trx_started, NOW()) AS seconds, p.USER AS user FROM information_schema.INNODB_TRX AS t JOIN information_schema.PROCESSLIST AS p ON p.ID = t.trx_mysql_thread_id WHERE p.ID <> CONNECTION_ID() ORDER BY t.trx_started';

export const MYSQL = {
  /** REPLICATION CLIENT. */
  channels: 'SHOW REPLICA STATUS',
  /** SELECT on performance_schema, as the next three. */
  connections: 'SELECT * FROM performance_schema.replication_connection_configuration',
  appliers: 'SELECT CHANNEL_NAME, DESIRED_DELAY FROM performance_schema.replication_applier_configuration',
  persisted:
    "SELECT VARIABLE_NAME AS name, VARIABLE_VALUE AS value FROM performance_schema.persisted_variables WHERE VARIABLE_NAME IN ('read_only', 'super_read_only')",
  /**
   * LOCK TABLES … READ and … WRITE, FLUSH TABLES WITH READ LOCK. Joined to the instrument that records them: one
   * that is off lists none, whoever holds what.
   */
  locks:
    "SELECT i.ENABLED AS told, t.PROCESSLIST_ID AS id, t.PROCESSLIST_USER AS user, m.OBJECT_SCHEMA AS db, m.OBJECT_NAME AS name FROM performance_schema.setup_instruments AS i LEFT JOIN (performance_schema.metadata_locks AS m JOIN performance_schema.threads AS t ON t.THREAD_ID = m.OWNER_THREAD_ID) ON m.LOCK_STATUS = 'GRANTED' AND ((m.OBJECT_TYPE = 'TABLE' AND m.LOCK_TYPE IN ('SHARED_NO_READ_WRITE', 'SHARED_READ_ONLY', 'SHARED_NO_WRITE', 'EXCLUSIVE')) OR (m.OBJECT_TYPE = 'GLOBAL' AND m.LOCK_TYPE = 'SHARED')) WHERE i.NAME = 'wait/lock/metadata/sql/mdl'",
  /** XA_RECOVER_ADMIN. */
  prepared: 'XA RECOVER CONVERT XID',
  position: 'SELECT @@GLOBAL.gtid_executed AS position',
} as const;

export const MARIADB = {
  /** REPLICA MONITOR. */
  channels: 'SHOW ALL SLAVES STATUS',
  /** The plugin METADATA_LOCK_INFO, and PROCESS for the names of the holders. */
  locks:
    "SELECT 'YES' AS told, m.THREAD_ID AS id, p.USER AS user, m.TABLE_SCHEMA AS db, m.TABLE_NAME AS name FROM (SELECT 1 AS one) AS one LEFT JOIN information_schema.METADATA_LOCK_INFO AS m ON m.LOCK_MODE IN ('MDL_SHARED_NO_READ_WRITE', 'MDL_SHARED_READ_ONLY', 'MDL_SHARED_NO_WRITE', 'MDL_EXCLUSIVE', 'MDL_BACKUP_FTWRL1', 'MDL_BACKUP_FTWRL2') LEFT JOIN information_schema.PROCESSLIST AS p ON p.ID = m.THREAD_ID",
  /** SELECT on mysql.global_priv. The hash in the same column stays on the server. */
  accounts:
    "SELECT User AS user, Host AS host, JSON_VALUE(Priv, '$.access') AS access, JSON_VALUE(Priv, '$.version_id') AS version_id, JSON_VALUE(Priv, '$.account_locked') AS locked, JSON_VALUE(Priv, '$.is_role') AS is_role FROM mysql.global_priv",
  /** SELECT on mysql.roles_mapping. */
  roles: 'SELECT User AS user, Host AS host, Role AS role FROM mysql.roles_mapping',
  prepared: "XA RECOVER FORMAT='SQL'",
  position: 'SELECT @@GLOBAL.gtid_binlog_pos AS position, @@GLOBAL.gtid_binlog_state AS state',
} as const;
