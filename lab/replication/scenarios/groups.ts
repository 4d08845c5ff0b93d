import { inHost } from '../../engine/lab';
import { type Hands, until } from '../hands';
import type { Node, Scenario } from '../scenario';
import { each } from '../straighten';
import { GROUP } from '../wirings';

/** Servers that order their writes among themselves. */

export const GROUPS: readonly Scenario[] = [
  {
    name: 'group-replication',
    title: 'Three servers of one group',
    technology: 'group-replication',
    wiring: GROUP,
    bend: formGroup,
    // each by itself: one that is still being let in knows of three before the two others do
    shown: async (hands) => {
      for (const node of MEMBERS) if ((await onlineSeenBy(hands, node)) !== 3) return false;
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
    technology: 'galera',
    wiring: GROUP,
    bend: async (hands) => {
      await formGalera(hands, MEMBERS);
      await hands.writer(true);
    },
    shown: async (hands) => {
      for (const node of MEMBERS)
        if ((await galeraSeenBy(hands, node)) !== SYNCED || !(await hasWrites(hands, node))) return false;
      return true;
    },
    undo: (hands) => leaveGalera(hands, MEMBERS),
    expected: {
      mysql: { notHere: 'Galera is not in MySQL' },
      mariadb: [
        { code: 'GROUP_NOT_ASYNC', nodes: ['db-a', 'db-b', 'db-c'], because: 'issue 4, Deliver 3: Galera' },
      ],
    },
  },
  {
    name: 'galera-no-quorum',
    title: 'Two servers of a Galera cluster that have lost each other',
    technology: 'galera',
    wiring: { ...GROUP, members: { 'db-a': 'unknown', 'db-b': 'unknown' } },
    faulty: true,
    bend: async (hands) => {
      await formGalera(hands, PAIR);
      await hands.fault('cut', 'db-a', 'db-b');
      // one of two is no majority; they wait for evs.inactive_timeout before they say so, 15 s
      for (const node of PAIR)
        await until(`${node} is alone`, async () => (await galeraSeenBy(hands, node)) === ALONE, 60_000);
    },
    undo: (hands) => leaveGalera(hands, PAIR),
    expected: {
      mysql: { notHere: 'Galera is not in MySQL' },
      mariadb: [
        { code: 'GROUP_NOT_ASYNC', nodes: ['db-a', 'db-b'], because: 'issue 4, Deliver 3: Galera' },
        { code: 'GROUP_MEMBER_APART', nodes: ['db-a'], because: 'issue 4, Deliver 3: shown correctly' },
        { code: 'GROUP_MEMBER_APART', nodes: ['db-b'], because: 'issue 4, Deliver 3: shown correctly' },
      ],
    },
  },
];

const MEMBERS = ['db-a', 'db-b', 'db-c'] as const;
const PAIR = ['db-a', 'db-b'] as const;
const ONLINE =
  "SELECT COUNT(*) FROM performance_schema.replication_group_members WHERE MEMBER_STATE='ONLINE';";
/** How many members of its group are ready, as this one sees it. */
const onlineSeenBy = async ({ sql }: Hands, node: Node): Promise<number> =>
  Number((await sql(node, ONLINE)).trim());

const GROUP_NAME = '3f8c4c6e-0000-4000-8000-0000000000aa';

async function formGroup(hands: Hands): Promise<void> {
  const seeds = MEMBERS.map((node) => `${hands.address(node)}:33061`).join(',');
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

/** Status, size of its component and state of a member that is well. */
const SYNCED = 'Primary 3 Synced';
/** Of one that has lost the majority. */
const ALONE = 'non-Primary 1 Initialized';

async function galeraSeenBy({ sql }: Hands, node: Node): Promise<string> {
  const names = ['wsrep_cluster_status', 'wsrep_cluster_size', 'wsrep_local_state_comment'];
  const values: string[] = [];
  for (const name of names)
    values.push((await sql(node, `SHOW GLOBAL STATUS LIKE '${name}';`)).trim().split('\t')[1] ?? '');
  return values.join(' ');
}

const hasWrites = async ({ sql }: Hands, node: Node): Promise<boolean> =>
  (await sql(node, 'SELECT COUNT(*) > 0 FROM patronus.ledger;')).trim() === '1';

/**
 * What a member needs besides (MariaDB manual, "Configuring MariaDB Galera Cluster"). The first one founds the cluster
 * by an address without others. State is handed over by rsync, without TLS: that would need stunnel.
 */
const wsrep = (hands: Hands, node: Node, others: readonly Node[]): string => `read_only=OFF
innodb_autoinc_lock_mode=2
wsrep_on=ON
wsrep_provider=/usr/lib/galera/libgalera_smm.so
wsrep_provider_options='gcache.size=8M'
wsrep_cluster_name=patronus
wsrep_cluster_address=gcomm://${others.map(hands.address).join(',')}
wsrep_node_address=${hands.address(node)}
wsrep_sst_method=rsync
[sst]
ssl-mode=DISABLED`;

/** One after the other: who is handing its data over has no time for a second one. A server is up once it has them. */
async function formGalera(hands: Hands, members: readonly Node[]): Promise<void> {
  const config = (node: Node, others: readonly Node[]) => hands.config(node, wsrep(hands, node, others));
  await each(members, (node) => config(node, node === members[0] ? [] : members));
  for (const node of members) await hands.restart(node);
  await each(members.slice(0, 1), (node) => config(node, members));
}

/** Each alone again, with nothing that names the cluster: its next life is another one. */
async function leaveGalera(hands: Hands, members: readonly Node[]): Promise<void> {
  await hands.writer(false);
  await each(members, async (node) => {
    await hands.config(node, null);
    await hands.restart(node);
    const files = ['grastate.dat', 'gvwstate.dat', 'galera.cache'].map((name) => `/var/lib/mysql/${name}`);
    await inHost(hands.lab, node, ['rm', '-f', ...files]);
  });
}
