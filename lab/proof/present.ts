import type { Lab } from '../api';
import { type Hands, handsOn } from '../replication/hands';
import type { Node } from '../replication/scenario';
import type { Present } from './check';

/** For which a server may take to come as far as the one that takes writes. */
const CATCH_UP_SECONDS = 60;

/** Has it everything of this position? Reads nothing but its own state. */
const WAIT = {
  mysql: (position: string) => `SELECT WAIT_FOR_EXECUTED_GTID_SET('${position}', ${CATCH_UP_SECONDS}) = 0;`,
  mariadb: (position: string) => `SELECT MASTER_GTID_WAIT('${position}', ${CATCH_UP_SECONDS}) = 0;`,
};
const POSITION = {
  mysql: "SELECT REPLACE(@@gtid_executed, '\\n', '');",
  mariadb: 'SELECT @@gtid_binlog_pos;',
};

/** How long another server takes to come as far as `writer` is now, ms; as seen from here. */
export async function behind(lab: Lab, writer: Node, node: Node): Promise<number> {
  const hands = handsOn(lab.raw);
  const position = (await hands.sql(writer, POSITION[lab.engine])).trim();
  const asked = performance.now();
  return (await waited(hands, node, position)) ? performance.now() - asked : Number.POSITIVE_INFINITY;
}

/**
 * What each server holds, read as root by its socket when it has everything that `writer` has.
 * @param nodes those to ask; a server that was left behind on purpose is not asked
 */
export async function presentOn(lab: Lab, writer: Node, nodes: readonly Node[]): Promise<Present[]> {
  const hands = handsOn(lab.raw);
  const position = (await hands.sql(writer, POSITION[lab.engine])).trim();
  return Promise.all(nodes.map((node) => presentIn(hands, node, writer, position)));
}

async function presentIn(hands: Hands, node: Node, writer: Node, position: string): Promise<Present> {
  const text = async (statement: string) => (await hands.sql(node, `USE patronus; ${statement}`)).trim();
  const caughtUp = node === writer || (await waited(hands, node, position));
  const rows = await text('SELECT w, s FROM load_row;');
  const [sum = '', torn = ''] = (
    await text(`SELECT SUM(balance), SUM(balance <> ${BALANCE_BY_LINES}) FROM load_account AS a;`)
  ).split('\t');
  return {
    node,
    rows: new Set(rows === '' ? [] : rows.split('\n').map((row) => row.replace('\t', ' '))),
    sum,
    torn: Number(torn),
    attached: node === writer ? null : await attachedTo(hands, node, writer),
    caughtUp,
  };
}

/** What the lines say that an account must hold. 100 000 is what each began with (start-load.ts). */
const BALANCE_BY_LINES = `100000 + (SELECT COALESCE(SUM(CASE a.account WHEN 0 THEN d0 WHEN 1 THEN d1 WHEN 2 THEN d2 ELSE d3 END), 0)
  FROM load_row AS r WHERE r.w = a.w)`;

async function waited(hands: Hands, node: Node, position: string): Promise<boolean> {
  return (await hands.sql(node, WAIT[hands.engine](position))).trim() === '1';
}

/** Both threads run, and it is that server it follows, by one channel. */
export async function attachedTo(hands: Hands, node: Node, writer: Node): Promise<boolean> {
  const channels = await hands.channels(node);
  return (
    channels.length === 1 &&
    channels.every(
      (channel) =>
        channel.Replica_IO_Running === 'Yes' &&
        channel.Replica_SQL_Running === 'Yes' &&
        channel.Source_Host === hands.address(writer),
    )
  );
}
