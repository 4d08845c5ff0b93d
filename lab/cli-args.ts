import { parseArgs } from 'node:util';
import { type Owner, parseOwner } from './access/owner';
import { parseSize } from './data/sizes';
import type { Wanted } from './engine/config';
import { messageOf, usageError } from './engine/errors';
import { ENGINES } from './engine/spec';

const OPTIONS = {
  base: { type: 'string' },
  engine: { type: 'string' },
  'db-size': { type: 'string' },
  'files-size': { type: 'string' },
  files: { type: 'string' },
  seed: { type: 'string' },
  'gate-port': { type: 'string' },
  owner: { type: 'string' },
  purge: { type: 'boolean' },
  json: { type: 'boolean' },
  hang: { type: 'boolean' },
  restore: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

export interface Arguments {
  readonly command: string;
  readonly words: readonly string[];
  readonly base: string | undefined;
  readonly wanted: Wanted;
  readonly owner: Owner | undefined;
  readonly purge: boolean;
  readonly json: boolean;
  readonly hang: boolean;
  readonly restore: boolean;
}

/** Reads the command line. What follows `in HOST` belongs to the command in the host. @throws LabError E_USAGE */
export function parseArguments(argv: readonly string[]): Arguments {
  const split = endOfOwn(argv);
  const [own, foreign] = [argv.slice(0, split), argv.slice(split)];
  const { values, positionals } = readOptions(own);
  const [command = 'help', ...words] = positionals;
  return {
    command: values.help ? 'help' : command,
    words: [...words, ...foreign],
    base: values.base,
    wanted: {
      engine: values.engine === undefined ? undefined : engine(values.engine),
      dbSize: values['db-size'] === undefined ? undefined : parseSize(values['db-size']),
      filesSize: values['files-size'] === undefined ? undefined : parseSize(values['files-size']),
      files: count('--files', values.files, 1, 1_000_000),
      seed: count('--seed', values.seed, 0, 2 ** 32 - 1),
      gatePort: count('--gate-port', values['gate-port'], 1024, 65_535),
    },
    owner: values.owner === undefined ? undefined : parseOwner(values.owner),
    purge: values.purge ?? false,
    json: values.json ?? false,
    hang: values.hang ?? false,
    restore: values.restore ?? false,
  };
}

/** Where our own words end: everything, or up to the host of `in [--base DIR] HOST COMMAND…`. */
function endOfOwn(argv: readonly string[]): number {
  let at = argv.indexOf('in');
  if (at < 0) return argv.length;
  at++;
  while (argv[at]?.startsWith('--')) at += argv[at] === '--base' ? 2 : 1;
  return at + 1;
}

function readOptions(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw usageError(messageOf(error));
  }
}

function engine(text: string) {
  const found = ENGINES.find((name) => name === text);
  if (!found) throw usageError(`--engine is ${ENGINES.join(' or ')}, not "${text}"`);
  return found;
}

function count(name: string, text: string | undefined, low: number, high: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < low || value > high)
    throw usageError(`${name} wants a whole number from ${low} to ${high}`);
  return value;
}
