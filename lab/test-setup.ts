import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from './engine/paths';
import { run } from './engine/run';
import { PROGRAMS_FOLDER } from './test-lab';

/** What vitest does once before the first and after the last file of the lab project. */

/** By name of the folder in the environment: the workers that run the files are started after this, and inherit it. */
const BUNDLES = [
  { mode: 'lab', variable: PROGRAMS_FOLDER },
  // electron/core/testing/command-line.ts reads it
  { mode: 'cli', variable: 'PATRONUS_TEST_COMMAND_LINE' },
  // bench/soak/crash-scene.lab.test.ts: consoles that are killed are processes of it
  { mode: 'bench', variable: 'PATRONUS_TEST_BENCH' },
] as const;

/** Bundles today's sources beside the ordinary build, which somebody may be using, once for all files. */
export async function setup(): Promise<void> {
  const root = repositoryRoot();
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const config = join(root, 'vite.node.config.ts');
  for (const { mode, variable } of BUNDLES) {
    const out = folderOf(mode);
    const quietly = ['--outDir', out, '--logLevel', 'error'];
    await run([process.execPath, vite, 'build', '-c', config, '--mode', mode, ...quietly, root]);
    process.env[variable] = out;
  }
}

export async function teardown(): Promise<void> {
  for (const { mode } of BUNDLES) await rm(folderOf(mode), { recursive: true, force: true });
}

const folderOf = (mode: string): string => join(repositoryRoot(), `out/${mode}-test-${process.pid}`);
