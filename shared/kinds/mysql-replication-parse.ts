import type { Parsed, Row } from './kind';
import { isOn } from './mysql-parse';
import { toPort, unknown } from './parse-kit';

/** Rows are kept whole, as tables; the few facts here are what topology and cards need. */

/** A parser that keeps all rows under one name. */
export const tableOf =
  (name: string) =>
  (rows: readonly Row[]): Parsed => ({ facts: {}, tables: { [name]: rows } });

/** SHOW REPLICA STATUS, SHOW SLAVE STATUS, SHOW ALL SLAVES STATUS: one row a channel, no row for no replica. */
export function parseChannels(rows: readonly Row[]): Parsed {
  const found = rows.flatMap((row) => {
    const host = row.Source_Host ?? row.Master_Host ?? '';
    const port = toPort(row.Source_Port ?? row.Master_Port);
    return host === '' || port === null ? [] : [{ row, host, port }];
  });
  return {
    facts: {
      'mysql.sources': found.map(({ row, host, port }) => {
        const receiver = row.Replica_IO_Running ?? row.Slave_IO_Running ?? '?';
        const applier = row.Replica_SQL_Running ?? row.Slave_SQL_Running ?? '?';
        const channel = row.Channel_Name ?? row.Connection_name ?? '';
        return `${host}:${port} ${receiver}/${applier}${channel === '' ? '' : ` ${channel}`}`.slice(0, 300);
      }),
    },
    tables: { channels: rows },
    configured: found.map(({ host, port }) => ({
      origin: 'replication' as const,
      address: host.slice(0, 255),
      port,
      protocol: 'mysql',
      detail: 'replica of',
    })),
  };
}

export const parseCommits = tableOf('commits');
export const parseHeartbeat = tableOf('heartbeat');

/**
 * Sessions that pull this server's log. The statement always gives a row, which tells whether it can be known
 * (performance_schema on, PROCESS granted); only then is an empty list a statement of the server.
 */
export function parseDumps(rows: readonly Row[]): Parsed {
  const [first] = rows;
  if (!first || isOn(first.may) !== true)
    return { facts: { 'mysql.replicas': unknown('the account may not see other sessions (PROCESS)') } };
  const dumps = rows.filter((row) => row.peer !== null && row.peer !== undefined);
  return {
    facts: { 'mysql.replicas': dumps.map((row) => (row.peer ?? '').slice(0, 255)) },
    tables: { dumps },
  };
}
