import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { env, ROOT } from './env';
import { folder, outputFile } from './estate';
import { type Ran, run } from './run';

let staged: string | null = null;

/** The bundled command line where the console's user can read it: a checkout in /root is closed to others. */
function program(): string {
  if (env.uid === null) return join(ROOT, 'out/cli/patronus.mjs');
  staged ??= stage();
  return staged;
}

function stage(): string {
  const to = folder('cli');
  mkdirSync(join(to, 'out'));
  for (const part of ['out/cli', 'package.json', 'estates'])
    if (existsSync(join(ROOT, part))) cpSync(join(ROOT, part), join(to, part), { recursive: true });
  return join(to, 'out/cli/patronus.mjs');
}

/** argv of `patronus …` as the user under which the window runs. */
export function cliArgv(...words: string[]): string[] {
  const who =
    env.uid === null ? [] : ['setpriv', '--reuid', `${env.uid}`, '--regid', `${env.gid}`, '--clear-groups'];
  return [...who, process.execPath, program(), ...words, '--data-dir', join(env.data(), 'cli-data')];
}

/** Runs `patronus …`. */
export async function patronus(...words: string[]): Promise<Ran> {
  const ran = await run(cliArgv(...words), { cwd: env.data(), env: cliEnv() });
  writeFileSync(outputFile(), ran.stdout + ran.stderr);
  return ran;
}

export const cliEnv = (): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: env.data(),
  LANG: 'C.UTF-8',
  PATRONUS_EGRESS: 'loopback',
});
