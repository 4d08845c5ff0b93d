import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Language } from '@shared/contract';
import { texts } from '@shared/text';
import { formatDate, formatTime } from '@shared/text/format';
import { type PaperFormat, type PlanPapers, type PlanSource, planPapers } from './plan-papers';
import type { PrintPdf } from './print';
import { writeWhole } from './write-whole';

/** What lies in the folder of each language. */
const FILES = {
  'plan.html': 'html',
  'plan.md': 'md',
  'steps.csv': 'csv',
  'ledger.csv': 'ledger-csv',
  'plan.ics': 'ics',
  'plan.json': 'json',
  'runbook.txt': 'text',
} as const satisfies Record<string, PaperFormat>;

const LANGUAGES: readonly Language[] = ['en', 'fr'];

export interface Packed {
  /** Every file, below the folder. */
  files: readonly string[];
  hash: string;
  /** Why there is no PDF; null: there is. */
  withoutPdf: unknown;
}

/**
 * The offline pack: the plan in both languages and every form, a page that says what is what, the hash of the estate file it
 * was made from, and the sums of all files. Everything is written before SHA256SUMS, so a pack without it is not whole.
 * Where nothing prints, there is no PDF, and the pack says so.
 * @throws Failure E_STORE_READ, E_STORE_WRITE
 */
export async function writePack(options: {
  source: PlanSource;
  estateFile: string;
  folder: string;
  print: PrintPdf;
  language: Language;
}): Promise<Packed> {
  const { source, estateFile, folder, print, language } = options;
  const sums = new Map<string, string>();
  const write = async (name: string, content: string | Uint8Array) => {
    await writeWhole(path.join(folder, name), content);
    sums.set(name, sha256(content));
  };
  let withoutPdf: unknown = null;
  let hash = '';
  for (const each of LANGUAGES) {
    const papers = planPapers(source, each);
    hash = papers.hash;
    for (const [name, format] of Object.entries(FILES)) {
      if (format === 'ics' && papers.plan.window.state !== 'set') continue;
      await write(`${each}/${name}`, papers.text(format));
    }
    const pdf =
      withoutPdf === null ? await print(papers.job()).catch((thrown: unknown) => ({ thrown })) : null;
    if (pdf instanceof Uint8Array) await write(`${each}/plan.pdf`, pdf);
    else if (pdf) withoutPdf = pdf.thrown;
  }
  const estate = { hash: sha256(await readFile(estateFile)), name: path.basename(estateFile) };
  for (const each of LANGUAGES) {
    const papers = planPapers(source, each);
    await write(
      `README.${each}.txt`,
      readme(papers, source, each, estate, [...sums.keys()], withoutPdf !== null),
    );
  }
  const list = [...sums].map(([name, sum]) => `${sum}  ${name}\n`).join('');
  await writeWhole(path.join(folder, 'SHA256SUMS'), list);
  const first = language === 'fr' ? 'README.fr.txt' : 'README.en.txt';
  return {
    files: [first, ...[...sums.keys()].filter((name) => name !== first), 'SHA256SUMS'],
    hash,
    withoutPdf,
  };
}

function readme(
  papers: PlanPapers,
  { estate, zone, now }: PlanSource,
  language: Language,
  file: { hash: string; name: string },
  names: readonly string[],
  noPdf: boolean,
): string {
  const { pack } = texts(language).planPaper;
  const about: Record<string, string> = {
    'plan.pdf': pack.files.pdf,
    'plan.html': pack.files.html,
    'plan.md': pack.files.md,
    'steps.csv': pack.files.csv,
    'ledger.csv': pack.files.ledgerCsv,
    'plan.ics': pack.files.ics,
    'plan.json': pack.files.json,
    'runbook.txt': pack.files.txt,
  };
  const own = names.filter((name) => name.startsWith(`${language}/`));
  const width = Math.max(0, ...own.map(({ length }) => length));
  return [
    pack.readme(estate.estate),
    pack.what,
    '',
    pack.hash(papers.hash),
    pack.estate(file.hash, file.name),
    pack.made(`${formatDate(now, zone, language)} ${formatTime(now, zone)} ${zone}`),
    '',
    ...own.map((name) => `${name.padEnd(width)}  ${about[path.basename(name)] ?? ''}`),
    ...(noPdf ? [pack.noPdf] : []),
    ...(papers.plan.window.state === 'set' ? [] : [pack.noCalendar]),
    '',
    pack.check,
    pack.void,
    '',
  ].join('\n');
}

const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');
