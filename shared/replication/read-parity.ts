import type { ServerReading } from './model';
import type { Rows } from './rows';

/** Variables that servers which may change places need alike. */
const PARITY = [
  'binlog_format',
  'binlog_row_image',
  'sql_mode',
  'time_zone',
  'system_time_zone',
  'character_set_server',
  'collation_server',
  'lower_case_table_names',
  'default_storage_engine',
  'transaction_isolation',
  'tx_isolation',
  'innodb_buffer_pool_size',
  'innodb_flush_log_at_trx_commit',
  'sync_binlog',
  'max_connections',
  'max_allowed_packet',
  'explicit_defaults_for_timestamp',
  'gtid_mode',
  'gtid_strict_mode',
  'gtid_domain_id',
  'event_scheduler',
] as const;

export function parityOf(rows: Rows): ServerReading['parity'] {
  if (rows.all('variables') === null) return null;
  return Object.fromEntries(
    PARITY.flatMap((name) => {
      const value = rows.named('variables', name);
      return value === null ? [] : [[name, value]];
    }),
  );
}
