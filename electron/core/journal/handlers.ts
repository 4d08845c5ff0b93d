import type { Contract } from '@shared/contract';
import type { Handlers, Signal } from '@shared/contract-kit';
import type { ExportRequest } from '@shared/journal/journal';
import { exportToFile } from './export';
import type { JournalStore } from './journal';
import { searchJournal } from './read';
import { verifyJournal } from './verify';

type Own = 'journal.status' | 'journal.search' | 'journal.verify' | 'journal.export';

/** What the contract promises of the journal. Each first writes what waits: the newest is on the page. */
export function journalHandlers(options: {
  journal: JournalStore;
  /** Main's own dialog; null when the person chose nothing. Absent where nobody can choose. */
  chooseExport: ((format: ExportRequest['format']) => Promise<string | null>) | undefined;
  abortSignal(signal: Signal): AbortSignal;
}): Pick<Handlers<Contract>, Own> {
  const { journal, chooseExport, abortSignal } = options;
  const { dataDir } = journal;
  return {
    'journal.status': () => journal.status(),
    'journal.search': async (query, { signal }) => {
      await journal.flush();
      return searchJournal(dataDir, query, abortSignal(signal));
    },
    'journal.verify': async () => {
      await journal.flush();
      return verifyJournal(dataDir);
    },
    'journal.export': async (request, { signal }) => {
      const file = (await chooseExport?.(request.format)) ?? null;
      if (file === null) return { file: null, entries: 0 };
      await journal.flush();
      const entries = await exportToFile(dataDir, request, file, abortSignal(signal));
      journal.note({ kind: 'journal-exported', file, format: request.format, entries });
      return { file, entries };
    },
  };
}
