import { rejoinToText } from '@shared/paper/rejoin-text';
import type { RejoinArguments } from './acting-arguments';
import type { ActingDesk } from './acting-command';
import { EXIT, printJson } from './io';
import { nodeOf } from './node-of';
import { showOrStart } from './show-or-start';

/**
 * `rejoin CLUSTER --server HOST`: what an old primary holds alone, and by which ways it can come back; 0 when that is known, 4
 * when it is not. With a way it shows every statement (`--dry-run`) or does it (`--confirm NAME`). Refused is 3 with all
 * reasons; done 0; undone 1; stopped half-way 5.
 */
export async function rejoinCommand(asked: RejoinArguments, desk: ActingDesk): Promise<number> {
  await desk.firstLook;
  const { acting, io } = desk;
  const { cluster, way, overrides } = asked;
  const server = nodeOf(desk.estate, cluster, asked.server);
  const { signal } = new AbortController();
  if (way !== null) {
    const { made } = await acting.planRejoin({ cluster, server, way, overrides }, signal);
    return showOrStart('rejoin', made, asked, desk);
  }
  const look = await acting.lookRejoin({ cluster, server }, signal);
  if (asked.json) printJson(io, look);
  else io.out(rejoinToText(look, asked.language));
  return look.history.kind === 'unknown' ? EXIT.unseen : EXIT.done;
}
