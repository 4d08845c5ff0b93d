import type { Lab } from '../api';
import { dialectOf } from '../replication/dialect';
import { type Hands, handsOn, until } from '../replication/hands';
import { attachedTo } from './present';

/** The star's servers: the one that was the primary, the one that is, and a replica. */
export const OLD = 'db-a';
export const NEXT = 'db-b';
export const REPLICA = 'db-c';
const ALL = [OLD, NEXT, REPLICA] as const;

export interface Aftermath {
  /** Written on the old primary while everybody still follows it. */
  before?: string;
  /** Written on it once nobody hears from it any more: what it holds alone. */
  alone?: string;
  /** Written on the present primary afterwards. */
  since?: string;
}

/**
 * A failover made by hand: db-a is cut off, writes alone, and is killed; db-b is opened and db-c follows it; then db-a is started
 * again, closed, and follows nobody.
 */
export async function afterFailover(lab: Lab, { before, alone, since }: Aftermath = {}): Promise<Hands> {
  const hands = handsOn(lab.raw);
  const isMysql = lab.engine === 'mysql';
  const say = dialectOf(lab.engine);
  await lab.bend('star');
  // From here on nobody writes but this test.
  await hands.writer(false);
  if (before) await hands.sql(OLD, before);
  const position = isMysql ? 'SELECT @@gtid_executed' : 'SELECT @@gtid_binlog_pos';
  const read = async (node: (typeof ALL)[number]) => (await hands.sql(node, position)).replace(/\s|\\n/g, '');
  await until('db-b and db-c have all of db-a', async () => {
    const [a, b, c] = await Promise.all(ALL.map(read));
    return a === b && a === c;
  });
  if (alone) {
    await hands.fault('cut', OLD, NEXT);
    await hands.fault('cut', OLD, REPLICA);
    await hands.sql(OLD, alone);
  }
  await hands.fault('kill', OLD, 'mysql');
  await hands.sql(NEXT, say.stop(['']));
  await hands.sql(NEXT, say.open);
  await hands.sql(
    REPLICA,
    `${say.stop([''])};\n${say.follow('', hands.address(NEXT), await hands.password())}`,
  );
  await until('db-c follows db-b', () => attachedTo(hands, REPLICA, NEXT));
  if (since) await hands.logged(NEXT, since);
  await hands.fault('heal', OLD);
  await hands.fault('start', OLD, 'mysql');
  await closed(hands);
  return hands;
}

/** The old primary, read-only to everybody. */
export const closed = (hands: Hands): Promise<string> => hands.sql(OLD, dialectOf(hands.engine).close);

/** The checksum of each table on a server, as text. */
export const checksums = (hands: Hands, node: typeof OLD | typeof NEXT, tables: readonly string[]) =>
  hands.sql(node, `CHECKSUM TABLE ${tables.join(', ')}`);
