import type { RejoinArguments } from './acting-arguments';
import type { ActingDesk } from './acting-command';
import { nodeOf } from './node-of';
import { showOrStart } from './show-or-start';

/**
 * `rejoin CLUSTER --server HOST`: how an old primary follows the new one; shows every statement (`--dry-run`) or does it
 * (`--confirm NAME`). Refused is 3 with all reasons, every transaction of its own named; done 0; undone 1; stopped
 * half-way 5.
 */
export async function rejoinCommand(asked: RejoinArguments, desk: ActingDesk): Promise<number> {
  await desk.firstLook;
  const { cluster } = asked;
  const server = nodeOf(desk.estate, cluster, asked.server);
  const made = await desk.acting.planRejoin({ cluster, server }, new AbortController().signal);
  return showOrStart('rejoin', made, asked, desk);
}
