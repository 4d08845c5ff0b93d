import path from 'node:path';
import { canSet } from '@shared/runbook/throttle';
import { texts } from '@shared/text';
import { failure } from '../net/failure';
import { nodeClock } from '../ports-node';
import { readEstate } from '../read-estate';
import { createStoredRuns, type StoredRun } from '../runbook/stored-runs';
import { throttleAsks } from '../runbook/throttle-asks';
import type { RunArguments } from './acting-arguments';
import { EXIT, type Io, printError, printJson } from './io';

/** How long whoever acts on the run may take to hear it before this command goes away. */
const HEARD_MS = 5_000;
const LOOK_MS = 100;

/**
 * `run throttle ID --to LEVEL`: asks whoever acts on the run at this desk to go no faster than that; where nobody does, it
 * counts once the run is resumed here. Opens no connection. Rejects with E_NO_RUN, E_RUN_CLOSED, E_THROTTLE.
 */
export async function throttleCommand(
  asked: RunArguments & { level: number },
  { dataDir, who, io }: { dataDir: string; who: string; io: Io },
): Promise<number> {
  const read = await readEstate(path.resolve(io.cwd, asked.estate));
  if (!read.ok) {
    for (const problem of read.error) printError(io, problem, asked.language);
    return EXIT.usage;
  }
  const { id, level } = asked;
  const { signal } = new AbortController();
  const stored = createStoredRuns(dataDir, read.value.estate, () => nodeClock.now());
  const run = await stored.get(id, signal);
  if (run.state.closedAt !== null) throw failure('E_RUN_CLOSED', null, { id });
  const step = stepOf(run, asked.step, level);
  const asks = throttleAsks(dataDir, id);
  await asks.put({ step, level, by: who });
  const until = nodeClock.monotonic() + HEARD_MS;
  while ((await asks.waits()) && nodeClock.monotonic() < until) await nodeClock.sleep(LOOK_MS, signal);
  const heard = !(await asks.waits());
  const words = texts(asked.language).actingCli.throttle;
  if (asked.json) printJson(io, { run: id, step, level, heard });
  else io.out(`${(heard ? words.heard : words.waits)(step, `${level}`)}\n`);
  return EXIT.done;
}

/** The step that is meant: the one that is named, by id or number; else the only one that can be set to this level. */
function stepOf({ plan, state }: StoredRun, named: string | null, level: number): string {
  const able = plan.steps.filter(({ id }) => canSet(plan, state, id, level));
  const meant = able.filter(({ id, number }) => named === null || id === named || number === named);
  const [step] = meant;
  if (step && meant.length === 1) return step.id;
  const levels = plan.steps.flatMap((one) => {
    const throttle = one.kind === 'act' || one.kind === 'repeat' ? one.throttle : undefined;
    return throttle?.rate ? [`${one.number}: ${throttle.rate.levels.join(' ')}`] : [];
  });
  const what = levels.join(', ') || '—';
  throw failure('E_THROTTLE', null, { id: state.id, name: named ?? '?', text: `${level}`, what });
}
