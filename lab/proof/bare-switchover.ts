/**
 * The statements of a planned switchover and nothing else: rows 10, 11 once, 12 once, 13, 15 and 16 of the procedure,
 * in sequence. No check, no journal, no undo: the least that any tool has to do, to measure the product against.
 */

/** Sends a statement to one server by one connection and gives the rows of its answer. */
export type Say = (statement: string) => Promise<readonly Readonly<Record<string, string | null>>[]>;

export interface Sides {
  engine: 'mysql' | 'mariadb';
  /** Stops taking writes. */
  from: Say;
  /** Starts taking them. */
  to: Say;
}

/** For which the new one may take to catch up. */
const CATCH_UP_SECONDS = 20;

const ROWS = {
  mysql: {
    freeze: 'SET GLOBAL super_read_only=1',
    // the console's own accounts, replication and the server itself stay
    sessions: `SELECT ID AS id FROM information_schema.PROCESSLIST WHERE ID <> CONNECTION_ID()
  AND COMMAND NOT IN ('Daemon', 'Binlog Dump', 'Binlog Dump GTID')
  AND USER NOT IN ('system user', 'event_scheduler', 'patronus_act', 'patronus_watch')`,
    kill: (id: string) => `KILL ${id}`,
    position: 'SELECT @@GLOBAL.gtid_executed AS position',
    wait: (position: string) =>
      `SELECT WAIT_FOR_EXECUTED_GTID_SET('${position}', ${CATCH_UP_SECONDS}) AS waited`,
    stop: 'STOP REPLICA',
    open: 'SET GLOBAL super_read_only=0, GLOBAL read_only=0',
  },
  mariadb: {
    freeze: 'SET GLOBAL read_only=1',
    sessions: `SELECT ID AS id FROM information_schema.PROCESSLIST WHERE ID <> CONNECTION_ID()
  AND COMMAND NOT IN ('Daemon', 'Binlog Dump', 'Slave_IO', 'Slave_SQL', 'Slave_worker')
  AND USER NOT IN ('system user', 'event_scheduler', 'patronus_act', 'patronus_watch')`,
    kill: (id: string) => `KILL SOFT CONNECTION ${id}`,
    position: 'SELECT @@GLOBAL.gtid_binlog_pos AS position',
    wait: (position: string) => `SELECT MASTER_GTID_WAIT('${position}', ${CATCH_UP_SECONDS}) AS waited`,
    stop: 'STOP SLAVE',
    open: 'SET GLOBAL read_only=0',
  },
} as const;

/** The rows in sequence. @throws Error when the new one did not catch up; the old one stays closed then. */
export async function bareSwitchover({ engine, from, to }: Sides): Promise<void> {
  const rows = ROWS[engine];
  await from(rows.freeze); // 10
  for (const { id } of await from(rows.sessions)) if (id) await from(rows.kill(id)).catch(gone); // 11
  const [row] = await from(rows.position); // 12
  const [answer] = await to(rows.wait((row?.position ?? '').replaceAll('\n', ''))); // 13
  if (answer?.waited !== '0') throw new Error(`the new one did not catch up: ${answer?.waited}`);
  await to(rows.stop); // 15
  await to(rows.open); // 16
}

/** ER_NO_SUCH_THREAD: it ended by itself. */
function gone(thrown: unknown): void {
  const { error } = thrown as { error?: { params?: { errno?: string } } };
  if (error?.params?.errno !== '1094') throw thrown;
}
