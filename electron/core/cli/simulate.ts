import path from 'node:path';
import { simulateOf } from '@shared/what-if/simulate-of';
import { simulatedRuns } from '@shared/what-if/simulated-runs';
import { whatIfToText } from '@shared/what-if/what-if-text';
import { readEstate } from '../read-estate';
import { lastLook } from '../recorder/last-look';
import { ledgerStore } from '../stores/ledger-store';
import { EXIT, type Io, printError, printJson } from './io';
import type { SimulateArguments } from './simulate-arguments';

/**
 * `simulate`: what if, from the estate file, the ledger beside it and the last look that was recorded, if there is one. Opens
 * no connection and writes nothing. A change that cannot be meant is bad usage, and every such change is named.
 */
export async function simulateCommand(asked: SimulateArguments, dataDir: string, io: Io): Promise<number> {
  const { changes, seed } = asked;
  const language = asked.json ? 'en' : asked.language;
  const file = path.resolve(io.cwd, asked.estate);
  const read = await readEstate(file);
  const refused = (errors: Parameters<typeof printError>[1][]): number => {
    for (const error of errors) printError(io, error, asked.language);
    return EXIT.usage;
  };
  if (!read.ok) return refused(read.error);
  const entries = await ledgerStore(file).read();
  const snapshot = await lastLook(dataDir, file);
  const made = simulateOf(read.value, entries, snapshot, changes, language);
  if (!made.ok) return refused(made.error);
  const simulated = seed === null ? undefined : simulatedRuns(read.value, entries, snapshot, changes, seed);
  const whatIf = simulated ? { ...made.value, simulated } : made.value;
  if (asked.json) printJson(io, whatIf);
  else io.out(whatIfToText(whatIf, language));
  return EXIT.done;
}
