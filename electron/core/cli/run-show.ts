import path from 'node:path';
import { runsToText, runToText } from '@shared/paper/run-paper';
import { nodeClock } from '../ports-node';
import { readEstate } from '../read-estate';
import { storedView } from '../runbook/run-views';
import { createStoredRuns } from '../runbook/stored-runs';
import type { RunArguments } from './acting-arguments';
import { EXIT, type Io, printError, printJson } from './io';

/** `run list | show ID`: what the journal of this desk says. Opens no connection. */
export async function showRuns(asked: RunArguments, dataDir: string, io: Io): Promise<number> {
  const read = await readEstate(path.resolve(io.cwd, asked.estate));
  if (!read.ok) {
    for (const problem of read.error) printError(io, problem, asked.language);
    return EXIT.usage;
  }
  const stored = createStoredRuns(dataDir, read.value.estate, () => nodeClock.now());
  const { signal } = new AbortController();
  if (asked.verb === 'list') {
    const states = await stored.list(signal);
    if (asked.json) printJson(io, states);
    else io.out(runsToText(states, asked.language));
    return EXIT.done;
  }
  const view = storedView(await stored.get(asked.id, signal));
  if (asked.json) printJson(io, view);
  else io.out(runToText(view, asked.language));
  return EXIT.done;
}
