#!/usr/bin/env node
// @ts-check
/**
 * `npm run -s patronus -- …`: the command line from a checkout. When it is built this only imports it: same process,
 * same stdin, stdout, signals and exit code, a few milliseconds more than starting the bundle itself.
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { isFresh } from './lib/targets.mjs';

const bundle = path.resolve(import.meta.dirname, '../out/cli/patronus.mjs');

if (isFresh('cli') || (await prepare())) {
  // npm stands in the checkout's folder: file names on the command line mean where the person stands.
  if (process.env.npm_lifecycle_event === 'patronus' && process.env.INIT_CWD)
    process.chdir(process.env.INIT_CWD);
  process.argv[1] = bundle;
  await import(pathToFileURL(bundle).href);
}

async function prepare() {
  const { program } = await import('./lib/program.mjs');
  const { ensureBuilt, ensurePackages } = await import('./lib/bootstrap.mjs');
  let ready = false;
  await program(async () => {
    await ensurePackages();
    await ensureBuilt(['cli']);
    ready = true;
    return 0;
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(signal); // now the CLI's own
  return ready;
}
