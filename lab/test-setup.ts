import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from './engine/paths';
import { run } from './engine/run';
import { PROGRAMS_FOLDER } from './test-lab';

/** What vitest does once before the first and after the last file of the lab project. */

/** Bundles today's sources beside the ordinary build, which somebody may be using. */
export async function setup(): Promise<void> {
  const root = repositoryRoot();
  const out = programsFolder();
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const config = join(root, 'vite.node.config.ts');
  const quietly = ['--outDir', out, '--logLevel', 'error'];
  await run([process.execPath, vite, 'build', '-c', config, '--mode', 'lab', ...quietly, root]);
  process.env[PROGRAMS_FOLDER] = out; // the workers that run the files are started after this, and inherit it
}

export async function teardown(): Promise<void> {
  await rm(programsFolder(), { recursive: true, force: true });
}

const programsFolder = (): string => join(repositoryRoot(), `out/lab-test-${process.pid}`);
