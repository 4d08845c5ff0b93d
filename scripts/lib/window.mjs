// @ts-check
/** Opens the console's window: always sandboxed, never as root, from files that its user can read. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { run } from './processes.mjs';
import { root, Stop, say } from './program.mjs';
import { sourcesOf } from './targets.mjs';
import { asUser, canRead, envOf } from './users.mjs';

/** @typedef {import('./users.mjs').User} User */
/** @typedef {import('../electron-runtime.mjs').Runtime} Runtime */

/** What Chromium says on a machine without a session bus or a graphics card: nothing is wrong, nothing can be done. */
const HARMLESS =
  /^\[\d+:\d+\/[\d.]+:(ERROR|WARNING):(\S*\/)?(bus|viz_main_impl|gpu_\w+|shared_image_\w+|one_copy_\w+|gl_\w+|object_proxy)\.cc/;

/** Copies for a user who cannot enter the checkout (in /root, say). Only root writes here. */
const COPIES = '/var/cache/patronus-console';
const BUILT = ['package.json', 'estates', 'out/main', 'out/preload', 'out/renderer'];

/**
 * The folder to give to Electron. Everything is bundled, so node_modules is not needed.
 * @param {User | undefined} user undefined: ourselves
 */
export function appFor(user) {
  if (!user || canRead(user, path.join(root, 'out/renderer/index.html'))) return root;
  const target = path.join(COPIES, `app-${sourcesOf('app').slice(0, 16)}`);
  copyOnce(target, (to) => {
    for (const name of BUILT) fs.cpSync(path.join(root, name), path.join(to, name), { recursive: true });
  });
  prune(COPIES, 'app-', target);
  return target;
}

/** The runtime as that user can run it. @param {Runtime} runtime @param {User | undefined} user @returns {Runtime} */
export function runtimeFor(runtime, user) {
  if (!user || canRead(user, runtime.binary)) return runtime;
  const id = createHash('sha256').update(`${runtime.dist} ${runtime.version}`).digest('hex').slice(0, 8);
  const dist = path.join(COPIES, `runtime-${runtime.version}-${id}`);
  copyOnce(dist, (to) => fs.cpSync(runtime.dist, to, { recursive: true, verbatimSymlinks: true }));
  return { ...runtime, dist, binary: path.join(dist, path.relative(runtime.dist, runtime.binary)) };
}

/** Beside its place, then renamed into it: two starts at once cannot see half a copy. */
function copyOnce(/** @type {string} */ target, /** @type {(to: string) => void} */ fill) {
  if (fs.existsSync(target)) return;
  process.umask(0o022);
  fs.mkdirSync(COPIES, { recursive: true });
  const tmp = fs.mkdtempSync(path.join(COPIES, 'tmp-'));
  try {
    fill(tmp);
    makeReadable(tmp);
    fs.renameSync(tmp, target);
  } catch (error) {
    if (!fs.existsSync(target)) throw error; // else another start was faster
  } finally {
    fs.rmSync(tmp, { recursive: true, force: true });
  }
}

function makeReadable(/** @type {string} */ file) {
  const stat = fs.lstatSync(file);
  if (stat.isSymbolicLink()) return;
  fs.chmodSync(file, (stat.mode & 0o777) | (stat.isDirectory() ? 0o755 : 0o444));
  if (stat.isDirectory()) for (const name of fs.readdirSync(file)) makeReadable(path.join(file, name));
}

/** Old copies, but for those of the last day: a window may still be open on one. */
function prune(/** @type {string} */ dir, /** @type {string} */ prefix, /** @type {string} */ keep) {
  for (const name of fs.readdirSync(dir)) {
    const file = path.join(dir, name);
    if (!name.startsWith(prefix) || file === keep) continue;
    if (Date.now() - fs.statSync(file).mtimeMs > 86_400_000)
      fs.rmSync(file, { recursive: true, force: true });
  }
}

/** Chromium's sandbox is made of user namespaces. Without them we say so: we never switch it off. @param {User} [user] */
export async function mustHaveSandbox(user) {
  if (process.platform !== 'linux') return;
  const tried = await run(asUser(user, ['unshare', '--user', 'true']), {
    stdio: 'ignore',
    timeoutMs: 10_000,
  });
  if (tried.code === 0) return;
  throw new Stop(
    'This kernel does not let ordinary users create user namespaces, which the sandbox of the window is made of.\n' +
      'Allow it (sysctl user.max_user_namespaces, kernel.unprivileged_userns_clone=1 or\n' +
      'kernel.apparmor_restrict_unprivileged_userns=0, whichever this system has), then start again.',
  );
}

/**
 * @param {{ runtime: Runtime, user?: User | undefined, args: string[], env?: NodeJS.ProcessEnv, timeoutMs?: number }} options
 * @returns {Promise<number>} the window's exit code
 */
export async function openWindow({ runtime, user, args, env = {}, timeoutMs }) {
  await mustHaveSandbox(user);
  const { binary } = runtimeFor(runtime, user);
  /** @type {NodeJS.ProcessEnv} */
  const all = { ...(user ? envOf(user) : process.env), ...env };
  delete all.ELECTRON_RUN_AS_NODE; // either of these in a person's environment would change what this starts
  delete all.ELECTRON_DISABLE_SANDBOX;
  const app = appFor(user);
  const result = await run(asUser(user, [binary, app, ...args]), {
    cwd: user ? '/' : process.cwd(),
    env: all,
    stdio: ['ignore', 'inherit', 'pipe'],
    onStderr: byLine((line) => !HARMLESS.test(line) && process.stderr.write(line)),
    ...(timeoutMs ? { timeoutMs } : {}),
  });
  if (result.timedOut) say(`the window did not finish within ${(timeoutMs ?? 0) / 1000} s and was closed`);
  return result.timedOut ? 1 : result.code;
}

/** Chunks into whole lines. @param {(line: string) => unknown} use */
function byLine(use) {
  let rest = '';
  return (/** @type {string} */ chunk) => {
    const lines = (rest + chunk).split(/(?<=\n)/);
    rest = lines.at(-1)?.endsWith('\n') ? '' : (lines.pop() ?? '');
    for (const line of lines) use(line);
  };
}
