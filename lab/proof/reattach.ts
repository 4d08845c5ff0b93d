import type { Lab } from '../api';
import { leadTo, scheduleEvents } from '../replication/acting';
import { dialectOf } from '../replication/dialect';
import { handsOn, until } from '../replication/hands';
import type { Node } from '../replication/scenario';
import { attachedTo } from './present';

/**
 * What follows a bare switchover outside of its time: everybody follows the new one, which forgets whom it followed, and
 * events and balancer are as a planned one leaves them.
 */
export async function reattach(lab: Lab, writer: Node, others: readonly Node[]): Promise<void> {
  const hands = handsOn(lab.raw);
  const say = dialectOf(lab.engine);
  const password = await hands.password();
  const follow = say.follow('', hands.address(writer), password);
  await hands.sql(writer, say.stop(['']));
  await Promise.all(
    others.map(async (node) => {
      const wasOpen = (await hands.channels(node)).length === 0;
      await hands.sql(node, lab.engine === 'mysql' ? `STOP REPLICA; ${follow}` : mariadb(follow, wasOpen));
      await until(`${node} follows ${writer}`, () => attachedTo(hands, node, writer));
    }),
  );
  await scheduleEvents(hands, writer, [writer, ...others]);
  await leadTo(hands, writer);
}

/** Who took writes has them in its own log: they count as replicated when it becomes a replica (row 18). */
const mariadb = (follow: string, wasOpen: boolean) =>
  wasOpen
    ? follow.replace('MASTER_USE_GTID=slave_pos', 'MASTER_USE_GTID=slave_pos, MASTER_DEMOTE_TO_SLAVE=1')
    : `STOP SLAVE; ${follow}`;
