import path from 'node:path';
import { planOf } from '@shared/plan/plan-of';
import { planToText } from '@shared/plan/plan-text';
import { readEstate } from '../read-estate';
import { lastLook } from '../recorder/last-look';
import { ledgerStore } from '../stores/ledger-store';
import type { CliArguments } from './arguments';
import { EXIT, type Io, printError, printJson } from './io';

/**
 * `plan`: from the estate file, the ledger beside it and the last look that was recorded. Opens no connection.
 * Without a recorded look, or with one that did not see every host, the exit code says 4.
 */
export async function planCommand(asked: CliArguments, dataDir: string, io: Io): Promise<number> {
  const file = path.resolve(io.cwd, asked.estate);
  const read = await readEstate(file);
  if (!read.ok) {
    for (const problem of read.error) printError(io, problem, asked.language);
    return EXIT.usage;
  }
  const ledger = await ledgerStore(file).read();
  const snapshot = await lastLook(dataDir, file);
  const plan = planOf(read.value, ledger, snapshot, asked.json ? 'en' : asked.language);
  if (asked.json) printJson(io, plan);
  else io.out(planToText(plan, asked.language));
  const readings = Object.values(snapshot?.hosts ?? {});
  const seen = snapshot !== null && readings.every((reading) => reading.state === 'answered');
  return seen ? EXIT.done : EXIT.unseen;
}
