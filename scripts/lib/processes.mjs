// @ts-check
/** Child processes that never outlive us: argv arrays, time limits, signals passed on, cleanups always run. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * @typedef {object} Options
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {import('node:child_process').StdioOptions} [stdio]
 * @property {boolean} [group] its own process group, so that everything it starts can be stopped with it
 * @property {NodeJS.Signals} [ask] how it is asked to end; test runners take SIGINT as "stop and tidy up"
 * @property {number} [graceMs] how long it may take to end when asked, before it is killed
 */
/** @typedef {{ code: number, signal: NodeJS.Signals | null, timedOut: boolean, stdout: string, stderr: string }} Result */

/** @type {Map<import('node:child_process').ChildProcess, { group: boolean, graceMs: number, ask: NodeJS.Signals }>} */
const live = new Map();
/** @type {Set<() => unknown>} */
const cleanups = new Set();
let listening = false;

/** Runs when the script ends, however it ends (other than SIGKILL). @param {() => unknown} fn */
export function atEnd(fn) {
  listen();
  cleanups.add(fn);
}

/** @type {Promise<void> | undefined} */
let cleaning;

/** The end of the script and a signal may both come here: the second waits for the first. */
export function runCleanups() {
  cleaning ??= (async () => {
    for (let fn = [...cleanups].at(-1); fn; fn = [...cleanups].at(-1)) {
      cleanups.delete(fn);
      try {
        await fn();
      } catch (error) {
        process.stderr.write(`cleanup: ${error instanceof Error ? error.message : error}\n`);
      }
    }
  })();
  return cleaning;
}

/** @param {string[]} argv @param {Options} [options] */
export function start(argv, options = {}) {
  listen();
  const [file, ...args] = argv;
  if (!file) throw new Error('nothing to run');
  const { cwd, env, stdio = 'inherit', group = false, graceMs = 5_000, ask = 'SIGTERM' } = options;
  const child = spawn(file, args, { cwd, env, stdio, detached: group });
  live.set(child, { group, graceMs, ask });
  child.once('close', () => live.delete(child));
  child.once('error', () => live.delete(child));
  return child;
}

/**
 * Runs to the end. Never rejects for an exit code; a program that cannot be started counts as code 127.
 * @param {string[]} argv
 * @param {Options & { timeoutMs?: number, input?: string | Buffer, onStdout?: (text: string) => void,
 *   onStderr?: (text: string) => void }} [options]
 * @returns {Promise<Result>}
 */
export function run(argv, options = {}) {
  return new Promise((resolve) => {
    const child = start(argv, options);
    let stdout = '';
    let stderr = '';
    let timedOut = false;
    const timer = options.timeoutMs
      ? setTimeout(() => {
          timedOut = true;
          void stop(child);
        }, options.timeoutMs)
      : undefined;
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      stdout += text;
      options.onStdout?.(text);
    });
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      stderr += text;
      options.onStderr?.(text);
    });
    child.stdin?.on('error', () => {}); // it may end without reading: its exit code tells
    child.stdin?.end(options.input);
    child.once('error', (error) => {
      clearTimeout(timer);
      resolve({ code: 127, signal: null, timedOut, stdout, stderr: `${stderr}${error.message}` });
    });
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      resolve({
        code: code ?? 128 + (signal ? constants.signals[signal] : 0),
        signal,
        timedOut,
        stdout,
        stderr,
      });
    });
  });
}

/** Asks, waits, then kills: the whole group when it has its own. @param {import('node:child_process').ChildProcess} child */
export async function stop(child, atOnce = false) {
  const known = live.get(child);
  if (!known || !child.pid) return;
  const { pid } = child;
  const { group, graceMs, ask } = known;
  const closed = new Promise((resolve) => child.once('close', resolve));
  send(pid, group, ask);
  const timer = setTimeout(() => send(pid, group, 'SIGKILL'), atOnce ? 0 : graceMs);
  await closed;
  clearTimeout(timer);
  if (group) send(pid, group, 'SIGKILL'); // what ignored SIGTERM and left its parent behind
}

/** @param {number} pid @param {boolean} group @param {NodeJS.Signals} signal */
function send(pid, group, signal) {
  try {
    process.kill(group ? -pid : pid, signal);
  } catch {
    /* it has gone */
  }
}

/** The first signal asks the children to stop, the second does not ask. */
function listen() {
  if (listening) return;
  listening = true;
  let asked = false;
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, async () => {
      const again = asked;
      asked = true;
      await Promise.all([...live.keys()].map((child) => stop(child, again)));
      if (again) return;
      await runCleanups();
      process.exit(128 + constants.signals[signal]);
    });
}
