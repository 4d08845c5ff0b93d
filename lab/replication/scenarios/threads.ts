import { setTimeout as sleep } from 'node:timers/promises';
import type { Hands } from '../hands';
import { type Node, onBoth, type Scenario } from '../scenario';
import { STAR } from '../wirings';

/** What replication threads run into. */

const stop = ({ engine }: Hands) => (engine === 'mysql' ? 'STOP REPLICA' : 'STOP SLAVE');
const start = ({ engine }: Hands) => (engine === 'mysql' ? 'START REPLICA' : 'START SLAVE');

/** The first channel of a node shows this. */
export const shows =
  (node: Node, column: string, fits: (value: string) => boolean) =>
  async (hands: Hands): Promise<boolean> => {
    const [channel] = await hands.channels(node);
    return fits(channel?.[column] ?? '');
  };
const is = (value: string) => (found: string) => found === value;

export const THREADS: readonly Scenario[] = [
  {
    name: 'both-threads-stopped',
    title: 'A replica with both threads stopped',
    wiring: STAR,
    bend: async (hands) => void (await hands.sql('db-c', `${stop(hands)};`)),
    shown: shows('db-c', 'Replica_SQL_Running', is('No')),
    expected: onBoth({ code: 'BOTH_THREADS_STOPPED', nodes: ['db-c'], because: 'T1' }),
  },
  {
    name: 'receiver-stopped',
    title: 'A replica that receives nothing',
    wiring: STAR,
    // between two writes: half a transaction in the relay log would hold up the applier's end for a minute
    bend: async (hands) => {
      await hands.writer(false);
      await sleep(300);
      await hands.sql('db-c', `${stop(hands)} IO_THREAD;`);
      await hands.writer(true);
    },
    shown: shows('db-c', 'Replica_IO_Running', is('No')),
    expected: onBoth({
      code: 'RECEIVER_STOPPED',
      nodes: ['db-c'],
      because: 'orchestrator: AllMasterReplicasNotReplicating and its parts',
    }),
  },
  {
    name: 'applier-stopped',
    title: 'A replica that receives and applies nothing',
    wiring: STAR,
    bend: async (hands) => void (await hands.sql('db-c', `${stop(hands)} SQL_THREAD;`)),
    shown: shows('db-c', 'Replica_SQL_Running', is('No')),
    expected: onBoth({ code: 'APPLIER_STOPPED', nodes: ['db-c'], because: 'F26' }),
  },
  {
    name: 'sql-error-1062',
    title: 'A row that is there already stops a replica',
    wiring: STAR,
    bend: async ({ unlogged, sql }) => {
      await unlogged('db-c', "INSERT INTO patronus.account VALUES (9001, 'only here', 0);");
      await sql('db-a', "INSERT INTO patronus.account VALUES (9001, 'everywhere', 1);");
    },
    shown: shows('db-c', 'Last_SQL_Errno', is('1062')),
    expected: onBoth({ code: 'APPLIER_ERROR', nodes: ['db-c'], because: 'F21' }),
  },
  {
    name: 'sql-error-1032',
    title: 'A row that is missing stops a replica',
    wiring: STAR,
    bend: async ({ unlogged, sql }) => {
      await unlogged('db-c', 'DELETE FROM patronus.account WHERE id = 7;');
      await sql('db-a', 'UPDATE patronus.account SET balance = balance + 1 WHERE id = 7;');
    },
    shown: shows('db-c', 'Last_SQL_Errno', is('1032')),
    expected: onBoth({ code: 'APPLIER_ERROR', nodes: ['db-c'], because: 'F21' }),
  },
  {
    name: 'io-error-1236',
    title: 'The log that a replica asks for is gone',
    wiring: STAR,
    bend: async (hands) => {
      await hands.sql('db-c', `${stop(hands)};`);
      await hands.sql(
        'db-a',
        'INSERT INTO patronus.account VALUES (9002, "while it was away", 0); FLUSH BINARY LOGS;',
      );
      await purge(hands);
      await hands.sql('db-c', `${start(hands)};`);
    },
    shown: shows('db-c', 'Last_IO_Error', (text) => /1236/.test(text)),
    expected: onBoth({ code: 'BINLOG_PURGED', nodes: ['db-c'], because: 'F22' }),
  },
  {
    name: 'half-open',
    title: 'A link that was cut without a word',
    wiring: STAR,
    faulty: true,
    bend: ({ fault }) => fault('cut', 'db-a', 'db-c'),
    shown: async () => true,
    // the receiver says Yes for slave_net_timeout, 60 s; three heartbeats and at least ten seconds are the limit
    lastsMs: 12_000,
    expected: onBoth({
      code: 'HALF_OPEN_LINK',
      nodes: ['db-c'],
      because: 'reliability 2.1b: believes for 60 s that it is connected, Seconds_Behind 0',
    }),
  },
  {
    name: 'connecting',
    title: 'A replica that its source does not let in',
    wiring: STAR,
    bend: async (hands) => {
      await hands.sql('db-c', `${stop(hands)};`);
      const change =
        hands.engine === 'mysql'
          ? 'CHANGE REPLICATION SOURCE TO SOURCE_PASSWORD'
          : 'CHANGE MASTER TO MASTER_PASSWORD';
      await hands.sql('db-c', `${change}='wrong'; ${start(hands)};`);
    },
    shown: shows('db-c', 'Last_IO_Errno', is('1045')),
    expected: onBoth({
      code: 'RECEIVER_ERROR',
      nodes: ['db-c'],
      because: 'F35: wrong password of the repl account, 1045',
    }),
  },
];

/** Every log but the last; the other replica must be done with them, else the server keeps them. */
async function purge({ sql }: Hands): Promise<void> {
  for (let round = 0; round < 30; round += 1) {
    const logs = async () =>
      (await sql('db-a', 'SHOW BINARY LOGS;'))
        .trim()
        .split('\n')
        .map((row) => row.split('\t')[0] ?? '');
    const last = (await logs()).at(-1) ?? '';
    await sql('db-a', `PURGE BINARY LOGS TO '${last}';`);
    if ((await logs()).length === 1) return;
  }
}
