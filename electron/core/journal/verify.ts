import path from 'node:path';
import type { JournalVerdict } from '@shared/journal/journal';
import { type LaneVerdict, verifyChain } from '@shared/journal/verify-chain';
import { isLocked } from '../stores/file-lock';
import { digest } from './digest';
import { dayFiles, journalFolder, lanesOf, linesOf, lockFileOf, readHead } from './lane-files';

/**
 * Verifies every lane of a journal, the ones that are being written too. `expected` is a hash that a person
 * kept elsewhere: where it stands in the chain, everything up to it is what it was when they noted it.
 */
export async function verifyJournal(
  dataDir: string,
  expected: string | null = null,
): Promise<JournalVerdict> {
  const root = journalFolder(dataDir);
  const lanes: LaneVerdict[] = [];
  let known = false;
  for (const lane of await lanesOf(root)) {
    lanes.push(
      await verifyLane(path.join(root, lane), lane, (text) => {
        known ||= expected !== null && text.endsWith(`,"hash":"${expected}"}`);
      }),
    );
  }
  const sum = (count: (lane: LaneVerdict) => number) => lanes.reduce((all, lane) => all + count(lane), 0);
  return {
    whole: lanes.every(({ broken }) => broken === null) && (expected === null || known),
    records: sum(({ records }) => records),
    gaps: sum(({ gaps }) => gaps),
    lanes,
    known: expected === null ? null : known,
  };
}

async function verifyLane(folder: string, lane: string, see: (text: string) => void): Promise<LaneVerdict> {
  // The head first: what is written meanwhile only comes after it.
  const head = await readHead(folder);
  const writing = await isLocked(lockFileOf(folder));
  const verifier = verifyChain(lane, head, digest);
  for (const name of await dayFiles(folder)) {
    let number = 0;
    for await (const { text, whole } of linesOf(path.join(folder, name))) {
      number += 1;
      // The end of a file that somebody is just writing.
      if (!whole && writing) break;
      verifier.line(path.join(lane, name), number, text, whole);
      see(text);
    }
  }
  return verifier.end();
}
