import type { Row } from '../kinds/kind';
import { toPort } from '../kinds/parse-kit';
import type { Channel, ThreadError, ThreadState } from './model';
import { cell, digitsOf, filled, numberOf, type Rows, timeOf, truthOf, wholeOf } from './rows';

/**
 * The channels of a server: one row of SHOW REPLICA STATUS, SHOW SLAVE STATUS or SHOW ALL SLAVES STATUS each,
 * with what performance_schema adds. The three differ in the words "source" and "master", "replica" and
 * "slave"; each column is looked for by both. null: the server did not say, which is not "none".
 */
export function channelsOf(rows: Rows, clockOffsetMs: number | null): Channel[] | null {
  const channels = rows.all('channels');
  // A status that names no source in words that are known here says nothing: least of all "follows nobody".
  if (channels === null || channels.some((row) => hostOf(row) === null)) return null;
  const named = (table: string, name: string) =>
    rows.all(table)?.find((row) => (cell(row, 'channel', 'CHANNEL_NAME') ?? '') === name);
  return channels
    .filter((row) => filled(hostOf(row)) !== null && !isOfGroup(row))
    .map((row) => {
      const name = cell(row, 'Channel_Name', 'Connection_name') ?? '';
      return channelOf(row, name, named('commits', name), named('connections', name), clockOffsetMs);
    });
}

const hostOf = (row: Row) => cell(row, 'Source_Host', 'Master_Host');
/** A group's own channels name no source (MySQL manual, "Group Replication"). */
const isOfGroup = (row: Row) =>
  /^group_replication_(applier|recovery)$/.test(cell(row, 'Channel_Name') ?? '') || hostOf(row) === '<NULL>';

function channelOf(
  row: Row,
  name: string,
  commits: Row | undefined,
  connection: Row | undefined,
  clockOffsetMs: number | null,
): Channel {
  const of = (...columns: string[]) => cell(row, ...columns);
  const commit = (column: string) => timeOf(commits ? cell(commits, column) : null);
  const more = (column: string) => (connection ? cell(connection, column) : null);
  return {
    name,
    source: {
      host: filled(of('Source_Host', 'Master_Host')),
      port: toPort(of('Source_Port', 'Master_Port')),
      user: filled(of('Source_User', 'Master_User')),
      uuid: filled(of('Source_UUID', 'Master_UUID'))?.toLowerCase() ?? null,
      // 0 until the source was reached for the first time
      serverId: nonZero(digitsOf(of('Source_Server_Id', 'Master_Server_Id'))),
    },
    receiver: stateOf(of('Replica_IO_Running', 'Slave_IO_Running')),
    applier: stateOf(of('Replica_SQL_Running', 'Slave_SQL_Running')),
    receiverError: errorOf(of('Last_IO_Errno'), of('Last_IO_Error'), of('Last_IO_Error_Timestamp')),
    applierError: applierErrorOf(row, commits),
    positioning: positioningOf(row),
    received: filled(of('Retrieved_Gtid_Set', 'Gtid_IO_Pos'))?.replaceAll(/\s+/g, '') ?? emptyOf(row),
    read: filePosition(
      of('Source_Log_File', 'Master_Log_File'),
      of('Read_Source_Log_Pos', 'Read_Master_Log_Pos'),
    ),
    executed: filePosition(
      of('Relay_Source_Log_File', 'Relay_Master_Log_File'),
      of('Exec_Source_Log_Pos', 'Exec_Master_Log_Pos'),
    ),
    delaySeconds: wholeOf(of('SQL_Delay')),
    filters: filtersOf(row),
    tls: {
      on: truthOf(of('Source_SSL_Allowed', 'Master_SSL_Allowed')),
      verify: truthOf(of('Source_SSL_Verify_Server_Cert', 'Master_SSL_Verify_Server_Cert')),
      publicKey:
        filled(of('Source_public_key_path', 'Master_public_key_path')) !== null ||
        truthOf(of('Get_Source_public_key', 'Get_master_public_key')),
    },
    retry: {
      everySeconds: wholeOf(of('Connect_Retry')),
      times: digitsOf(of('Source_Retry_Count', 'Master_Retry_Count')),
    },
    heartbeatSeconds: numberOf(more('HEARTBEAT_INTERVAL') ?? of('Slave_heartbeat_period')),
    secondsBehind: wholeOf(of('Seconds_Behind_Source', 'Seconds_Behind_Master')),
    commits: { received: commit('received'), applied: commit('applied'), applying: commit('applying') },
    // While a transaction is on its way nothing else tells that its source is heard.
    lastHeard:
      commit('queueing') === null ? lastHeardOf(commit('heartbeat'), commit('queued'), clockOffsetMs) : null,
    heartbeats: digitsOf(of('Slave_received_heartbeats')),
    failedAt: consoleTime(commit('failed'), clockOffsetMs),
    relayBytes: digitsOf(of('Relay_Log_Space')),
  };
}

const nonZero = (digits: string | null) => (digits === '0' ? null : digits);

/** "Preparing" (MariaDB) is on its way to a connection; whatever is not known is unknown. */
function stateOf(text: string | null): ThreadState | null {
  switch (text?.toLowerCase()) {
    case 'yes':
    case 'on':
      return 'on';
    case 'connecting':
    case 'preparing':
      return 'connecting';
    case 'no':
    case 'off':
      return 'off';
    default:
      return null;
  }
}

function errorOf(number: string | null, text: string | null, at: string | null): ThreadError | null {
  const value = wholeOf(number);
  return value === null || value === 0 ? null : { number: value, text: text ?? '', at: filled(at) };
}

/** With several workers the status only points to performance_schema, where the worker's own words are. */
function applierErrorOf(row: Row, commits: Row | undefined): ThreadError | null {
  const own = errorOf(
    cell(row, 'Last_SQL_Errno'),
    cell(row, 'Last_SQL_Error'),
    cell(row, 'Last_SQL_Error_Timestamp'),
  );
  const worker = commits && errorOf(cell(commits, 'errno'), cell(commits, 'error'), null);
  return own && worker && worker.number === own.number ? { ...own, text: worker.text } : own;
}

function positioningOf(row: Row): Channel['positioning'] {
  const auto = cell(row, 'Auto_Position');
  if (auto !== null) return auto === '1' ? 'auto' : auto === '0' ? 'file' : null;
  switch (cell(row, 'Using_Gtid')?.toLowerCase()) {
    case 'slave_pos':
      return 'slave-pos';
    case 'current_pos':
      return 'current-pos';
    case 'no':
      return 'file';
    default:
      return null;
  }
}

/** A column that is there and empty says that nothing was received yet. */
const emptyOf = (row: Row): string | null =>
  cell(row, 'Retrieved_Gtid_Set', 'Gtid_IO_Pos') === '' ? '' : null;

function filePosition(file: string | null, position: string | null): Channel['read'] {
  const digits = digitsOf(position);
  return filled(file) === null || file === null || digits === null ? null : { file, position: digits };
}

const FILTERS: Readonly<Record<string, string>> = {
  Replicate_Do_DB: 'do-db',
  Replicate_Ignore_DB: 'ignore-db',
  Replicate_Do_Table: 'do-table',
  Replicate_Ignore_Table: 'ignore-table',
  Replicate_Wild_Do_Table: 'wild-do-table',
  Replicate_Wild_Ignore_Table: 'wild-ignore-table',
  Replicate_Rewrite_DB: 'rewrite-db',
  Replicate_Do_Domain_Ids: 'do-domain-ids',
  Replicate_Ignore_Domain_Ids: 'ignore-domain-ids',
  Replicate_Ignore_Server_Ids: 'ignore-server-ids',
};

/** null when the status shows none of the columns: then nobody knows whether something is filtered. */
function filtersOf(row: Row): string[] | null {
  const shown = Object.entries(FILTERS).filter(([column]) => cell(row, column) !== null);
  if (shown.length === 0) return null;
  return shown.flatMap(([column, name]) => {
    const value = filled(cell(row, column));
    return value === null ? [] : [`${name}=${value}`];
  });
}

/** Times are the replica's clock; the console's is what everything else is told in. Without the difference: unknown. */
function lastHeardOf(
  heartbeat: number | null,
  queued: number | null,
  clockOffsetMs: number | null,
): number | null {
  const newest = Math.max(heartbeat ?? 0, queued ?? 0);
  return newest === 0 || clockOffsetMs === null ? null : newest - clockOffsetMs;
}

/** The replica's clock as the console's. */
const consoleTime = (at: number | null, clockOffsetMs: number | null): number | null =>
  at === null ? null : at - (clockOffsetMs ?? 0);
