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

/** Bundles today's command line beside the ordinary build, which somebody may be using. Its path. */
export async function buildCommandLine(): Promise<string> {
  const out = path.join(ROOT, 'out/cli-test');
  const vite = path.join(ROOT, 'node_modules/vite/bin/vite.js');
  const config = ['-c', path.join(ROOT, 'vite.node.config.ts'), '--mode', 'cli', '--outDir', out];
  const argv = [process.execPath, vite, 'build', ...config, '--logLevel', 'error', ROOT];
  const { code, stderr } = await runProgram(argv, { cwd: ROOT });
  if (code !== 0) throw new Error(`the command line could not be built\n${stderr}`);
  return path.join(out, 'patronus.mjs');
}
