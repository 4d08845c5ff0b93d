#!/usr/bin/env node
// @ts-check
/**
 * `npm run package [-- --fast | --verify | --release] [--out DIR]`: the packages of this machine's platform, offline.
 *   --fast     compresses little: for tests
 *   --verify   builds everything twice and compares the packages byte for byte
 *   --release  refuses a runtime that is not Electron's own download
 * For AppImage, Windows and macOS: docs/packages.md.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { ensureElectronRuntime } from './electron-runtime.mjs';
import { ensureBuilt, ensurePackages } from './lib/bootstrap.mjs';
import { makeDeb } from './lib/package-deb.mjs';
import { makeUnpacked, PROGRAM, settle } from './lib/package-unpacked.mjs';
import { run } from './lib/processes.mjs';
import { fromWhereTheyStand, parse, program, root, Stop, say } from './lib/program.mjs';

const usage = 'usage: npm run package [-- --fast | --verify | --release] [--out DIR]';
const flag = { type: /** @type {const} */ ('boolean') };

await program(async () => {
  const options = { fast: flag, verify: flag, release: flag, out: { type: /** @type {const} */ ('string') } };
  const { values } = parse(process.argv.slice(2), options, { usage });
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Stop('Packages are made here on Linux x64 only; for other platforms see docs/packages.md.');
  process.umask(0o022);
  const out = values.out ? fromWhereTheyStand(values.out) : path.join(root, 'release');
  await ensurePackages();
  const runtime = await ensureElectronRuntime();
  if (runtime.source === 'assembled' && values.release)
    throw new Stop(
      'This runtime was assembled for tests. A release needs Electron’s own: npx install-electron',
    );
  const files = await make({ runtime, out, fast: values.fast, fresh: values.verify });
  for (const file of files) console.log(`${sha256(file)}  ${file}`);
  return values.verify ? verify(runtime, out, files, values.fast) : 0;
});

/** @param {{ runtime: import('./electron-runtime.mjs').Runtime, out: string, fast: boolean, fresh: boolean }} options */
async function make({ runtime, out, fast, fresh }) {
  await ensureBuilt(['app', 'cli'], { force: fresh });
  const about = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  // "~test" sorts before the release it is not; dpkg then takes the release for the newer one.
  const version = runtime.source === 'assembled' ? `${about.version}~test` : about.version;
  const epoch = await commitTime();
  fs.mkdirSync(out, { recursive: true });
  say(`packing Electron ${runtime.version} (${runtime.source})`);
  const unpacked = await makeUnpacked(runtime, out);
  settle(unpacked, epoch);
  const deb = path.join(out, `${PROGRAM}_${version}_amd64.deb`);
  const tar = path.join(out, `${PROGRAM}-${version}-linux-x64.tar.gz`);
  await makeDeb({ unpacked, file: deb, version, epoch, fast, about });
  await makeTar({ unpacked, file: tar, folder: `${PROGRAM}-${about.version}`, epoch, fast });
  return [deb, tar];
}

/** @param {{ unpacked: string, file: string, folder: string, epoch: number, fast: boolean }} options */
async function makeTar({ unpacked, file, folder, epoch, fast }) {
  const same = [
    '--sort=name',
    `--mtime=@${epoch}`,
    '--owner=0',
    '--group=0',
    '--numeric-owner',
    '--format=gnu',
  ];
  const gzip = `--use-compress-program=gzip -n -${fast ? 1 : 6}`;
  const argv = ['tar', ...same, gzip, `--transform=s,^\\.,${folder},`, '-C', unpacked, '-cf', file, '.'];
  const result = await run(argv, { stdio: ['ignore', 'ignore', 'pipe'], timeoutMs: 10 * 60_000 });
  if (result.code !== 0) throw new Stop(`tar failed\n${result.stderr}`.trim());
}

/** Seconds; the same for everybody who packs this commit. */
async function commitTime() {
  if (process.env.SOURCE_DATE_EPOCH) return Number(process.env.SOURCE_DATE_EPOCH);
  const asked = await run(['git', '-C', root, 'log', '-1', '--format=%ct'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return Number(asked.stdout.trim()) || 315_532_800; // no repository here: 1980, the oldest that zip can say
}

/** @param {import('./electron-runtime.mjs').Runtime} runtime @param {string} out @param {string[]} first @param {boolean} fast */
async function verify(runtime, out, first, fast) {
  const sums = first.map(sha256);
  const again = path.join(out, 'again');
  try {
    const second = await make({ runtime, out: again, fast, fresh: true });
    const differing = second.filter((file, index) => sha256(file) !== sums[index]);
    for (const file of differing) say(`built again it is another file: ${path.basename(file)}`);
    if (!differing.length) say('built again, the packages are the same, byte for byte');
    return differing.length ? 1 : 0;
  } finally {
    fs.rmSync(again, { recursive: true, force: true });
  }
}

function sha256(/** @type {string} */ file) {
  return createHash('sha256').update(fs.readFileSync(file)).digest('hex');
}
