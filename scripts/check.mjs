#!/usr/bin/env node
// @ts-check
/** `npm run check`: types, lint and unit tests, in under a minute. */
import { ensurePackages } from './lib/bootstrap.mjs';
import { parse, program } from './lib/program.mjs';
import { closingLine, summary } from './lib/results.mjs';
import { typesAndLint, unit } from './lib/suites.mjs';

await program(async () => {
  parse(process.argv.slice(2), {}, { usage: 'usage: npm run check' });
  await ensurePackages();
  const started = Date.now();
  const outcomes = [...(await typesAndLint()), await unit()];
  console.log(
    `\n${summary(outcomes)}\n${closingLine(outcomes)} in ${((Date.now() - started) / 1000).toFixed(1)} s`,
  );
  return outcomes.some((one) => one.failures.length) ? 1 : 0;
});
