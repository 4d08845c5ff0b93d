import { sameName } from '@shared/lever/same-name';
import { dryRunToText, refusalsToText } from '@shared/paper/run-paper';
import { texts } from '@shared/text';
import type { PlanMade } from '@shared/views/lever';
import type { RejoinArguments } from './acting-arguments';
import type { ActingDesk } from './acting-command';
import { watchRun } from './follow-run';
import { EXIT, printJson } from './io';
import { nodeOf } from './switchover';

/**
 * `rejoin CLUSTER --server HOST`: how an old primary follows the new one; shows every statement (`--dry-run`) or does it
 * (`--confirm NAME`). Refused is 3 with all reasons, every transaction of its own named; done 0; undone 1; stopped
 * half-way 5.
 */
export async function rejoinCommand(asked: RejoinArguments, desk: ActingDesk): Promise<number> {
  const { acting, io } = desk;
  const { language, cluster, confirm } = asked;
  await desk.firstLook;
  const server = nodeOf(desk.estate, cluster, asked.server);
  const made = await acting.planRejoin({ cluster, server }, new AbortController().signal);
  if (made.state === 'refused') {
    if (asked.json) printJson(io, made satisfies PlanMade);
    else io.out(refusalsToText('rejoin', made.reasons, language));
    return EXIT.refused;
  }
  if (confirm === null) {
    if (asked.json) printJson(io, made satisfies PlanMade);
    else io.out(dryRunToText(made.plan, made.hash, language));
    return EXIT.done;
  }
  if (!sameName(confirm, made.plan.confirm)) {
    io.err(`${texts(language).actingCli.wrongName(made.plan.confirm)}\n`);
    return EXIT.refused;
  }
  return watchRun(desk, asked, () => acting.start(made.hash, confirm));
}
