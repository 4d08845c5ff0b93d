#!/usr/bin/env node
// @ts-check
/**
 * `npm run demo`: starts the Patronus lab and opens the console on it, sandboxed, as an unprivileged user. Where the
 * lab cannot run, and with --recording, it shows the recording of one instead.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureElectronRuntime } from './electron-runtime.mjs';
import { ensureBuilt, ensureDebian, ensurePackages } from './lib/bootstrap.mjs';
import { ELECTRON_LIBRARIES, VIRTUAL_DISPLAY } from './lib/debian.mjs';
import { displayOf, hasDisplay, noDisplay, virtualDisplay } from './lib/display.mjs';
import { labCannotRun } from './lib/lab-here.mjs';
import { atEnd, run } from './lib/processes.mjs';
import { fromWhereTheyStand, isRoot, parse, program, root, Stop, say } from './lib/program.mjs';
import { dataDirOf, takePictures } from './lib/screenshots.mjs';
import { behindSudo, canRead, windowUser } from './lib/users.mjs';
import { mustHaveSandbox, openWindow } from './lib/window.mjs';

const usage = [
  'usage: npm run demo [-- OPTIONS]',
  '  --recording           a recording of the lab: needs neither root nor servers',
  '  --screenshots DIR     no display needed: leaves a picture of each place in DIR',
  '  --engine NAME         mysql (default) or mariadb',
  '  --db-size SIZE, --files-size SIZE, --seed N    passed on to the lab',
  '  --down-after          stop the lab when the window closes',
].join('\n');
const forLab = ['engine', 'db-size', 'files-size', 'seed'];
/** The lab's hosts carry real addresses, reached through loopback alone; nothing else is ever dialled. */
const LOOPBACK = { PATRONUS_EGRESS: 'loopback' };
const RECORDING = path.join(root, 'estates/recordings/patronus-lab.patronus-recording');
const text = { type: /** @type {const} */ ('string') };

await program(async () => {
  const options = Object.fromEntries([...forLab, 'screenshots'].map((name) => [name, text]));
  const { values } = parse(
    process.argv.slice(2),
    { ...options, 'down-after': { type: 'boolean' }, recording: { type: 'boolean' } },
    { usage },
  );
  const pictures = values.screenshots && fromWhereTheyStand(values.screenshots);
  if (!pictures && !hasDisplay())
    throw new Stop(noDisplay('take pictures instead: npm run demo -- --screenshots DIR'));

  const why = values.recording ? null : labCannotRun();
  if (why) say(`${why} What is shown is a recording of it.`);
  const isRecording = Boolean(values.recording || why);

  await ensurePackages();
  await ensureBuilt(isRecording ? ['app'] : ['app', 'lab']);
  if (process.platform === 'linux')
    await ensureDebian([...ELECTRON_LIBRARIES, ...(pictures ? VIRTUAL_DISPLAY : isRoot() ? ['xauth'] : [])]);
  const runtime = await ensureElectronRuntime();
  const user = isRoot() ? windowUser() : undefined;
  await mustHaveSandbox(user);
  if (isRecording) return showRecording({ runtime, user, pictures });

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
    const env = { ...display.env, ...LOOPBACK };
    return takePictures({ runtime, user, flag: '--estate', file: estate, env, dir: pictures });
  }
  say(`opening the console on ${estate}${user ? ` as ${user.name}` : ''}`);
  const env = { ...(user ? await displayOf(user, Boolean(behindSudo())) : {}), ...LOOPBACK };
  return openWindow({ runtime, user, env, args: ['--estate', estate, '--data-dir', dataDirOf(user)] });
});

/**
 * Shows the recording that ships with the product, from a copy that the window's user can read: nothing is dialled.
 * @param {{ runtime: import('./electron-runtime.mjs').Runtime, user: import('./lib/users.mjs').User | undefined,
 *   pictures: string | undefined }} options
 */
async function showRecording({ runtime, user, pictures }) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'patronus-demo-'));
  atEnd(async () => fs.rmSync(folder, { recursive: true, force: true }));
  fs.chmodSync(folder, 0o755);
  const recording = path.join(folder, path.basename(RECORDING));
  fs.copyFileSync(RECORDING, recording);
  if (pictures) {
    const display = await virtualDisplay(user);
    const env = { ...display.env, PATRONUS_EGRESS: 'offline' };
    return takePictures({ runtime, user, flag: '--recording', file: recording, env, dir: pictures });
  }
  say(`opening the console on ${RECORDING}${user ? ` as ${user.name}` : ''}`);
  const env = { ...(user ? await displayOf(user, Boolean(behindSudo())) : {}), PATRONUS_EGRESS: 'offline' };
  return openWindow({ runtime, user, env, args: ['--recording', recording, '--data-dir', dataDirOf(user)] });
}

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
