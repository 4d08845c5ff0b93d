import { sameName } from '@shared/lever/same-name';
import { runsToText } from '@shared/paper/run-paper';
import { texts } from '@shared/text';
import { failure } from '../net/failure';
import type { RunArguments, RunVerb } from './acting-arguments';
import type { ActingDesk } from './acting-command';
import { watchRun } from './follow-run';
import { EXIT, printJson } from './io';

/** `run list --servers`, and what is done with a run that is open. What the typed name does not fit is 3. */
export async function runCommand(
  asked: RunArguments & { verb: Exclude<RunVerb, 'show' | 'throttle'> },
  desk: ActingDesk,
): Promise<number> {
  const { io, acting } = desk;
  const { runs } = acting;
  const { id, language } = asked;
  const words = texts(language).actingCli;
  const { signal } = new AbortController();
  if (asked.verb === 'list') {
    const there = await runs.onServers(signal);
    if (asked.json) printJson(io, there);
    else io.out(there.length === 0 ? `${words.noneThere}\n` : runsToText(there, language));
    return EXIT.done;
  }
  const typed = asked.confirm ?? '';
  const refused = (expected: string) => {
    io.err(`${words.wrongName(expected)}\n`);
    return EXIT.refused;
  };
  if (asked.verb === 'take-over') {
    const found = (await runs.onServers(signal)).find((state) => state.id === id);
    if (!found) throw failure('E_NO_RUN', null, { id });
    const names = [id, found.by, found.by.split('@')[0] ?? ''];
    if (!names.some((name) => sameName(typed, name))) return refused(`${found.by}, ${id}`);
    await runs.takeOver(id);
    if (asked.json) printJson(io, await runs.view(id));
    else io.out(`${words.tookOver(id)}\n`);
    return EXIT.done;
  }
  const { plan } = await runs.view(id);
  if (!sameName(typed, plan.confirm)) return refused(plan.confirm);
  switch (asked.verb) {
    case 'resume':
      return watchRun(desk, asked, async () => {
        await runs.resume(id);
        return id;
      });
    case 'go':
    case 'no-go': {
      const said = { decision: asked.verb, typed };
      const begin = async () => {
        await runs.resume(id);
        return id;
      };
      return watchRun(desk, asked, begin, said);
    }
    case 'undo':
    case 'abort': {
      const code = await watchRun(desk, asked, async () => {
        await runs.undo(id);
        return id;
      });
      // What was asked for here is that all is as it was.
      return code === EXIT.failed ? EXIT.done : code;
    }
    case 'hand-over':
      await runs.handOver(id);
      if (asked.json) printJson(io, await runs.view(id));
      else io.out(`${words.handedOver(id)}\n`);
      return EXIT.done;
  }
}
