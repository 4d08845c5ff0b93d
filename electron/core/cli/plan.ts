import path from 'node:path';
import { toAppError } from '@shared/errors';
import { texts } from '@shared/text';
import { failure } from '../net/failure';
import { writePack } from '../paper/plan-pack';
import { type PlanSource, planPapers } from '../paper/plan-papers';
import type { PrintPdf } from '../paper/print';
import { writeWhole } from '../paper/write-whole';
import { readEstate } from '../read-estate';
import { lastLook } from '../recorder/last-look';
import { frameStore } from '../stores/frame-store';
import { ledgerStore } from '../stores/ledger-store';
import { EXIT, type Io, printError } from './io';
import type { PlanArguments } from './plan-arguments';

export interface PlanWorld {
  dataDir: string;
  io: Io;
  now: number;
  /** Absent where nothing can print. */
  printPdf?: PrintPdf | undefined;
}

/**
 * `plan`: from the estate file, what was entered beside it and the last look that was recorded. Opens no connection. Without a
 * recorded look, or with one that did not see every host, the exit code says 4; what could not be written or printed is 1.
 */
export async function planCommand(asked: PlanArguments, world: PlanWorld): Promise<number> {
  const { io, dataDir, now } = world;
  const file = path.resolve(io.cwd, asked.estate);
  const read = await readEstate(file);
  if (!read.ok) {
    for (const problem of read.error) printError(io, problem, asked.language);
    return EXIT.usage;
  }
  try {
    const snapshot = await lastLook(dataDir, file);
    const source: PlanSource = {
      estate: read.value,
      entries: await ledgerStore(file).read(),
      snapshot,
      frame: await frameStore(file).read(),
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      now,
    };
    if (asked.pack === null) await give(source, asked, world);
    else await pack(source, file, asked.pack, asked, world);
    const readings = Object.values(snapshot?.hosts ?? {});
    const seen = snapshot !== null && readings.every((reading) => reading.state === 'answered');
    return seen ? EXIT.done : EXIT.unseen;
  } catch (thrown) {
    printError(io, toAppError(thrown), asked.language);
    return EXIT.failed;
  }
}

/** One form, to stdout or into a file. A program reads English: JSON is the same on every desk. */
async function give(source: PlanSource, asked: PlanArguments, { io, printPdf }: PlanWorld): Promise<void> {
  const { format, language } = asked;
  const papers = planPapers(source, format === 'json' ? 'en' : language);
  const out = asked.out === null ? null : path.resolve(io.cwd, asked.out);
  const content = format === 'pdf' ? await print(printPdf)(papers.job()) : papers.text(format);
  if (out === null) {
    if (typeof content === 'string') io.out(content);
    return;
  }
  await writeWhole(out, content);
  io.err(`${texts(language).planPaper.cli.written(out)}\n`);
}

async function pack(
  source: PlanSource,
  estateFile: string,
  to: string,
  { language }: PlanArguments,
  { io, printPdf }: PlanWorld,
): Promise<void> {
  const folder = path.resolve(io.cwd, to);
  const packed = await writePack({ source, estateFile, folder, print: print(printPdf), language });
  for (const name of packed.files) io.out(`${path.join(folder, name)}\n`);
  // A pack without its PDF is still worth having; that it has none is said, and the exit code says it, too.
  if (packed.withoutPdf !== null) throw packed.withoutPdf;
}

const print = (printPdf: PrintPdf | undefined): PrintPdf =>
  printPdf ?? (() => Promise.reject(failure('E_PRINT_RUNTIME', null, { file: 'scripts/print-pdf.mjs' })));
