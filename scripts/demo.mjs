#!/usr/bin/env node
// @ts-check
/** `npm run demo`: starts the Patronus lab and opens the console on it, sandboxed, as an unprivileged user. */
import path from 'node:path';
import { ensureElectronRuntime } from './electron-runtime.mjs';
import { ensureBuilt, ensureDebian, ensurePackages } from './lib/bootstrap.mjs';
import { ELECTRON_LIBRARIES, VIRTUAL_DISPLAY } from './lib/debian.mjs';
import { displayOf, hasDisplay, noDisplay, virtualDisplay } from './lib/display.mjs';
import { atEnd, run } from './lib/processes.mjs';
import { fromWhereTheyStand, isRoot, parse, program, root, Stop, say } from './lib/program.mjs';
import { dataDirOf, takePictures } from './lib/screenshots.mjs';
import { behindSudo, canRead, windowUser } from './lib/users.mjs';
import { mustHaveSandbox, openWindow } from './lib/window.mjs';

const usage = [
  'usage: npm run demo [-- OPTIONS]',
  '  --screenshots DIR     no display needed: leaves a picture of each place in DIR',
  '  --engine NAME         mysql (default) or mariadb',
  '  --db-size SIZE, --files-size SIZE, --seed N    passed on to the lab',
  '  --down-after          stop the lab when the window closes',
].join('\n');
const forLab = ['engine', 'db-size', 'files-size', 'seed'];
/** The lab's hosts carry real addresses, reached through loopback alone; nothing else is ever dialled. */
const LOOPBACK = { PATRONUS_EGRESS: 'loopback' };
const text = { type: /** @type {const} */ ('string') };

await program(async () => {
  const options = Object.fromEntries([...forLab, 'screenshots'].map((name) => [name, text]));
  const { values } = parse(
    process.argv.slice(2),
    { ...options, 'down-after': { type: 'boolean' } },
    { usage },
  );
  const pictures = values.screenshots && fromWhereTheyStand(values.screenshots);
  if (process.platform !== 'linux') throw new Stop('The lab runs on Linux only. "npm start" works here.');
  if (!pictures && !hasDisplay())
    throw new Stop(noDisplay('take pictures instead: npm run demo -- --screenshots DIR'));

  await ensurePackages();
  await ensureBuilt(['app', 'lab']);
  await ensureDebian([...ELECTRON_LIBRARIES, ...(pictures ? VIRTUAL_DISPLAY : isRoot() ? ['xauth'] : [])]);
  const runtime = await ensureElectronRuntime();
  const user = isRoot() ? windowUser() : undefined;
  await mustHaveSandbox(user);

  const estate = await labUp(values, user);
  if (user && !canRead(user, estate))
    throw new Stop(`${estate} cannot be read by ${user.name}, who runs the window`);
  // Also when Ctrl-C closed the window.
  atEnd(async () => {
    if (!values['down-after']) say('The lab is still up. To stop it: npm run lab -- down');
    else if ((await lab(['down'])).code !== 0) process.exitCode = 1;
  });
  if (pictures) {
    const display = await virtualDisplay(user);
    return takePictures({ runtime, user, estate, env: { ...display.env, ...LOOPBACK }, dir: pictures });
  }
  say(`opening the console on ${estate}${user ? ` as ${user.name}` : ''}`);
  const env = { ...(user ? await displayOf(user, Boolean(behindSudo())) : {}), ...LOOPBACK };
  return openWindow({ runtime, user, env, args: ['--estate', estate, '--data-dir', dataDirOf(user)] });
});

/**
 * Starts the lab; its last line on stdout is the estate file. Given as plain root, the estate and its keys are to
 * belong to the user of the window: SUDO_UID and SUDO_GID tell the lab so, as sudo itself would.
 * @param {Record<string, any>} values @param {import('./lib/users.mjs').User | undefined} user
 */
async function labUp(values, user) {
  const given = forLab.flatMap((name) => (values[name] === undefined ? [] : [`--${name}`, values[name]]));
  const owner = user ? { SUDO_UID: `${user.uid}`, SUDO_GID: `${user.gid}`, SUDO_USER: user.name } : {};
  const { code, stdout } = await lab(['up', 'patronus', ...given], owner);
  const estate = stdout.trim().split('\n').at(-1)?.trim();
  if (code !== 0 || !estate) throw new Stop(`the lab did not start (exit code ${code})`);
  return path.resolve(root, estate);
}

/** @param {string[]} args @param {NodeJS.ProcessEnv} [env] */
function lab(args, env = {}) {
  const argv = [process.execPath, path.join(root, 'scripts/lab.mjs'), ...args];
  return run(argv, {
    env: { ...process.env, ...env },
    stdio: ['inherit', 'pipe', 'inherit'],
    graceMs: 60_000,
    onStdout: (chunk) => process.stdout.write(chunk),
  });
}
