import type { Language } from '@shared/contract';
import { sameName } from '@shared/lever/same-name';
import { dryRunToText, refusalsToText } from '@shared/paper/run-paper';
import { texts } from '@shared/text';
import type { PlanMade } from '@shared/views/lever';
import type { ActingDesk } from './acting-command';
import { watchRun } from './follow-run';
import { EXIT, printJson } from './io';

interface Asked {
  language: Language;
  json: boolean;
  /** What a person typed; null: the plan is only shown. */
  confirm: string | null;
}

/** What comes between the right name and the start: an approval that is taken, e.g. */
type BeforeStart = () => Promise<void>;

/**
 * What every procedure does with its plan: refused is 3 with all reasons; without a name it shows every statement; with the
 * right one it begins, and watches until nothing acts any more.
 */
export async function showOrStart(
  procedure: string,
  made: PlanMade,
  asked: Asked,
  desk: ActingDesk,
  beforeStart: BeforeStart = async () => undefined,
): Promise<number> {
  const { acting, io } = desk;
  const { language, json, confirm } = asked;
  if (made.state === 'refused') {
    if (json) printJson(io, made);
    else io.out(refusalsToText(procedure, made.reasons, language));
    return EXIT.refused;
  }
  if (confirm === null) {
    if (json) printJson(io, made);
    else io.out(dryRunToText(made.plan, made.hash, language));
    return EXIT.done;
  }
  if (!sameName(confirm, made.plan.confirm)) {
    io.err(`${texts(language).actingCli.wrongName(made.plan.confirm)}\n`);
    return EXIT.refused;
  }
  await beforeStart();
  return watchRun(desk, asked, () => acting.start(made.hash, confirm));
}
