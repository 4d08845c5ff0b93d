// @ts-check
/** What every script here shares: where the checkout is, how to speak, how to end. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runCleanups } from './processes.mjs';

export const root = path.resolve(import.meta.dirname, '../..');

/** A program of node_modules, run by this very Node: the PATH of sudo or of a service may hold another one. */
export const tool = (/** @type {string} */ name) => [
  process.execPath,
  path.join(root, 'node_modules/.bin', name),
];

/** Progress goes to stderr: stdout belongs to whatever the script was asked for. */
export const say = (/** @type {string} */ message) => process.stderr.write(`${message}\n`);

export const isRoot = () => process.getuid?.() === 0;

/** An end that was foreseen: one sentence for a person, no stack. 1 = could not, 2 = bad usage. */
export class Stop extends Error {
  /** @param {string} message @param {number} [exitCode] */
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/**
 * Strict option parsing: a mistyped option must never be ignored.
 * @param {string[]} args
 * @param {import('node:util').ParseArgsConfig['options']} options
 * @param {{ usage: string, positionals?: number }} about
 * @returns {{ values: Record<string, any>, positionals: string[] }}
 */
export function parse(args, options, { usage, positionals: most = 0 }) {
  let parsed;
  try {
    const all = { ...options, help: { type: /** @type {const} */ ('boolean'), short: 'h' } };
    parsed = parseArgs({ args, options: all, allowPositionals: true, strict: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new Stop(`${reason?.replace(/^Unknown/, 'unknown')}\n${usage}`, 2);
  }
  if (parsed.values.help) throw new Stop(usage, 0);
  const extra = parsed.positionals[most];
  if (extra !== undefined) throw new Stop(`unexpected argument '${extra}'\n${usage}`, 2);
  return { values: parsed.values, positionals: parsed.positionals };
}

/** npm changes to the checkout's folder before it runs a script: a person's relative path means where they stand. */
export const fromWhereTheyStand = (/** @type {string} */ file) =>
  path.resolve(process.env.npm_lifecycle_event ? (process.env.INIT_CWD ?? '.') : '.', file);

/** @param {() => Promise<number | undefined>} main */
export async function program(main) {
  let code = 1;
  try {
    code = (await main()) ?? 0;
  } catch (error) {
    if (error instanceof Stop) {
      if (error.exitCode === 0) console.log(error.message);
      else say(error.message);
      code = error.exitCode;
    } else say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  process.exitCode = code;
  await runCleanups(); // one that fails may still change the exit code
}
