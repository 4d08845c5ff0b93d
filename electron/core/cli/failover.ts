import type { FailoverLook } from '@shared/failover/model';
import { failoverToText } from '@shared/paper/failover-text';
import type { FailoverArguments } from './acting-arguments';
import type { ActingDesk } from './acting-command';
import { EXIT, printJson } from './io';
import { nodeOf } from './node-of';
import { savedPlan, withFiles } from './switchover';

/**
 * `failover CLUSTER`: what is known before an emergency failover; 0 when all of it is certain, 4 when it is not clear who could
 * take over or what would be lost is not known exactly. With `--dry-run` every statement of the plan that comes of it; with
 * `--confirm NAME`, the server that is given up, it is done: 0 done, 3 refused with all reasons, 1 undone, 5 stopped half-way.
 */
export async function failoverCommand(asked: FailoverArguments, desk: ActingDesk): Promise<number> {
  const { acting, estate, io, firstLook } = desk;
  const { cluster, overrides, language } = asked;
  if (asked.plan !== null)
    return withFiles('failover', await savedPlan(asked.plan, asked, desk), asked, desk);
  await firstLook;
  const to = asked.to === null ? null : nodeOf(estate, cluster, asked.to);
  const { signal } = new AbortController();
  if (!asked.dryRun && asked.confirm === null) {
    const look = await acting.lookFailover({ cluster, to }, signal);
    if (asked.json) printJson(io, look);
    else io.out(failoverToText(look, language));
    return isCertain(look) ? EXIT.done : EXIT.unseen;
  }
  const { look, made } = await acting.planFailover({ cluster, to, overrides }, signal);
  if (!asked.json) io.out(failoverToText(look, language));
  return withFiles('failover', made, asked, desk);
}

const isCertain = ({ choice, loss }: FailoverLook): boolean =>
  choice.kind !== 'unclear' && loss?.kind === 'exact';
