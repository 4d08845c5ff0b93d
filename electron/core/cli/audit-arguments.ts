import { parseArgs } from 'node:util';
import type { Language } from '@shared/contract';
import { type AppError, ok, type Result } from '@shared/errors';
import { EXPORT_FORMATS, type ExportFormat } from '@shared/journal/export';
import { GROUPS } from '@shared/journal/groups';
import type { JournalFilter } from '@shared/journal/search';
import { bad, languageOf, parsedBy } from './usage';

const COMMANDS = ['verify', 'search', 'export'] as const;

/** `patronus audit …`: reads the journal of this desk, opens no connection and needs no estate. */
export interface AuditArguments {
  command: (typeof COMMANDS)[number];
  filter: JournalFilter;
  /** verify: a hash that the person kept elsewhere. */
  hash: string | null;
  format: ExportFormat;
  limit: number;
  json: boolean;
  language: Language;
  dataDir: string | null;
}

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1_000;
const UNITS: Readonly<Record<string, number>> = { min: 60_000, h: 3_600_000, d: 86_400_000 };

/** Reads the words after `audit`. `now` is what "2h" counts from. */
export function readAuditArguments(
  argv: readonly string[],
  locale: string,
  now: number,
): Result<AuditArguments, AppError> {
  const parsed = parsedBy(() => parse(argv));
  if (!parsed.ok) return parsed;
  const { values, positionals } = parsed.value;
  const [name, extra] = positionals;
  const command = COMMANDS.find((one) => one === name);
  if (!command)
    return bad(`audit: ${name === undefined ? 'say' : `"${name}" is not`} verify, search or export.`);
  if (extra !== undefined) return bad(`audit ${command}: "${extra}" is one word too many.`);
  const language = languageOf(values.lang, locale);
  if (!language.ok) return language;
  const format = EXPORT_FORMATS.find((one) => one === (values.format ?? 'jsonl'));
  if (!format) return bad(`--format: "${values.format}" is neither jsonl nor csv.`);
  const group = GROUPS.find((one) => one === values.kind);
  if (values.kind !== undefined && !group)
    return bad(`--kind: "${values.kind}" is none of ${GROUPS.join(', ')}.`);
  const limit = Number(values.limit ?? DEFAULT_LIMIT);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT)
    return bad(`--limit: "${values.limit}" is no whole number from 1 to ${MAX_LIMIT}.`);
  const times: { since?: number; until?: number } = {};
  for (const word of ['since', 'until'] as const) {
    const given = values[word];
    if (given === undefined) continue;
    const at = timeOf(given, now);
    if (at === null)
      return bad(`--${word}: "${given}" is neither a time (2026-11-21T14:00) nor an age (30min, 2h, 7d).`);
    times[word] = at;
  }
  const { text, host, who, failed } = values;
  const filter: JournalFilter = {
    ...times,
    ...(text === undefined ? {} : { text }),
    ...(host === undefined ? {} : { host }),
    ...(who === undefined ? {} : { who }),
    ...(group === undefined ? {} : { group }),
    ...(failed ? { failed } : {}),
  };
  const { json = false } = values;
  const own = { command, filter, format, limit, json, language: language.value } as const;
  return ok({ ...own, hash: values.hash ?? null, dataDir: values['data-dir'] ?? null });
}

/** "2h" ago, or a time as ISO 8601; without a zone, this desk's. */
function timeOf(text: string, now: number): number | null {
  const [, amount, unit = ''] = /^(\d+)(min|h|d)$/.exec(text) ?? [];
  if (amount !== undefined) return now - Number(amount) * (UNITS[unit] ?? 0);
  const at = Date.parse(text);
  return /^\d{4}-\d\d-\d\d/.test(text) && Number.isFinite(at) ? at : null;
}

const parse = (argv: readonly string[]) =>
  parseArgs({
    args: [...argv],
    allowPositionals: true,
    strict: true,
    options: {
      text: { type: 'string' },
      host: { type: 'string' },
      who: { type: 'string' },
      kind: { type: 'string' },
      failed: { type: 'boolean' },
      since: { type: 'string' },
      until: { type: 'string' },
      hash: { type: 'string' },
      format: { type: 'string' },
      limit: { type: 'string' },
      json: { type: 'boolean' },
      lang: { type: 'string' },
      'data-dir': { type: 'string' },
    },
  });
