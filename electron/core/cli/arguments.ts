import { parseArgs } from 'node:util';
import type { Language } from '@shared/contract';
import type { AppError, Result } from '@shared/errors';
import { ok } from '@shared/errors';
import { RECORDING_OPTIONS, type RecordingArguments, readRecordingArguments } from './recording-arguments';
import { bad, ESTATE_OPTIONS, egressOf, languageOf, parsedBy } from './usage';

/** Commands of this version, and whether each reads an estate file and opens connections. */
export const COMMANDS = {
  check: { estate: true, connects: false, host: false },
  status: { estate: true, connects: true, host: false },
  topology: { estate: true, connects: true, host: false },
  replication: { estate: true, connects: true, host: false },
  assess: { estate: true, connects: true, host: false },
  trust: { estate: true, connects: true, host: true },
  record: { estate: true, connects: true, host: false },
  replay: { estate: false, connects: false, host: false },
  secrets: { estate: true, connects: false, host: false },
} as const;
export type Command = keyof typeof COMMANDS;

export interface CliArguments {
  command: Command;
  estate: string;
  host: string | null;
  /** What follows `secrets`: a verb, and the name it is about; what follows `replay`: the recording. */
  words: readonly string[];
  json: boolean;
  language: Language;
  dataDir: string | null;
  egress: 'offline' | 'loopback' | null;
  confirm: string | null;
  recording: RecordingArguments;
}
export type Parsed = { kind: 'run'; arguments: CliArguments } | { kind: 'help' } | { kind: 'version' };

/** Reads the command line. Every mistake is one sentence that names the word it is about. */
export function readCliArguments(argv: readonly string[], locale: string): Result<Parsed, AppError> {
  const parsed = parsedBy(() => parse(argv));
  if (!parsed.ok) return parsed;
  const { values, positionals } = parsed.value;
  if (values.help || positionals[0] === 'help') return ok({ kind: 'help' });
  if (values.version) return ok({ kind: 'version' });
  const [name, ...rest] = positionals;
  if (name === undefined) return bad('No command was given.');
  if (!Object.hasOwn(COMMANDS, name)) return bad(`There is no command "${name}" in this version.`);
  const command = name as Command;
  const { host: wantsHost } = COMMANDS[command];
  const [host, ...tooMany] = rest;
  if (wantsHost && host === undefined) return bad(`${command}: name the host, as the estate file calls it.`);
  if (command === 'replay' && host === undefined) return bad('replay: name the recording.');
  const words = command === 'secrets' || command === 'replay' ? rest : [];
  const extra = words.length > 0 ? words[command === 'replay' ? 1 : 2] : wantsHost ? tooMany[0] : host;
  if (extra !== undefined) return bad(`${command}: "${extra}" is one word too many.`);
  if (!values.estate && COMMANDS[command].estate) return bad(`${command}: --estate FILE is missing.`);
  const recording = readRecordingArguments(values);
  if (!recording.ok) return bad(recording.error);
  const language = languageOf(values.lang, locale);
  if (!language.ok) return language;
  const egress = egressOf(values.egress);
  if (!egress.ok) return egress;
  return ok({
    kind: 'run',
    arguments: {
      command,
      estate: values.estate ?? '',
      host: wantsHost ? (host ?? null) : null,
      words,
      json: values.json ?? false,
      language: language.value,
      dataDir: values['data-dir'] ?? null,
      egress: egress.value,
      confirm: values.confirm ?? null,
      recording: recording.value,
    },
  });
}

const parse = (argv: readonly string[]) =>
  parseArgs({
    args: [...argv],
    allowPositionals: true,
    strict: true,
    options: {
      ...ESTATE_OPTIONS,
      ...RECORDING_OPTIONS,
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean' },
    },
  });
