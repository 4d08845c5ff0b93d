import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FROM } from '../access/sql-accounts';
import { repositoryRoot } from '../engine/paths';
import { type Hands, until } from './hands';
import type { Node, Wiring } from './scenario';

/**
 * From whatever state to nothing: no session, no channel, no filter, an empty log without GTIDs, the same rows on
 * every server. All servers go through each step together: while one still pulls, no log can be emptied.
 */
export async function straighten(hands: Hands, nodes: readonly Node[]): Promise<void> {
  const { say } = hands;
  const data = await readFile(join(repositoryRoot(), 'lab/inhost/replication-rows.sql'), 'utf8');
  await hands.writer(false);
  await each(nodes, async (node) => {
    const channels = await hands.channels(node);
    await hands.hushed(node, say.stop(channels.map((channel) => channel[say.channelName] ?? '')));
  });
  await each(nodes, async (node) => {
    const settings = say.healthy.map((one) => `SET GLOBAL ${one};`).join('\n');
    await hands.withoutOwnFile(node);
    const all = [say.open, 'SET sql_log_bin=0;', say.unpersist, settings, unlocked, data, say.forget];
    await hands.hushed(node, all.join('\n'), 'dumps');
  });
}

/** A change of the primary that was broken off leaves accounts locked. */
const unlocked = ['app', 'maintenance']
  .flatMap((name) => FROM.map((from) => `ALTER USER IF EXISTS '${name}'@'${from}' ACCOUNT UNLOCK;`))
  .join('\n');

/** Who follows whom, and who is open, as a scenario wants it; ends when every channel runs and writes arrive. */
export async function wire(hands: Hands, { follows, open }: Wiring, nodes: readonly Node[]): Promise<void> {
  const { say } = hands;
  const password = await hands.password();
  await each(nodes, async (node) => {
    const sources = follows.filter(([replica]) => replica === node).map(([, source]) => source);
    const channels = sources.map((source, index) =>
      say.follow(index === 0 ? '' : 'second', hands.address(source), password),
    );
    await hands.sql(node, [...(open.includes(node) ? [] : [say.close]), ...channels].join('\n'));
  });
  if (open.length === 0) return;
  await hands.writer(true);
  const replicas = [...new Set(follows.map(([replica]) => replica))];
  await each(replicas, (node) =>
    until(`${node} replicates`, async () => {
      const channels = await hands.channels(node);
      return channels.length > 0 && channels.every(runs);
    }),
  );
  await each(
    follows.filter(([, source]) => hasWriter(source, follows)).map(([replica]) => replica),
    (node) =>
      until(`writes arrive on ${node}`, async () => {
        return (await hands.sql(node, 'SELECT COUNT(*) > 0 FROM patronus.ledger;')).trim() === '1';
      }),
  );
}

const runs = (channel: Readonly<Record<string, string>>) =>
  channel.Replica_IO_Running === 'Yes' && channel.Replica_SQL_Running === 'Yes';

/** The writer writes on db-a alone: what stands below it hears of it. */
function hasWriter(node: Node, follows: Wiring['follows'], passed: readonly Node[] = []): boolean {
  if (node === 'db-a') return true;
  return follows.some(
    ([replica, source]) =>
      replica === node && !passed.includes(source) && hasWriter(source, follows, [...passed, node]),
  );
}

export async function each<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  await Promise.all(all.map(work));
}
