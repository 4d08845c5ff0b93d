import { type Hands, until } from '../hands';
import { type Node, onBoth, type Scenario } from '../scenario';
import { each } from '../straighten';
import { GROUP, STAR } from '../wirings';

/** What weighs on servers, what waits for what, and what is lost. */

const semiSync = async ({ engine, sql }: Hands, timeoutMs: number, replicas: boolean): Promise<void> => {
  const [source, replica] =
    engine === 'mysql'
      ? (['rpl_semi_sync_source', 'rpl_semi_sync_replica'] as const)
      : (['rpl_semi_sync_master', 'rpl_semi_sync_slave'] as const);
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
const sourceStatus = async ({ engine, sql }: Hands): Promise<string> => {
  const name = engine === 'mysql' ? 'Rpl_semi_sync_source' : 'Rpl_semi_sync_master';
  const rows = await sql(
    'db-a',
    `SHOW GLOBAL STATUS LIKE '${name}_status'; SHOW GLOBAL STATUS LIKE '${name}_clients';`,
  );
  return rows
    .trim()
    .split('\n')
    .map((row) => row.split('\t')[1])
    .join(' ');
};

export const LOAD: readonly Scenario[] = [
  {
    name: 'semi-sync',
    title: 'Commits wait for a replica',
    wiring: STAR,
    balanced: true,
    bend: (hands) => semiSync(hands, 10_000, true),
    shown: async (hands) => (await sourceStatus(hands)) === 'ON 2',
    expected: onBoth(),
  },
  {
    name: 'semi-sync-fallback',
    title: 'Commits should wait for a replica, and no longer do',
    wiring: STAR,
    bend: (hands) => semiSync(hands, 100, false),
    shown: async (hands) => (await sourceStatus(hands)) === 'OFF 0',
    expected: onBoth({ code: 'SEMI_SYNC_FALLEN_BACK', nodes: ['db-a'], because: 'F25' }),
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
  {
    name: 'group-replication',
    title: 'Three servers of one group',
    wiring: GROUP,
    bend: formGroup,
    // each by itself: one that is still being let in knows of three before the two others do
    shown: async (hands) => {
      for (const node of GROUP_NODES) if ((await onlineSeenBy(hands, node)) !== 3) return false;
      return true;
    },
    undo: async ({ sql }) =>
      each(
        ['db-c', 'db-b', 'db-a'] as const,
        async (node) =>
          void (await sql(node, 'STOP GROUP_REPLICATION; UNINSTALL PLUGIN group_replication;').catch(
            () => '',
          )),
      ),
    expected: {
      mysql: [
        { code: 'GROUP_NOT_ASYNC', nodes: ['db-a', 'db-b', 'db-c'], because: 'issue 4, Deliver 3: groups' },
      ],
      mariadb: { notHere: 'MariaDB has Galera in its place' },
    },
  },
  {
    name: 'galera',
    title: 'Three servers of one Galera cluster',
    wiring: GROUP,
    expected: {
      mysql: { notHere: 'Galera is not in MySQL' },
      mariadb: {
        notHere: 'not made yet: the three have to start anew with wsrep, and one to hand its data over',
      },
    },
  },
];

const GROUP_NODES = ['db-a', 'db-b', 'db-c'] as const;
const ONLINE =
  "SELECT COUNT(*) FROM performance_schema.replication_group_members WHERE MEMBER_STATE='ONLINE';";
/** How many members of its group are ready, as this one sees it. */
const onlineSeenBy = async ({ sql }: Hands, node: Node): Promise<number> =>
  Number((await sql(node, ONLINE)).trim());

const GROUP_NAME = '3f8c4c6e-0000-4000-8000-0000000000aa';

async function formGroup(hands: Hands): Promise<void> {
  const seeds = GROUP_NODES.map((node) => `${hands.address(node)}:33061`).join(',');
  const password = await hands.password();
  const join = (node: Node, start: string) => `SET sql_log_bin=0;
SET GLOBAL super_read_only=OFF, GLOBAL read_only=OFF;
INSTALL PLUGIN group_replication SONAME 'group_replication.so';
SET GLOBAL group_replication_group_name='${GROUP_NAME}', GLOBAL group_replication_local_address='${hands.address(node)}:33061',
  GLOBAL group_replication_group_seeds='${seeds}', GLOBAL group_replication_ip_allowlist='10.0.0.0/16', GLOBAL group_replication_ssl_mode='REQUIRED',
  GLOBAL group_replication_recovery_use_ssl=ON;
CHANGE REPLICATION SOURCE TO SOURCE_USER='repl', SOURCE_PASSWORD='${password}' FOR CHANNEL 'group_replication_recovery';
${start}`;
  await hands.sql(
    'db-a',
    join(
      'db-a',
      'SET GLOBAL group_replication_bootstrap_group=ON; START GROUP_REPLICATION; SET GLOBAL group_replication_bootstrap_group=OFF;',
    ),
  );
  // one after the other: a member that recovers while another one joins may fail to, on a busy machine
  for (const [members, node] of [
    [2, 'db-b'],
    [3, 'db-c'],
  ] as const) {
    await hands.sql(node, join(node, 'START GROUP_REPLICATION;'));
    await until(
      `${node} is a member of the group`,
      async () => (await onlineSeenBy(hands, 'db-a')) === members,
      60_000,
    );
  }
}
