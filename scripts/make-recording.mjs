#!/usr/bin/env node
// @ts-check
/**
 * `node scripts/make-recording.mjs [FILE]`: makes the recording that ships with the product. A lab of its own is
 * started, faults are put in and taken out while `patronus record` watches, and the lab is removed. Takes eight
 * minutes, as long as what it shows, and root.
 */
import fs from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { ensureBuilt, ensurePackages } from './lib/bootstrap.mjs';
import { asRoot, labBundle } from './lib/elevate.mjs';
import { atEnd, run } from './lib/processes.mjs';
import { fromWhereTheyStand, parse, program, root, Stop, say } from './lib/program.mjs';
import { giveToOwner } from './lib/users.mjs';

const usage = 'usage: node scripts/make-recording.mjs [FILE]';
/** Apart from the lab of a person or a test. */
const BASE = '/var/lib/patronus-lab-recording';
const GATE_PORT = '2351';
const SHIPPED = path.join(root, 'estates/recordings/patronus-lab.patronus-recording');

const FULL =
  'mount -t tmpfs -o size=20m tmpfs /srv/scans && head -c 19500000 /dev/zero > /srv/scans/2026.tar';
/** What happens, and how many seconds nothing else does after it. @type {[number, string[]][]} */
const SCRIPT = [
  [40, []],
  [45, ['fault', 'kill', 'web', 'apache']],
  [35, ['fault', 'start', 'web', 'apache']],
  [50, ['in', 'files', 'sh', '-c', `mkdir -p /srv/scans && ${FULL}`]],
  [45, ['fault', 'freeze', 'db', 'mysql']],
  [35, ['fault', 'resume', 'db', 'mysql']],
  [45, ['fault', 'cut-console', 'files', '--hang']],
  [40, ['fault', 'heal', 'files']],
  [60, ['fault', 'cut', 'web', 'db']],
  [45, ['fault', 'heal', 'web']],
  [20, ['fault', 'cut-console', 'db']],
  [40, ['fault', 'heal', 'db']],
];

await program(async () => {
  const { positionals } = parse(process.argv.slice(2), {}, { usage, positionals: 1 });
  const file = positionals[0] ? fromWhereTheyStand(positionals[0]) : SHIPPED;
  await ensurePackages();
  await ensureBuilt(['cli', 'lab']);
  atEnd(() => lab(['down', '--purge']));
  const estate = (await lab(['up', 'patronus', '--gate-port', GATE_PORT])).trim().split('\n').at(-1) ?? '';
  await pause(10); // until every server of the lab has settled

  const made = path.join(BASE, 'made.patronus-recording');
  const seconds = SCRIPT.reduce((sum, [after]) => sum + after, 0);
  const argv = ['record', '--estate', estate, '--for', `${seconds + 15}s`, '--out', made];
  const data = ['--data-dir', path.join(BASE, 'data'), '--egress', 'loopback'];
  const cli = path.join(root, 'out/cli/patronus.mjs');
  const recording = run(asRoot([process.execPath, cli, ...argv, ...data], 'recording'), { stdio: 'inherit' });
  for (const [after, words] of SCRIPT) {
    if (words.length) await lab(words);
    await pause(after);
  }
  if ((await recording).code !== 0) throw new Stop('nothing was recorded');
  mustHoldNoSecret(gunzipSync(fs.readFileSync(made)).toString('utf8'));
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.copyFileSync(made, file);
  fs.chmodSync(file, 0o644);
  giveToOwner(file);
  say(`${file}: ${Math.ceil(fs.statSync(file).size / 1000)} kB`);
  return 0;
});

/** @param {string[]} words @returns {Promise<string>} what it printed */
async function lab(words) {
  const [command = '', ...rest] = words;
  const argv = [process.execPath, labBundle, command, '--base', BASE, ...rest];
  const { code, stdout } = await run(asRoot(argv, 'the lab'), {
    stdio: ['inherit', 'pipe', 'inherit'],
    graceMs: 60_000,
  });
  if (code !== 0) throw new Stop(`lab ${words.join(' ')}: exit code ${code}`);
  return stdout;
}

/** What the lab made up for itself is worth nothing elsewhere, but a product ships no secret. */
function mustHoldNoSecret(/** @type {string} */ text) {
  const folder = path.join(BASE, 'secrets');
  for (const name of fs.readdirSync(folder)) {
    const secret = fs.readFileSync(path.join(folder, name), 'utf8').trim();
    if (secret && text.includes(secret)) throw new Stop(`the recording holds the secret ${name}`);
  }
}

function pause(/** @type {number} */ seconds) {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
