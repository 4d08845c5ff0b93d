import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cleanLine } from '@shared/clean';
import { failure } from '../net/failure';
import type { PrintPdf } from './print';

const TIMEOUT_MS = 180_000;

/**
 * How the command line prints: by the console's own runtime, sandboxed, in a process of its own. In a checkout a script finds
 * the runtime, a display and a user for it; in a package the window's program lies beside the command line.
 * @param root folder of the product that the command line belongs to
 */
export function printElsewhere(root: string, env: NodeJS.ProcessEnv): PrintPdf {
  return async (job) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'patronus-paper-'));
    const [asked, pdf] = [path.join(folder, 'job.json'), path.join(folder, 'paper.pdf')];
    try {
      await writeFile(asked, JSON.stringify({ ...job, pdf }), { mode: 0o600 });
      await run(argvOf(root, asked, pdf), env);
      return await readFile(pdf).catch(() => {
        throw failure('E_PRINT', null, { text: 'the runtime wrote no file' });
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
}

/** @throws Failure E_PRINT_RUNTIME when neither a checkout nor a package is there */
function argvOf(root: string, job: string, pdf: string): string[] {
  const script = path.join(root, 'scripts/print-pdf.mjs');
  if (existsSync(script)) return [process.execPath, script, job, pdf];
  const packaged = PROGRAMS.map((name) => path.resolve(root, '..', name));
  const program = packaged.find((file) => existsSync(file));
  if (program === undefined) throw failure('E_PRINT_RUNTIME', null, { file: packaged[0] ?? script });
  return [program, `--print=${job}`];
}

/** The window's program as each platform's package calls it, seen from the folder of the command line's resources. */
const PROGRAMS = ['patronus-console', 'Patronus Console.exe', 'MacOS/Patronus Console'] as const;

/** What Chromium says on a machine without a session bus or a graphics card is not why it failed. */
const REMARK = /^\[\d+:\d+\/[\d.]+:(ERROR|WARNING):/;

function run([program = '', ...args]: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const {
    // either of these in a person's environment would change what this starts
    ELECTRON_RUN_AS_NODE: _node,
    ELECTRON_DISABLE_SANDBOX: _sandbox,
    ...kept
  } = env;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: kept,
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: TIMEOUT_MS,
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4_000);
    });
    child.once('error', () => reject(failure('E_PRINT_RUNTIME', null, { file: program })));
    child.once('close', (code) => {
      if (code === 0) return resolve();
      const lines = said.split('\n').filter((line) => line.trim() !== '' && !REMARK.test(line));
      reject(failure('E_PRINT', null, { text: cleanLine(lines.join(' ') || `exit ${code}`) }));
    });
  });
}
