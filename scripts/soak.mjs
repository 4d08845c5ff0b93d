#!/usr/bin/env node
// @ts-check
/**
 * `npm run soak [-- NAME… [--scale 0.1]]`: proofs that take too long for every test run. Each result replaces
 * docs/evidence/soak-NAME.md, with the date and the commit it is true for. Without a name: which there are.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureBuilt, ensurePackages } from './lib/bootstrap.mjs';
import { run } from './lib/processes.mjs';
import { parse, program, root, say } from './lib/program.mjs';

// No soak may open a socket to anything but this machine, whatever an estate file says.
process.env.PATRONUS_EGRESS = 'loopback';

const usage = 'usage: npm run soak [-- NAME… [--scale PART]]';
const bench = path.join(root, 'out/bench/bench.mjs');

await program(async () => {
  const { values, positionals } = parse(
    process.argv.slice(2),
    { scale: { type: 'string', default: '1' } },
    { usage, positionals: Infinity },
  );
  await ensurePackages();
  await ensureBuilt(['cli', 'lab', 'bench']);
  if (positionals.length === 0)
    return (await run([process.execPath, bench, 'soak'], { stdio: 'inherit' })).code;
  let code = 0;
  for (const name of positionals) code = Math.max(code, await soak(name, values.scale));
  return code;
});

async function soak(/** @type {string} */ name, /** @type {string} */ scale) {
  const began = new Date();
  const argv = [process.execPath, bench, 'soak', name, '--scale', scale];
  const { code, stdout } = await run(argv, {
    stdio: ['ignore', 'pipe', 'pipe'],
    onStderr: (text) => process.stderr.write(text),
  });
  process.stdout.write(stdout);
  if (stdout === '') return code || 1; // it said why, and there is nothing to keep
  const minutes = Math.max(1, Math.round((Date.now() - began.getTime()) / 60_000));
  const [cpu] = os.cpus();
  const about = [
    `# Soak: ${name}`,
    '',
    `${began.toISOString().slice(0, 10)}, commit ${await commit()}, ${minutes} min, Node ${process.versions.node}, ${os.cpus().length} × ${cpu?.model ?? 'unknown'}.`,
    '',
  ];
  const file = path.join(root, 'docs/evidence', `soak-${name}.md`);
  fs.writeFileSync(file, `${about.join('\n')}\n${stdout}`);
  say(`kept in ${path.relative(root, file)}`);
  return code;
}

/** A result of something that was never committed says so. */
async function commit() {
  const git = (/** @type {string[]} */ ...args) =>
    run(['git', '-C', root, ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
  const head = (await git('rev-parse', '--short', 'HEAD')).stdout.trim() || 'unknown';
  const changed = (await git('status', '--porcelain', '--untracked-files=no')).stdout.trim() !== '';
  return changed ? `${head} and changes that were not committed` : head;
}
