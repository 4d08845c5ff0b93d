import { failoverToText } from '@shared/paper/failover-text';
import type { FailoverArguments } from './acting-arguments';
import type { ActingDesk } from './acting-command';
import { EXIT, printJson } from './io';
import { nodeOf } from './node-of';

/**
 * `failover CLUSTER`: what is known before an emergency failover. Only looks. 0 when all of it is certain; 4 when it is not
 * clear who could take over, or what would be lost is not known exactly.
 */
export async function failoverCommand(asked: FailoverArguments, desk: ActingDesk): Promise<number> {
  const { acting, estate, io, firstLook } = desk;
  await firstLook;
  const to = asked.to === null ? null : nodeOf(estate, asked.cluster, asked.to);
  const look = await acting.lookFailover({ cluster: asked.cluster, to }, new AbortController().signal);
  if (asked.json) printJson(io, look);
  else io.out(failoverToText(look, asked.language));
  const isCertain = look.choice.kind !== 'unclear' && look.loss?.kind === 'exact';
  return isCertain ? EXIT.done : EXIT.unseen;
}
