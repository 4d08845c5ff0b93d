// @ts-check
/** Everything that must be there before a script can do its work. Each check is a few milliseconds when it is. */
import fs from 'node:fs';
import { ensurePackages, inBootstrap } from './packages.mjs';
import { run } from './processes.mjs';
import { root, Stop, say, tool } from './program.mjs';
import { isFresh, sourcesOf, stampFile, targets } from './targets.mjs';
import { asUser, checkoutOwner, envOf, giveToOwner } from './users.mjs';

export { ensureDebian } from './debian.mjs';
export { ensurePackages };

/** Builds what is older than its sources. @param {string[]} names @param {{ force?: boolean }} [options] */
export async function ensureBuilt(names, { force = false } = {}) {
  if (!force && names.every((name) => isFresh(name))) return;
  await inBootstrap(async () => {
    for (const name of names) {
      const sources = sourcesOf(name); // taken before the build: what changes meanwhile is built next time
      if (force || !isFresh(name, sources)) await build(name, sources);
    }
  });
}

/** @param {string} name @param {string} sources */
async function build(name, sources) {
  const target = targets[name];
  if (!target) throw new Stop(`nothing called '${name}' to build: ${Object.keys(targets).join(', ')}`, 2);
  say(`building ${name}`);
  const owner = checkoutOwner();
  const [bin = '', ...args] = target.argv;
  const argv = [...tool(bin), ...args];
  fs.rmSync(stampFile(name), { force: true });
  const result = await run(owner ? asUser(owner, argv) : argv, {
    cwd: root,
    env: owner ? envOf(owner) : process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeoutMs: 5 * 60_000,
  });
  if (result.code !== 0) throw new Stop(`building ${name} failed\n${result.stdout}${result.stderr}`.trim());
  fs.writeFileSync(stampFile(name), sources);
  giveToOwner(stampFile(name));
}
