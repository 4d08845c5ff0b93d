import { parseArgs } from 'node:util';
import type { Language } from '@shared/contract';
import { type AppError, ok, type Result } from '@shared/errors';
import { MEASURE_KINDS, type MeasureKind } from '@shared/measure/model';
import { bad, ESTATE_OPTIONS, egressOf, languageOf, parsedBy } from './usage';

const BOUNDS = ['seconds', 'bytes', 'streams', 'walks', 'samples'] as const;
type Bound = (typeof BOUNDS)[number];

/** `patronus measure list`, or one kind with its subject and the bounds that a person names. */
export interface MeasureArguments {
  what: MeasureKind | 'list';
  /** A data set or a host of the estate; null: the only one there is. */
  subject: string | null;
  bounds: Partial<Record<Bound, number>>;
  trees: readonly string[];
  estate: string;
  json: boolean;
  language: Language;
  dataDir: string | null;
  egress: 'offline' | 'loopback' | null;
}

/** Which bounds each kind has. */
const BOUNDS_OF: Record<MeasureKind, readonly Bound[]> = {
  'write-rate': ['seconds'],
  'changed-files': ['seconds'],
  'tree-walk': ['seconds', 'walks'],
  copy: ['seconds', 'bytes', 'streams'],
  latency: ['samples'],
};

/** Reads the words after `measure`. Every mistake is one sentence that names the word it is about. */
export function readMeasureArguments(
  argv: readonly string[],
  locale: string,
): Result<MeasureArguments, AppError> {
  const parsed = parsedBy(() => parse(argv));
  if (!parsed.ok) return parsed;
  const { values, positionals } = parsed.value;
  const [name, subject, extra] = positionals;
  const what = name === 'list' ? name : MEASURE_KINDS.find((kind) => kind === name);
  if (!what)
    return bad(
      `measure: ${name === undefined ? 'say' : `"${name}" is not`} list, ${MEASURE_KINDS.join(', ')}.`,
    );
  const tooMany = what === 'list' ? subject : extra;
  if (tooMany !== undefined) return bad(`measure ${what}: "${tooMany}" is one word too many.`);
  if (!values.estate) return bad('measure: --estate FILE is missing.');
  const language = languageOf(values.lang, locale);
  if (!language.ok) return language;
  const egress = egressOf(values.egress);
  if (!egress.ok) return egress;
  const { tree: trees = [] } = values;
  const walks = what === 'changed-files' || what === 'tree-walk';
  if (trees.length > 0 && !walks) return bad(`measure ${what}: --tree is for changed-files and tree-walk.`);
  const bounds: MeasureArguments['bounds'] = {};
  for (const bound of BOUNDS) {
    const given = values[bound];
    if (given === undefined) continue;
    if (what === 'list' || !BOUNDS_OF[what].includes(bound))
      return bad(`measure ${what}: has no --${bound}.`);
    if (!/^\d{1,15}$/.test(given)) return bad(`--${bound}: "${given}" is no whole number.`);
    bounds[bound] = Number(given);
  }
  return ok({
    what,
    subject: subject ?? null,
    bounds,
    trees,
    estate: values.estate,
    json: values.json ?? false,
    language: language.value,
    dataDir: values['data-dir'] ?? null,
    egress: egress.value,
  });
}

const parse = (argv: readonly string[]) => {
  const { confirm: _, ...estate } = ESTATE_OPTIONS;
  return parseArgs({
    args: [...argv],
    allowPositionals: true,
    strict: true,
    options: {
      ...estate,
      tree: { type: 'string', multiple: true },
      seconds: { type: 'string' },
      bytes: { type: 'string' },
      streams: { type: 'string' },
      walks: { type: 'string' },
      samples: { type: 'string' },
    },
  });
};
