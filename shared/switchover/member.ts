import type { SqlCommand } from '../runbook/command';
import { LOCK_WAIT_SECONDS, sql, text } from './commands';
import type { ChannelConfiguration, MemberReading } from './readings';

/** What both dialects have under different names. */

export const isMysql = ({ dialect }: Pick<MemberReading, 'dialect'>): boolean => dialect === 'mysql';

/** Is the version at least this one? Compared as numbers: "8.0.5" is before "8.0.14". */
export function atLeast({ version }: Pick<MemberReading, 'version'>, ...wanted: number[]): boolean {
  for (const [index, want] of wanted.entries()) {
    const have = version[index] ?? 0;
    if (have !== want) return have > want;
  }
  return true;
}

/** The channel by which a member follows; one is all that a plan allows. */
export const channelOf = ({ channels }: MemberReading): ChannelConfiguration | null => channels?.[0] ?? null;

/** Bounds every wait of a session and keeps what it does out of the log: nothing that a plan changes is for replicas. */
export function sessionOf(member: MemberReading): string[] {
  const unlimited = isMysql(member) ? 'max_execution_time = 0' : 'max_statement_time = 0';
  return [
    `SET SESSION lock_wait_timeout = ${LOCK_WAIT_SECONDS}, wait_timeout = 28800, ${unlimited}, sql_log_bin = 0, time_zone = 'SYSTEM', sql_mode = 'STRICT_TRANS_TABLES', ${AT_HOME}`,
  ];
}
/** The session's character set between events: what the driver speaks. */
export const AT_HOME = "character_set_client = 'utf8mb4', collation_connection = 'utf8mb4_general_ci'";

/** A name between backticks: right in every sql_mode. */
export const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``;
/** "user@host" as the server prints it: the host is what stands after the last @. */
export function quotedAccount(account: string): string {
  const at = account.lastIndexOf('@');
  return at < 0 ? quoted(account) : `${quoted(account.slice(0, at))}@${quoted(account.slice(at + 1))}`;
}

/** Semi-sync's variables: MySQL 8.0.26 renamed them, MariaDB keeps the old words. */
export const semiSyncNames = (member: MemberReading) =>
  isMysql(member)
    ? { source: 'rpl_semi_sync_source_enabled', replica: 'rpl_semi_sync_replica_enabled' }
    : { source: 'rpl_semi_sync_master_enabled', replica: 'rpl_semi_sync_slave_enabled' };

/** All that may change of a server's variables, in one statement. */
export function variables(node: string, member: MemberReading): SqlCommand {
  const semi = semiSyncNames(member);
  const columns = [
    '@@GLOBAL.read_only AS read_only',
    ...(isMysql(member) ? ['@@GLOBAL.super_read_only AS super_read_only'] : []),
    ...(member.semiSync
      ? [`@@GLOBAL.${semi.source} AS semi_sync_source`, `@@GLOBAL.${semi.replica} AS semi_sync_replica`]
      : []),
  ];
  return sql(node, `SELECT ${columns.join(', ')}`);
}

/** The channel as it stands: MySQL says address and threads in one row, MariaDB in columns of its own. */
export function channelStatus(node: string, member: MemberReading, channel: string): SqlCommand {
  if (!isMysql(member)) return sql(node, 'SHOW ALL SLAVES STATUS');
  return sql(
    node,
    "SELECT CONCAT(c.HOST, ':', c.PORT) AS source, IF(s.SERVICE_STATE = 'OFF', 'off', 'on') AS receiver, s.SERVICE_STATE AS receiving, IF(a.SERVICE_STATE = 'OFF', 'off', 'on') AS applier FROM performance_schema.replication_connection_configuration c JOIN performance_schema.replication_connection_status s USING (CHANNEL_NAME) JOIN performance_schema.replication_applier_status a USING (CHANNEL_NAME) WHERE c.CHANNEL_NAME = ?",
    [text(channel)],
  );
}
