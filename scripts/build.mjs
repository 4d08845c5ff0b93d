#!/usr/bin/env node
// @ts-check
/** `npm run build [-- app|cli|lab|bench …]`: builds these, or all, whether they are stale or not. */
import { ensureBuilt, ensurePackages } from './lib/bootstrap.mjs';
import { parse, program } from './lib/program.mjs';
import { targets } from './lib/targets.mjs';

const usage = `usage: npm run build [-- ${Object.keys(targets).join(' | ')} …]`;

await program(async () => {
  const { positionals } = parse(process.argv.slice(2), {}, { usage, positionals: Infinity });
  await ensurePackages();
  await ensureBuilt(positionals.length ? positionals : Object.keys(targets), { force: true });
  return 0;
});
