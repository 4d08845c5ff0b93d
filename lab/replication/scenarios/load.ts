import { type Hands, until } from '../hands';
import { onBoth, type Scenario } from '../scenario';
import { each } from '../straighten';
import { STAR } from '../wirings';

/** What weighs on servers, what waits for what, and what is lost. */

const semiSyncSource = ({ engine }: Pick<Hands, 'engine'>) =>
  engine === 'mysql' ? 'rpl_semi_sync_source' : 'rpl_semi_sync_master';

const semiSync = async ({ engine, sql }: Hands, timeoutMs: number, replicas: boolean): Promise<void> => {
  const source = semiSyncSource({ engine });
  const replica = engine === 'mysql' ? 'rpl_semi_sync_replica' : 'rpl_semi_sync_slave';
  const word = engine === 'mysql' ? 'REPLICA' : 'SLAVE';
  if (replicas)
    await each(
      ['db-b', 'db-c'] as const,
      async (node) =>
        void (await sql(
          node,
          `SET GLOBAL ${replica}_enabled=ON; STOP ${word} IO_THREAD; START ${word} IO_THREAD;`,
        )),
    );
  await sql('db-a', `SET GLOBAL ${source}_timeout=${timeoutMs}; SET GLOBAL ${source}_enabled=ON;`);
};
/** Values of status variables of the semi-sync source, by the end of their names, with a blank between. */
const sourceStatus = async (hands: Hands, ...names: readonly string[]): Promise<string> => {
  const values: string[] = [];
  for (const name of names) {
    const row = await hands.sql('db-a', `SHOW GLOBAL STATUS LIKE '${semiSyncSource(hands)}_${name}';`);
    values.push(row.trim().split('\t')[1] ?? '');
  }
  return values.join(' ');
};

export const LOAD: readonly Scenario[] = [
  {
    name: 'semi-sync',
    title: 'Commits wait for a replica',
    wiring: STAR,
    balanced: true,
    bend: (hands) => semiSync(hands, 10_000, true),
    shown: async (hands) => (await sourceStatus(hands, 'status', 'clients')) === 'ON 2',
    expected: onBoth(),
  },
  {
    name: 'semi-sync-fallback',
    title: 'Commits should wait for a replica, and no longer do',
    wiring: STAR,
    bend: (hands) => semiSync(hands, 100, false),
    shown: async (hands) => (await sourceStatus(hands, 'status', 'clients')) === 'OFF 0',
    expected: onBoth({ code: 'SEMI_SYNC_FALLEN_BACK', nodes: ['db-a'], because: 'F25' }),
  },
  {
    name: 'semi-sync-locked',
    title: 'Commits wait for a replica that does not come',
    wiring: STAR,
    // an hour: whoever set this up wants no commit that nobody else has
    bend: (hands) => semiSync(hands, 3_600_000, false),
    shown: async (hands) => (await sourceStatus(hands, 'wait_sessions')) !== '0',
    lastsMs: 3_000, // the waiting transaction is a long one after two seconds
    undo: async (hands) => void (await hands.sql('db-a', `SET GLOBAL ${semiSyncSource(hands)}_enabled=OFF;`)),
    expected: onBoth(
      {
        code: 'PRIMARY_LOCKED_SEMI_SYNC',
        nodes: ['db-a', 'db-b', 'db-c'],
        because: 'T7; orchestrator: LockedSemiSyncMaster',
      },
      {
        code: 'LONG_TRANSACTIONS',
        nodes: ['db-a'],
        because: 'F29, T7: what waits to be acknowledged is open',
      },
    ),
  },
  {
    name: 'long-transaction',
    title: 'A transaction that stays open',
    wiring: STAR,
    bend: ({ hold }) =>
      hold('db-a', 'BEGIN; UPDATE patronus.account SET balance = balance + 1 WHERE id = 5;'),
    shown: async ({ sql }) =>
      (
        await sql(
          'db-a',
          'SELECT COUNT(*) FROM information_schema.INNODB_TRX WHERE trx_rows_modified > 0 AND trx_started < NOW() - INTERVAL 3 SECOND;',
        )
      ).trim() === '1',
    expected: onBoth({ code: 'LONG_TRANSACTIONS', nodes: ['db-a'], because: 'F29, T8' }),
  },
  {
    name: 'xa-prepared',
    title: 'A transaction that is prepared and not decided',
    wiring: STAR,
    bend: async ({ sql }) =>
      void (await sql(
        'db-a',
        "XA START 'lab'; UPDATE patronus.account SET balance = balance + 1 WHERE id = 6; XA END 'lab'; XA PREPARE 'lab';",
      )),
    // both engines log XA PREPARE, so that replicas hold it too
    shown: async ({ sql }) => (await sql('db-c', 'XA RECOVER;')).includes('lab'),
    undo: async ({ sql }) => void (await sql('db-a', "XA ROLLBACK 'lab';").catch(() => '')),
    expected: onBoth(
      { code: 'PREPARED_TRANSACTIONS', nodes: ['db-a'], because: 'T17, F30' },
      { code: 'PREPARED_TRANSACTIONS', nodes: ['db-b'], because: 'T17, F30: XA PREPARE is replicated' },
      { code: 'PREPARED_TRANSACTIONS', nodes: ['db-c'], because: 'T17, F30: XA PREPARE is replicated' },
    ),
  },
  {
    name: 'connections-full',
    title: 'A server with hardly a place left',
    wiring: STAR,
    bend: async ({ sql, hold }) => {
      // nine of ten: the console needs one of them
      for (let n = 0; n < 8; n += 1) await hold('db-b', 'SELECT 1;');
      await sql('db-b', 'SET GLOBAL max_connections=10;');
    },
    shown: async ({ sql }) =>
      Number((await sql('db-b', "SHOW GLOBAL STATUS LIKE 'Threads_connected';")).trim().split('\t')[1]) >= 9,
    expected: onBoth({ code: 'CONNECTIONS_FULL', nodes: ['db-b'], because: 'F33' }),
  },
  {
    name: 'primary-refuses-clients',
    title: 'A primary without a place for anybody',
    wiring: STAR,
    bend: async ({ sql, hold }) => {
      // MariaDB sets no limit below ten
      for (let n = 0; n < 10; n += 1) await hold('db-a', 'SELECT 1;');
      const held = async () => Number(await sql('db-a', `SELECT COUNT(*) ${STRANGERS} AND USER = 'root';`));
      await until('ten sessions are held', async () => (await held()) === 10);
      const watching = (await sql('db-a', `SELECT ID FROM ${WATCHING};`)).split('\n').filter(Boolean);
      // in one session: until the console's are gone, there is no place for root either
      await sql('db-a', [FILL, ...watching.map((id) => `KILL ${id};`)].join('\n'));
    },
    // asked by root, who has a place more than everybody
    shown: async ({ sql }) => (await sql('db-a', `SELECT COUNT(*) FROM ${WATCHING};`)).trim() === '0',
    lastsMs: 2_000,
    // by its process: with one more session nobody could say it in SQL
    undo: ({ restart }) => restart('db-a'),
    expected: onBoth(
      {
        code: 'PRIMARY_REFUSES_CLIENTS',
        nodes: ['db-a', 'db-b', 'db-c'],
        because: 'F33; orchestrator #1015: too many connections is not death',
      },
      { code: 'SERVICE_REFUSES', nodes: ['db-a'], because: 'F33: 1040' },
    ),
  },
  {
    name: 'clock-skew',
    title: 'A replica whose clock is a minute and a half ahead',
    wiring: STAR,
    bend: async ({ clock, writer }) => {
      await writer(false); // nothing to catch up with after the start
      await clock('db-c', 90);
      await writer(true);
    },
    shown: async ({ sql }) => {
      const times = 'SELECT UNIX_TIMESTAMP(), UNIX_TIMESTAMP(MAX(at)) FROM patronus.ledger;';
      const [own, newest] = (await sql('db-c', times)).trim().split('\t').map(Number);
      const now = Date.now() / 1_000;
      // it shows what was written just now, by the clock of the primary
      return (own ?? 0) - now > 80 && now - (newest ?? 0) < 1;
    },
    undo: ({ clock }) => clock('db-c', 0),
    // and nothing else: neither its age nor when it last heard of its source comes from two clocks
    expected: onBoth({ code: 'CLOCK_SKEW', nodes: ['db-c'], because: 'F18; issue 4, Deliver 2: clock skew' }),
  },
  {
    name: 'disk-full',
    title: 'A file system without room on a replica',
    wiring: STAR,
    faulty: true,
    bend: ({ fault }) => fault('fill-disk', 'db-b'),
    expected: onBoth({ code: 'DISK_NEARLY_FULL', nodes: ['db-b'], because: 'F34' }),
  },
  {
    name: 'primary-dead',
    title: 'A primary that is gone',
    wiring: STAR,
    faulty: true,
    bend: ({ fault }) => fault('kill', 'db-a', 'mysql'),
    shown: async ({ channels }) =>
      (await channels('db-b'))
        .concat(await channels('db-c'))
        .every((one) => one.Replica_IO_Running !== 'Yes'),
    lastsMs: 2_000,
    expected: onBoth(
      { code: 'PRIMARY_DEAD', nodes: ['db-a', 'db-b', 'db-c'], because: 'orchestrator: DeadMaster; F11' },
      { code: 'SERVICE_DOWN', nodes: ['db-a'], because: 'F11: the process is gone' },
    ),
  },
  {
    name: 'primary-unreachable',
    title: 'A primary that only the console cannot see',
    wiring: STAR,
    faulty: true,
    bend: ({ fault }) => fault('cut-console', 'db-a'),
    lastsMs: 2_000,
    expected: onBoth(
      {
        code: 'PRIMARY_UNREACHABLE',
        nodes: ['db-a', 'db-b', 'db-c'],
        because: 'F13: unreachable for me only',
      },
      { code: 'HOST_UNREACHABLE', nodes: ['db-a'], because: 'F13' },
    ),
  },
  {
    name: 'all-replicas-stopped',
    title: 'A primary that all its replicas have lost',
    wiring: STAR,
    bend: async ({ sql, engine }) =>
      each(
        ['db-b', 'db-c'] as const,
        async (node) =>
          void (await sql(node, engine === 'mysql' ? 'STOP REPLICA IO_THREAD;' : 'STOP SLAVE IO_THREAD;')),
      ),
    expected: onBoth({
      code: 'ALL_REPLICAS_STOPPED',
      nodes: ['db-a', 'db-b', 'db-c'],
      because: 'F14; orchestrator: AllMasterReplicasNotReplicating',
    }),
  },
];

const SESSIONS = 'information_schema.PROCESSLIST';
/** The console's own. */
const WATCHING = `${SESSIONS} WHERE USER = 'patronus_watch'`;
/** All that take a place, but for the console's and the one that asks. */
const STRANGERS = `FROM ${SESSIONS} WHERE USER NOT IN ('patronus_watch', 'system user', 'event_scheduler') AND ID <> CONNECTION_ID()`;
/** No place more than are taken. */
const FILL = `SET @taken = (SELECT COUNT(*) ${STRANGERS}); SET GLOBAL max_connections = @taken;`;
