import { parseArgs } from 'node:util';
import type { Language } from '@shared/contract';
import { type AppError, ok, type Result } from '@shared/errors';
import { bad, languageOf, parsedBy } from './usage';

export const PLAN_FORMATS = ['text', 'json', 'md', 'csv', 'ledger-csv', 'ics', 'html', 'pdf'] as const;
export type PlanFormat = (typeof PLAN_FORMATS)[number];

export interface PlanArguments {
  estate: string;
  format: PlanFormat;
  /** A file to write instead of stdout; a PDF has to have one. */
  out: string | null;
  /** A folder for the offline pack. */
  pack: string | null;
  language: Language;
  dataDir: string | null;
}

/** Reads what follows `plan`. Every mistake is one sentence that names the word it is about. */
export function readPlanArguments(argv: readonly string[], locale: string): Result<PlanArguments, AppError> {
  const parsed = parsedBy(() => parse(argv));
  if (!parsed.ok) return parsed;
  const { values, positionals } = parsed.value;
  const [extra] = positionals;
  if (extra !== undefined) return bad(`plan: "${extra}" is one word too many.`);
  if (!values.estate) return bad('plan: --estate FILE is missing.');
  const asked = values.format ?? (values.json ? 'json' : 'text');
  const format = PLAN_FORMATS.find((each) => each === asked);
  if (!format) return bad(`--format: "${asked}" is none of ${PLAN_FORMATS.join(', ')}.`);
  if (values.json && format !== 'json') return bad(`--json and --format ${format} ask for two things.`);
  const pack = values.pack ?? null;
  if (pack !== null && (values.format !== undefined || values.out !== undefined || values.json))
    return bad('--pack writes every format into its folder: leave out --format, --json and --out.');
  if (format === 'pdf' && values.out === undefined) return bad('plan --format pdf: name a file with --out.');
  const language = languageOf(values.language ?? values.lang, locale);
  if (!language.ok) return language;
  return ok({
    estate: values.estate,
    format,
    out: values.out ?? null,
    pack,
    language: language.value,
    dataDir: values['data-dir'] ?? null,
  });
}

const parse = (argv: readonly string[]) =>
  parseArgs({
    args: [...argv],
    allowPositionals: true,
    strict: true,
    options: {
      estate: { type: 'string' },
      format: { type: 'string' },
      out: { type: 'string' },
      pack: { type: 'string' },
      json: { type: 'boolean' },
      lang: { type: 'string' },
      language: { type: 'string' },
      'data-dir': { type: 'string' },
    },
  });
