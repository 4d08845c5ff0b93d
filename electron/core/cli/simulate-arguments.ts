import { parseArgs } from 'node:util';
import type { Language } from '@shared/contract';
import { type AppError, ok, type Result } from '@shared/errors';
import { type Change, MOST_CHANGES } from '@shared/what-if/change';
import { CHANGE_OPTIONS, type ChangeOption, parseChange } from '@shared/what-if/parse-change';
import { bad, ESTATE_OPTIONS, egressOf, languageOf, parsedBy } from './usage';

/** `patronus simulate`: an estate file with changes laid on it. Opens no connection. */
export interface SimulateArguments {
  estate: string;
  /** In the order in which they were written. */
  changes: Change[];
  /** Simulates the outage of the migration, too; `null`: not asked for. */
  seed: number | null;
  json: boolean;
  language: Language;
  dataDir: string | null;
}

/** Of a simulation for which nobody named one: the same runs at every desk. */
const SEED = 1;

/** Reads the words after `simulate`. Every change is told by its own error; none is left out quietly. */
export function readSimulateArguments(
  argv: readonly string[],
  locale: string,
): Result<SimulateArguments, AppError> {
  const parsed = parsedBy(() => parse(argv));
  if (!parsed.ok) return parsed;
  const { values, positionals, tokens } = parsed.value;
  const [extra] = positionals;
  if (extra !== undefined) return bad(`simulate: "${extra}" is one word too many.`);
  if (!values.estate) return bad('simulate: --estate FILE is missing.');
  const language = languageOf(values.lang, locale);
  if (!language.ok) return language;
  const egress = egressOf(values.egress);
  if (!egress.ok) return egress;
  const seed = Number(values.seed ?? SEED);
  if (!Number.isSafeInteger(seed)) return bad(`--seed: "${values.seed}" is no whole number.`);
  if (values.seed !== undefined && !values.outage) return bad('--seed: only with --outage.');
  const changes: Change[] = [];
  for (const token of tokens) {
    if (token.kind !== 'option' || !isChange(token.name)) continue;
    const change = parseChange(token.name, token.value ?? '');
    if (!change.ok) return change;
    changes.push(change.value);
  }
  if (changes.length > MOST_CHANGES) return bad(`simulate: at most ${MOST_CHANGES} changes.`);
  return ok({
    estate: values.estate,
    changes,
    seed: values.outage ? seed : null,
    json: values.json ?? false,
    language: language.value,
    dataDir: values['data-dir'] ?? null,
  });
}

const isChange = (name: string): name is ChangeOption => Object.hasOwn(CHANGE_OPTIONS, name);

const many = { type: 'string', multiple: true } as const;
const { confirm: _confirm, ...ESTATE } = ESTATE_OPTIONS;

const parse = (argv: readonly string[]) =>
  parseArgs({
    args: [...argv],
    allowPositionals: true,
    strict: true,
    tokens: true,
    options: {
      ...ESTATE,
      fail: many,
      drain: many,
      cut: many,
      remove: many,
      set: many,
      load: many,
      in: many,
      scenario: many,
      outage: { type: 'boolean' },
      seed: { type: 'string' },
    },
  });
