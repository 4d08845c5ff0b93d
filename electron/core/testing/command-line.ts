import { spawn } from 'node:child_process';
import path from 'node:path';

export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** The checkout: this file is electron/core/testing/…. */
export const ROOT = path.resolve(import.meta.dirname, '../../..');

/** Runs a program to its end; a test's own time limit bounds it. Never rejects for an exit code. */
export function runProgram(
  argv: readonly string[],
  options: { env?: NodeJS.ProcessEnv; cwd?: string } = {},
): Promise<Ended> {
  const [file = '', ...args] = argv;
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const ended: Ended = { code: -1, stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text) => {
      ended.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      ended.stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ ...ended, code: code ?? -1 }));
  });
}

/** Set by lab/test-setup.ts, which bundles today's command line once for all tests. */
const FOLDER = 'PATRONUS_TEST_COMMAND_LINE';

/** Path of the command line that was bundled for this run of tests. @throws Error outside of the lab's tests */
export function builtCommandLine(): string {
  const folder = process.env[FOLDER];
  if (!folder) throw new Error(`${FOLDER} is not set: only the lab's tests have a command line`);
  return path.join(folder, 'patronus.mjs');
}
