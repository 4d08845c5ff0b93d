// @ts-check
/** The folder that every Linux package holds: electron-builder's target `dir`, with its fuses checked. */
import fs from 'node:fs';
import path from 'node:path';
import { fuseDifferences, readFuses, wantedFuses } from './package-fuses.mjs';
import { run } from './processes.mjs';
import { root, Stop, tool } from './program.mjs';

export const PROGRAM = 'patronus-console';

/**
 * Packs the built app with this runtime into `into/linux-unpacked`, without the network.
 * @param {import('../electron-runtime.mjs').Runtime} runtime @param {string} into
 */
export async function makeUnpacked(runtime, into) {
  if (!(await readFuses(runtime.binary)))
    throw new Stop(`${runtime.binary} has no fuses: no package is made of it`);
  const argv = [
    ...tool('electron-builder'),
    '--linux',
    'dir',
    '--x64',
    `-c.electronDist=${runtime.dist}`,
    `-c.electronVersion=${runtime.version}`,
    `-c.directories.output=${into}`,
  ];
  const result = await run(argv, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], timeoutMs: 5 * 60_000 });
  if (result.code !== 0) throw new Stop(`electron-builder failed\n${result.stdout}${result.stderr}`.trim());
  fs.rmSync(path.join(into, 'builder-debug.yml'), { force: true });
  const unpacked = path.join(into, 'linux-unpacked');
  const found = await readFuses(path.join(unpacked, PROGRAM));
  const wrong = fuseDifferences(found ?? {}, wantedFuses());
  if (wrong.length) throw new Stop(`the fuses are not as they must be:\n  ${wrong.join('\n  ')}`);
  return unpacked;
}

/**
 * Modes and times that do not depend on who built it or when: 0755 or 0644, and the time of the commit.
 * @param {string} folder @param {number} epoch seconds
 */
export function settle(folder, epoch) {
  for (const name of fs.readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = path.join(folder, name);
    const stat = fs.lstatSync(file);
    if (!stat.isSymbolicLink()) fs.chmodSync(file, stat.isDirectory() || stat.mode & 0o100 ? 0o755 : 0o644);
    fs.lutimesSync(file, epoch, epoch);
  }
  fs.chmodSync(folder, 0o755);
  fs.utimesSync(folder, epoch, epoch);
}
