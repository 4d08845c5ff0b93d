import { FROM } from '../../access/sql-accounts';
import type { Hands } from '../hands';
import { type Expected, type Node, onBoth, type Scenario } from '../scenario';
import { each } from '../straighten';
import { CHAIN, STAR } from '../wirings';
import { shows } from './threads';

/** Who has which transactions, and how old what is shown is. */

const ROGUE = "INSERT INTO patronus.account VALUES (9003, 'written on a replica', 0);";

/**
 * One write on a replica, in its own log. MariaDB in strict mode gives it the next sequence number, so that the
 * source's next event comes out of order and stops the applier with 1950 (T3, measured).
 */
const errant = (node: Node): Pick<Scenario, 'bend' | 'shown' | 'expected'> => {
  const found: Expected = { code: 'ERRANT_TRANSACTIONS', nodes: [node], because: 'F23' };
  return {
    bend: ({ logged }) => logged(node, ROGUE),
    shown: async (hands) =>
      hands.engine === 'mysql' || shows(node, 'Last_SQL_Errno', (text) => text === '1950')(hands),
    expected: {
      mysql: [found],
      mariadb: [found, { code: 'APPLIER_ERROR', nodes: [node], because: 'T3: error 1950 at the next event' }],
    },
  };
};

/** As if the source had lost the end of its log while nobody reconnects: the replica has what it has not. */
async function ahead({ engine, sql, logged, writer }: Hands): Promise<void> {
  await writer(false);
  if (engine === 'mysql') {
    const uuid = (await sql('db-a', 'SELECT @@server_uuid;')).trim();
    await sql('db-c', `SET gtid_next='${uuid}:900000'; BEGIN; COMMIT; SET gtid_next=AUTOMATIC;`);
    return;
  }
  const id = (await sql('db-a', 'SELECT @@server_id;')).trim();
  await logged('db-c', `SET SESSION server_id=${id}, SESSION gtid_seq_no=900000; ${ROGUE}`);
}

export const HISTORIES: readonly Scenario[] = [
  { name: 'errant', title: 'A replica with a transaction of its own', wiring: STAR, ...errant('db-b') },
  {
    name: 'errant-tier-2',
    title: 'A replica of a replica with a transaction of its own',
    wiring: CHAIN,
    ...errant('db-c'),
  },
  {
    name: 'ahead-of-source',
    title: 'A source that lost the end of its log',
    wiring: STAR,
    bend: ahead,
    shown: async () => true,
    // what a source wrote counts as missing there only when it still is at the next look
    lastsMs: 4_500,
    expected: onBoth({
      code: 'REPLICA_AHEAD_OF_SOURCE',
      nodes: ['db-c'],
      because: '2c row 3: the source has not its own numbers; F24',
    }),
  },
  {
    name: 'diverged',
    title: 'A server that wrote by itself asks to be a replica',
    wiring: STAR,
    bend: async ({ sql, logged }) => {
      await sql('db-c', 'STOP SLAVE;');
      await logged('db-c', ROGUE);
      // where MASTER_DEMOTE_TO_SLAVE, or current_pos, would make it start
      await sql('db-c', 'SET GLOBAL gtid_slave_pos=@@GLOBAL.gtid_binlog_pos; START SLAVE;');
    },
    shown: shows('db-c', 'Last_IO_Errno', (text) => text === '1236'),
    expected: {
      mysql: { notHere: 'MySQL counts its own transactions apart; see ahead-of-source and lost-tail' },
      mariadb: [{ code: 'HISTORIES_DIVERGED', nodes: ['db-c'], because: 'T4' }],
    },
  },
  {
    name: 'lost-tail',
    title: 'A replica reconnects to a source that lost the end of its log',
    wiring: STAR,
    bend: async (hands) => {
      await ahead(hands);
      const [stop, start] =
        hands.engine === 'mysql' ? ['STOP REPLICA', 'START REPLICA'] : ['STOP SLAVE', 'START SLAVE'];
      await hands.sql(
        'db-c',
        `${stop}; ${hands.engine === 'mysql' ? '' : 'SET GLOBAL gtid_slave_pos=@@GLOBAL.gtid_binlog_pos;'} ${start};`,
      );
    },
    shown: shows('db-c', 'Last_IO_Error', (text) => /1236/.test(text)),
    expected: onBoth({
      code: 'HISTORIES_DIVERGED',
      nodes: ['db-c'],
      because: 'T4: 1236, more GTIDs than the source',
    }),
  },
  {
    name: 'lagging',
    title: 'A replica that falls behind',
    wiring: STAR,
    bend: ({ hold }) => hold('db-c', 'LOCK TABLES patronus.ledger READ, patronus.heartbeat READ;'),
    shown: async () => true,
    lastsMs: 4_000,
    expected: onBoth({
      code: 'LAGGING',
      nodes: ['db-c'],
      because: '2c row 6; F26: LOCK TABLES on a replica',
    }),
  },
  {
    name: 'delayed',
    title: 'A replica that is kept an hour behind',
    wiring: STAR,
    bend: async ({ engine, sql }) => {
      const change =
        engine === 'mysql' ? 'CHANGE REPLICATION SOURCE TO SOURCE_DELAY' : 'CHANGE MASTER TO MASTER_DELAY';
      const word = engine === 'mysql' ? 'REPLICA' : 'SLAVE';
      // with the receiver at rest too: MariaDB's CHANGE MASTER wants that
      await sql('db-c', `STOP ${word}; ${change}=3600; START ${word};`);
    },
    shown: shows('db-c', 'SQL_Delay', (text) => text === '3600'),
    expected: onBoth({ code: 'DELAYED', nodes: ['db-c'], because: 'T14' }),
  },
  {
    name: 'heartbeat',
    title: 'A heartbeat table tells how old replicas are',
    wiring: CHAIN,
    heartbeat: 'patronus.heartbeat',
    before: async ({ unlogged }) =>
      each(['db-a', 'db-b', 'db-c'] as const, (node) =>
        unlogged(
          node,
          FROM.map((from) => `GRANT SELECT ON patronus.heartbeat TO patronus_watch@'${from}';`).join('\n'),
        ),
      ),
    expected: onBoth(),
  },
];
