import { accountStatements, FROM, replicationAccounts } from '../../access/sql-accounts';
import { type Hands, until } from '../hands';
import { onBoth, type Scenario } from '../scenario';
import { each } from '../straighten';
import { STAR } from '../wirings';

/** How servers and channels are set up. */

const words = ({ engine }: Hands) =>
  engine === 'mysql'
    ? { stop: 'STOP REPLICA', start: 'START REPLICA' }
    : { stop: 'STOP SLAVE', start: 'START SLAVE' };

/** Lines for the next start, and that start. */
const restarted = (lines: string): Pick<Scenario, 'bend' | 'undo'> => ({
  bend: async ({ config, restart }) => {
    await config('db-c', lines);
    await restart('db-c');
  },
  undo: async ({ config, restart }) => {
    await config('db-c', null);
    await restart('db-c');
  },
});
const back = async ({ channels }: Hands) => {
  const [channel] = await channels('db-c');
  return channel?.Replica_IO_Running === 'Yes' && channel.Replica_SQL_Running === 'Yes';
};

/** An account sees events only where it holds EVENT, the right to make them too; without it they are unknown. */
const onEvents = (verb: 'GRANT' | 'REVOKE', to: 'TO' | 'FROM') =>
  FROM.map((from) => `${verb} EVENT ON *.* ${to} patronus_watch@'${from}';`).join('\n');

export const SETTINGS: readonly Scenario[] = [
  {
    name: 'filtered',
    title: 'A replica that leaves out a table',
    wiring: STAR,
    bend: async (hands) => {
      const { stop, start } = words(hands);
      const filter =
        hands.engine === 'mysql'
          ? 'CHANGE REPLICATION FILTER REPLICATE_IGNORE_TABLE=(patronus.note)'
          : "SET GLOBAL replicate_ignore_table='patronus.note'";
      await hands.sql('db-c', `${stop}; ${filter}; ${start};`);
    },
    shown: back,
    expected: onBoth({ code: 'FILTERED', nodes: ['db-c'], because: 'F32' }),
  },
  {
    name: 'replica-writable',
    title: 'A replica that is open for writes',
    wiring: STAR,
    bend: async ({ sql, say }) => void (await sql('db-b', say.open)),
    expected: onBoth({ code: 'REPLICA_WRITABLE', nodes: ['db-b'], because: 'T5, T3' }),
  },
  {
    name: 'replica-writable-after-restart',
    title: 'A replica whose configuration would open it',
    wiring: STAR,
    bend: ({ config, engine }) =>
      config('db-b', `read_only=OFF${engine === 'mysql' ? '\nsuper_read_only=OFF' : ''}`),
    undo: ({ config }) => config('db-b', null),
    expected: onBoth({ code: 'REPLICA_WRITABLE_AFTER_RESTART', nodes: ['db-b'], because: 'T5, F31' }),
  },
  {
    name: 'primary-read-only',
    title: 'Nobody takes writes',
    wiring: STAR,
    bend: async ({ sql, say }) => void (await sql('db-a', say.close)),
    expected: onBoth({
      code: 'NO_PRIMARY_WRITABLE',
      nodes: ['db-a'],
      because: 'orchestrator: NoWriteableMasterStructureWarning',
    }),
  },
  {
    name: 'will-give-up',
    title: 'A replica that gives up after ten seconds',
    wiring: STAR,
    bend: async (hands) => {
      const { stop, start } = words(hands);
      await hands.sql('db-c', `${stop}; CHANGE REPLICATION SOURCE TO SOURCE_RETRY_COUNT=10; ${start};`);
    },
    shown: back,
    expected: {
      mysql: [{ code: 'WILL_GIVE_UP', nodes: ['db-c'], because: '2c row 18: 10 retries of the 9.7 default' }],
      mariadb: { notHere: 'master_retry_count is an option of the server there, 100 000 by default' },
    },
  },
  {
    name: 'not-logging-replicated',
    title: 'A replica that does not log what it applies',
    wiring: STAR,
    ...restarted('log_slave_updates=OFF'),
    shown: back,
    lastsMs: 1_500, // it catches up
    expected: onBoth({
      code: 'NOT_LOGGING_REPLICATED',
      nodes: ['db-c'],
      because: 'F32: log_slave_updates off',
    }),
  },
  {
    name: 'duplicate-server-id',
    title: 'Two replicas with one server id',
    wiring: STAR,
    bend: async ({ sql }) => {
      const id = (await sql('db-b', 'SELECT @@server_id;')).trim();
      await sql('db-c', `SET GLOBAL server_id=${id};`);
    },
    undo: async ({ sql, address }) =>
      void (await sql('db-c', `SET GLOBAL server_id=${address('db-c').replaceAll('.', '')};`)),
    expected: onBoth({ code: 'DUPLICATE_SERVER_ID', nodes: ['db-b', 'db-c'], because: 'F32' }),
  },
  {
    name: 'not-durable',
    title: 'A primary that acknowledges before it is on disk',
    wiring: STAR,
    bend: async ({ sql }) => void (await sql('db-a', 'SET GLOBAL sync_binlog=0;')),
    expected: onBoth({ code: 'NOT_DURABLE', nodes: ['db-a'], because: '2c row 5; PMM sync_binlog' }),
  },
  {
    name: 'overlooks-errors',
    title: 'A replica that passes over conflicts',
    wiring: STAR,
    bend: async (hands) => {
      const { stop, start } = words(hands);
      const mode = hands.engine === 'mysql' ? 'replica_exec_mode' : 'slave_exec_mode';
      await hands.sql('db-c', `${stop}; SET GLOBAL ${mode}='IDEMPOTENT'; ${start};`);
    },
    shown: back,
    expected: onBoth({ code: 'OVERLOOKS_ERRORS', nodes: ['db-c'], because: 'T15: IDEMPOTENT' }),
  },
  {
    name: 'repl-login-fails',
    title: 'A future primary that would not let its replicas in',
    wiring: STAR,
    bend: ({ unlogged }) => unlogged('db-b', "DROP USER repl@'10.%';"),
    undo: async ({ unlogged, lab, engine }) =>
      unlogged('db-b', await accountStatements(lab, replicationAccounts(engine))),
    expected: onBoth({ code: 'REPLICATION_LOGIN', nodes: ['db-b'], because: 'T12' }),
  },
  {
    name: 'events-on-replica',
    title: 'A replica whose own clock runs statements',
    wiring: STAR,
    // a session keeps the rights it began with: before the console comes
    before: ({ unlogged }) =>
      each(['db-a', 'db-b', 'db-c'] as const, (node) => unlogged(node, onEvents('GRANT', 'TO'))),
    bend: async ({ sql, unlogged, engine }) => {
      await sql(
        'db-a',
        'CREATE EVENT patronus.nightly ON SCHEDULE EVERY 1 DAY STARTS NOW() + INTERVAL 1 DAY DO DO 1;',
      );
      const there = "SELECT COUNT(*) FROM information_schema.EVENTS WHERE EVENT_NAME = 'nightly';";
      await until('the event is on the replica', async () => (await sql('db-b', there)).trim() === '1');
      const scheduler = engine === 'mariadb' ? ' SET GLOBAL event_scheduler=ON;' : '';
      await unlogged('db-b', `ALTER EVENT patronus.nightly ENABLE;${scheduler}`);
    },
    undo: ({ unlogged }) =>
      each(['db-a', 'db-b', 'db-c'] as const, (node) => unlogged(node, onEvents('REVOKE', 'FROM'))),
    expected: onBoth({ code: 'EVENTS_ENABLED_ON_REPLICA', nodes: ['db-b'], because: '2c row 7' }),
  },
];
