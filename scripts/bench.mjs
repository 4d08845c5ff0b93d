#!/usr/bin/env node
// @ts-check
/** `npm run bench [-- …]`: side-by-side measurements; the arguments are the benchmark's own. */
import path from 'node:path';
import { ensureBuilt, ensurePackages } from './lib/bootstrap.mjs';
import { run } from './lib/processes.mjs';
import { program, root } from './lib/program.mjs';

await program(async () => {
  await ensurePackages();
  await ensureBuilt(['app', 'cli', 'lab', 'bench']);
  const argv = [process.execPath, path.join(root, 'out/bench/bench.mjs'), ...process.argv.slice(2)];
  return (await run(argv, { stdio: 'inherit' })).code;
});
