#!/usr/bin/env node
// @ts-check
/** `npm run lab -- up|down|status|list|fault|…`: builds the lab's program and runs it as root. */
import { ensureBuilt, ensurePackages } from './lib/bootstrap.mjs';
import { asRoot, labBundle } from './lib/elevate.mjs';
import { run } from './lib/processes.mjs';
import { program } from './lib/program.mjs';
import { isFresh } from './lib/targets.mjs';

await program(async () => {
  if (!isFresh('lab')) {
    await ensurePackages();
    await ensureBuilt(['lab']);
  }
  const argv = [process.execPath, labBundle, ...process.argv.slice(2)];
  // Stopped half-way it takes down what it had put up: that may last.
  return (await run(asRoot(argv, 'the lab'), { stdio: 'inherit', graceMs: 60_000 })).code;
});
