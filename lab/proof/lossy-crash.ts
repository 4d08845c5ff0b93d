import { setTimeout as sleep } from 'node:timers/promises';
import type { Lab } from '../api';
import { type Hands, handsOn, until } from '../replication/hands';
import type { Node } from '../replication/scenario';

/** A primary that dies with transactions that nobody has received, and what it is later found to hold alone. */

const PRIMARY: Node = 'db-a';
const REPLICAS: readonly Node[] = ['db-b', 'db-c'];
/** Rows before the links are cut: replication flows, and there is something to have in common. */
const WRITTEN_FIRST = 50;

export interface Crash {
  /** Replicas that lose the primary before it dies; the last one hears it a little longer than the first. */
  cut: readonly Node[];
  /** It goes on writing alone for so long. */
  aloneMs: number;
  /** Done while it writes alone, before the console may lose its host, too. */
  meanwhile?: () => Promise<void>;
  /** Does the console lose its host as well? */
  cutConsole: boolean;
}

/** Writes to the primary as fast as one client can, cuts the links, and kills it in the middle of that. */
export async function crash(lab: Lab, { cut, aloneMs, meanwhile, cutConsole }: Crash): Promise<void> {
  const hands = handsOn(lab.raw);
  await hands.sql(
    PRIMARY,
    'CREATE TABLE IF NOT EXISTS patronus.alone (id INT PRIMARY KEY AUTO_INCREMENT, text TEXT);',
  );
  await hands.sql(PRIMARY, 'TRUNCATE TABLE patronus.alone;');
  await startWriting(lab);
  await until('rows are written', async () => (await rows(hands)) > WRITTEN_FIRST);
  for (const node of cut) await hands.fault('cut', PRIMARY, node);
  await sleep(aloneMs);
  await meanwhile?.();
  if (cutConsole) await hands.fault('cut-console', PRIMARY);
  await hands.fault('kill', PRIMARY, 'mysql');
}

const rows = async (hands: Hands): Promise<number> =>
  Number(await hands.sql(PRIMARY, 'SELECT COUNT(*) FROM patronus.alone;'));

/** A client on the primary itself, which no cut link disturbs; it ends when its server does. */
async function startWriting(lab: Lab): Promise<void> {
  const one = "INSERT INTO patronus.alone (text) VALUES ('what nobody else has: é 😀');";
  const loop = `yes "${one}" | /opt/lab/${lab.engine}.sh sql >/dev/null 2>&1`;
  await lab.exec(PRIMARY, ['sh', '-c', `setsid sh -c '${loop.replaceAll("'", `'\\''`)}' >/dev/null 2>&1 &`]);
}

/** Starts the old primary again, closed and alone, and asks it what it has beyond `node`: each GTID once. */
export async function heldAlone(lab: Lab, node: Node): Promise<ReadonlySet<string>> {
  const hands = handsOn(lab.raw);
  const received = await receivedOn(hands, node);
  await hands.fault('start', PRIMARY, 'mysql');
  return lab.engine === 'mysql' ? aloneInMysql(hands, received) : aloneInMariadb(lab, received);
}

async function receivedOn(hands: Hands, node: Node): Promise<string> {
  const statement =
    hands.engine === 'mysql'
      ? `SELECT REPLACE(CONCAT(@@gtid_executed, ',', (SELECT GROUP_CONCAT(RECEIVED_TRANSACTION_SET) FROM performance_schema.replication_connection_status)), '\\n', '');`
      : null;
  if (statement) return (await hands.sql(node, statement)).trim().replaceAll('\\n', '');
  const [channel] = await hands.channels(node);
  return channel?.Gtid_IO_Pos ?? '';
}

/** By the server's own algebra: what the old primary has beyond `received`. */
export async function aloneInMysql(hands: Hands, received: string): Promise<ReadonlySet<string>> {
  const told = await hands.sql(
    PRIMARY,
    `SELECT REPLACE(GTID_SUBTRACT(@@gtid_executed, '${received}'), '\\n', '');`,
  );
  const all = new Set<string>();
  for (const part of told.trim().replaceAll('\\n', '').split(',').filter(Boolean)) {
    const [uuid = '', ...intervals] = part.split(':');
    for (const interval of intervals) {
      const [from = 0, to = from] = interval.split('-').map(Number);
      for (let number = from; number <= to; number += 1) all.add(`${uuid}:${number}`);
    }
  }
  return all;
}

/** The same by the server's own tool, after its recovery has thrown away what was never done. */
export async function aloneInMariadb(lab: Lab, received: string): Promise<ReadonlySet<string>> {
  const script = `cd /var/lib/mysql && sed 's|.*/||' binlog.index | xargs mariadb-binlog --no-defaults --base64-output=decode-rows \
    | sed -n 's/^#.*end_log_pos [0-9]* CRC32 0x[0-9a-f]* \\tGTID \\([0-9]*-[0-9]*-[0-9]*\\).*/\\1/p'`;
  const { stdout } = await lab.exec(PRIMARY, ['sh', '-c', script], { timeoutMs: 60_000 });
  const reached = new Map(
    received.split(',').map((gtid) => [gtid.split('-')[0], BigInt(gtid.split('-')[2] ?? 0)]),
  );
  const beyond = stdout
    .split('\n')
    .filter(Boolean)
    .filter((gtid) => BigInt(gtid.split('-')[2] ?? 0) > (reached.get(gtid.split('-')[0]) ?? 0n));
  return new Set(beyond);
}

/** Everybody is joined again, the old primary takes writes, and the others have all that it has. */
export async function mendCrash(lab: Lab): Promise<void> {
  const hands = handsOn(lab.raw);
  for (const node of [PRIMARY, ...REPLICAS]) await hands.fault('heal', node);
  await hands.sql(
    PRIMARY,
    lab.engine === 'mysql' ? 'SET GLOBAL super_read_only=0, read_only=0;' : 'SET GLOBAL read_only=0;',
  );
  const position = (await hands.sql(PRIMARY, POSITION[lab.engine])).trim().replaceAll('\\n', '');
  for (const node of REPLICAS) {
    await until(
      `${node} has everything`,
      async () => (await hands.sql(node, WAIT[lab.engine](position))).trim() === '1',
      60_000,
    );
  }
}

const POSITION = {
  mysql: "SELECT REPLACE(@@gtid_executed, '\\n', '');",
  mariadb: 'SELECT @@gtid_binlog_pos;',
};
const WAIT = {
  mysql: (position: string) => `SELECT WAIT_FOR_EXECUTED_GTID_SET('${position}', 5) = 0;`,
  mariadb: (position: string) => `SELECT MASTER_GTID_WAIT('${position}', 5) = 0;`,
};
