#!/usr/bin/env node
// @ts-check
/**
 * `npm test [-- --suite unit|lab|e2e [--only WORDS]]`: every test there is, or those whose file the words name. The last
 * line is always "N passed, N failed[, N skipped]".
 */
import fs from 'node:fs';
import path from 'node:path';
import { ensureElectronRuntime, runtimeEnv } from './electron-runtime.mjs';
import { ensureBuilt, ensureDebian, ensurePackages } from './lib/bootstrap.mjs';
import { ELECTRON_LIBRARIES, VIRTUAL_DISPLAY } from './lib/debian.mjs';
import { virtualDisplay } from './lib/display.mjs';
import { appLauncher } from './lib/e2e-launcher.mjs';
import { canBecomeRoot } from './lib/elevate.mjs';
import { atEnd } from './lib/processes.mjs';
import { isRoot, parse, program, Stop, say } from './lib/program.mjs';
import { closingLine, crashed, skipped, summary } from './lib/results.mjs';
import { e2e, filesOf, labSuite, RESULTS, typesAndLint, unit } from './lib/suites.mjs';
import { giveToOwner, windowUser } from './lib/users.mjs';

/** @typedef {import('./lib/results.mjs').Outcome} Outcome */

// No test may open a socket to anything but this machine, whatever an estate file says.
process.env.PATRONUS_EGRESS = 'loopback';

/** @type {Outcome[]} */
const outcomes = [];
let running = '';
/** @type {string | undefined} */
let only;

const suites = {
  unit: async () => [...(only ? [] : await typesAndLint()), await unit(only)],
  lab: async () => [canBecomeRoot() ? await labSuite(only) : notHere('lab')],
  e2e: async () => [canBecomeRoot() ? await endToEnd() : notHere('e2e')],
};
const usage = `usage: npm test [-- --suite ${Object.keys(suites).join('|')} [--only WORDS]]`;

await program(async () => {
  const { values } = parse(
    process.argv.slice(2),
    { suite: { type: 'string', multiple: true }, only: { type: 'string' } },
    { usage },
  );
  only = values.only;
  /** @type {string[]} */
  const chosen = values.suite ?? Object.keys(suites);
  for (const name of chosen)
    if (!Object.hasOwn(suites, name)) throw new Stop(`there is no suite '${name}'\n${usage}`, 2);
  atEnd(close); // also when we are stopped by a signal: the last line then says what was left undone
  if (!(await attempt('packages', ensurePackages))) return 1;
  if (chosen.includes('unit')) await attempt('unit', suites.unit);
  const built = /** @type {const} */ (['lab', 'e2e']).filter((name) => chosen.includes(name));
  if (built.length && !(await attempt('build', () => ensureBuilt(['app', 'cli', 'lab'])))) {
    for (const name of built) outcomes.push(skipped(name, filesOf(name), 'the build failed'));
  } else for (const name of built) await attempt(name, suites[name]);
  running = '';
  return outcomes.some((one) => one.failures.length) ? 1 : 0;
});

/**
 * What throws here is a failed test with a name, never a missing last line.
 * @param {string} name @param {() => Promise<Outcome[] | void>} work
 */
async function attempt(name, work) {
  running = name;
  say(`\n== ${name}`);
  try {
    outcomes.push(...((await work()) ?? []));
    return true;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    say(error instanceof Stop || !(error instanceof Error) ? message : (error.stack ?? message));
    outcomes.push(crashed(name, message.split('\n')[0] ?? ''));
    return false;
  }
}

async function endToEnd() {
  await ensureDebian([...ELECTRON_LIBRARIES, ...VIRTUAL_DISPLAY]);
  const runtime = await ensureElectronRuntime();
  const user = isRoot() ? windowUser() : undefined;
  const display = await virtualDisplay(user);
  const launcher = await appLauncher(runtime, user);
  try {
    return await e2e({ ...runtimeEnv(runtime), ...display.env, ...launcher }, only);
  } finally {
    await display.close();
  }
}

function notHere(/** @type {'lab' | 'e2e'} */ name) {
  return skipped(name, filesOf(name), 'the lab needs root, and there is neither root nor sudo here');
}

function close() {
  if (running) outcomes.push(crashed(running, 'interrupted'));
  const line = closingLine(outcomes);
  fs.mkdirSync(RESULTS, { recursive: true });
  giveToOwner(RESULTS);
  fs.writeFileSync(path.join(RESULTS, 'closing-line.txt'), `${line}\n`);
  console.log(`\n${summary(outcomes)}\n${line}`);
}
