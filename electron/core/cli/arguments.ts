import { parseArgs } from 'node:util';
import type { Language } from '@shared/contract';
import type { AppError, Result } from '@shared/errors';
import { err, ok } from '@shared/errors';
import { RECORDING_OPTIONS, type RecordingArguments, readRecordingArguments } from './recording-arguments';

/** Commands of this version, and whether each reads an estate file and opens connections. */
export const COMMANDS = {
  check: { estate: true, connects: false, host: false },
  status: { estate: true, connects: true, host: false },
  topology: { estate: true, connects: true, host: false },
  replication: { estate: true, connects: true, host: false },
  plan: { estate: true, connects: false, host: false },
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

const bad = (message: string): Result<never> =>
  err({
    code: 'E_USAGE',
    stage: 'internal',
    message,
    remedy: 'patronus --help lists the commands.',
    retryable: false,
  });

/** Reads the command line. Every mistake is one sentence that names the word it is about. */
export function readCliArguments(argv: readonly string[], locale: string): Result<Parsed, AppError> {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(argv);
  } catch (thrown) {
    return bad(thrown instanceof Error ? thrown.message : String(thrown));
  }
  const { values, positionals } = parsed;
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
  const language = values.lang ?? (locale.toLowerCase().startsWith('fr') ? 'fr' : 'en');
  if (language !== 'en' && language !== 'fr') return bad(`--lang: "${language}" is neither en nor fr.`);
  const egress = values.egress ?? null;
  if (egress !== null && egress !== 'offline' && egress !== 'loopback') {
    return bad(`--egress: "${egress}" is neither offline nor loopback; it can only tighten.`);
  }
  return ok({
    kind: 'run',
    arguments: {
      command,
      estate: values.estate ?? '',
      host: wantsHost ? (host ?? null) : null,
      words,
      json: values.json ?? false,
      language,
      dataDir: values['data-dir'] ?? null,
      egress,
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
      estate: { type: 'string' },
      json: { type: 'boolean' },
      lang: { type: 'string' },
      'data-dir': { type: 'string' },
      egress: { type: 'string' },
      confirm: { type: 'string' },
      ...RECORDING_OPTIONS,
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean' },
    },
  });
