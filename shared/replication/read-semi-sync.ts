import type { SemiSync } from './model';
import { digitsOf, type Rows, truthOf, wholeOf } from './rows';

/**
 * Both sides of semi-synchronous replication. The words changed from master/slave to source/replica with
 * MySQL 8.0.26, by plugin; MariaDB keeps the old ones. Without the plugin the variables are not there: unknown,
 * except that then nobody can wait: `enabled` is false when the server told its variables and has none of them.
 */
export function semiSyncOf(rows: Rows): SemiSync {
  const told = rows.all('variables') !== null;
  const variable = (name: string) =>
    rows.named('variables', `rpl_semi_sync_source_${name}`, `rpl_semi_sync_master_${name}`);
  const status = (name: string) =>
    rows.named('status', `Rpl_semi_sync_source_${name}`, `Rpl_semi_sync_master_${name}`);
  const or = (value: boolean | null) => value ?? (told ? false : null);
  const sourceEnabled = or(truthOf(variable('enabled')));
  const replicaEnabled = or(
    truthOf(rows.named('variables', 'rpl_semi_sync_replica_enabled', 'rpl_semi_sync_slave_enabled')),
  );
  // What is switched on and tells no status may be active or not.
  const active = (enabled: boolean | null, value: boolean | null) =>
    value ?? (enabled === false ? false : null);
  return {
    source: {
      enabled: sourceEnabled,
      active: active(sourceEnabled, truthOf(status('status'))),
      clients: wholeOf(status('clients')),
      // MariaDB always waits for one.
      needed:
        wholeOf(variable('wait_for_replica_count') ?? variable('wait_for_slave_count')) ?? (told ? 1 : null),
      timeoutMs: wholeOf(variable('timeout')),
      waitPoint: variable('wait_point'),
      waiting: wholeOf(status('wait_sessions')),
      unacknowledged: digitsOf(status('no_tx')),
    },
    replica: {
      enabled: replicaEnabled,
      active: active(
        replicaEnabled,
        truthOf(rows.named('status', 'Rpl_semi_sync_replica_status', 'Rpl_semi_sync_slave_status')),
      ),
    },
  };
}
