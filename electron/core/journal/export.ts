import { open, rename, rm } from 'node:fs/promises';
import { exportEntry, exportHead } from '@shared/journal/export';
import type { ExportRequest } from '@shared/journal/journal';
import { failure, systemText } from '../net/failure';
import { readJournal } from './read';

/** Writes what the filter finds, piece by piece. Resolves with how many entries that were. */
export async function exportJournal(
  dataDir: string,
  { filter, format }: ExportRequest,
  write: (text: string) => Promise<void> | void,
  signal: AbortSignal,
): Promise<number> {
  let entries = 0;
  await write(exportHead(format));
  for await (const entry of readJournal(dataDir, filter, signal)) {
    await write(exportEntry(entry, format));
    entries += 1;
  }
  return entries;
}

/** The same into a file that only its owner may read. It appears when it is whole. @throws Failure E_STORE_WRITE */
export async function exportToFile(
  dataDir: string,
  request: ExportRequest,
  file: string,
  signal: AbortSignal,
): Promise<number> {
  const temporary = `${file}.part`;
  try {
    const handle = await open(temporary, 'w', 0o600);
    let entries = 0;
    try {
      entries = await exportJournal(dataDir, request, (text) => handle.appendFile(text), signal);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
    return entries;
  } catch (thrown) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw failure('E_STORE_WRITE', null, { file, text: systemText(thrown) });
  }
}
