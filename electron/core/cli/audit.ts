import path from 'node:path';
import { toAppError } from '@shared/errors';
import { pageToText, verdictToText } from '@shared/journal/paper';
import type { JournalPage } from '@shared/journal/search';
import { exportJournal } from '../journal/export';
import { searchJournal } from '../journal/read';
import { verifyJournal } from '../journal/verify';
import type { AuditArguments } from './audit-arguments';
import { EXIT, type Io, printError, printJson } from './io';

/**
 * `audit verify | search | export`. A broken chain is exit 1; a journal with nothing in it is 4: there was nothing
 * to see.
 */
export async function auditCommand(asked: AuditArguments, homeDataDir: string, io: Io): Promise<number> {
  const dataDir = asked.dataDir === null ? homeDataDir : path.resolve(io.cwd, asked.dataDir);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const { signal } = new AbortController();
  try {
    switch (asked.command) {
      case 'verify': {
        const verdict = await verifyJournal(dataDir, asked.hash);
        if (asked.json) printJson(io, verdict);
        else io.out(verdictToText(verdict, asked.language, zone));
        if (!verdict.whole) return EXIT.failed;
        return verdict.records === 0 ? EXIT.unseen : EXIT.done;
      }
      case 'search': {
        const query = { filter: asked.filter, offset: 0, limit: asked.limit };
        const page: JournalPage = await searchJournal(dataDir, query, signal);
        if (asked.json) printJson(io, page);
        else io.out(pageToText(page, asked.language, zone));
        return EXIT.done;
      }
      case 'export':
        await exportJournal(dataDir, asked, (text) => io.out(text), signal);
        return EXIT.done;
    }
  } catch (thrown) {
    printError(io, toAppError(thrown), asked.language);
    return EXIT.failed;
  }
}
