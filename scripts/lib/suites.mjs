// @ts-check
/** The suites: how each is run, for how long at most, and where it leaves its report. */
import fs from 'node:fs';
import path from 'node:path';
import { asRoot } from './elevate.mjs';
import { run } from './processes.mjs';
import { isRoot, root, tool } from './program.mjs';
import { fromExit, fromPlaywright, fromVitest } from './results.mjs';
import { asUser } from './users.mjs';

/** @typedef {import('./results.mjs').Outcome} Outcome */

export const RESULTS = path.join(root, 'test-results');
const minute = 60_000;

/**
 * A group of its own, so that nothing survives its time limit; asked like Ctrl-C would, so that tests which own a
 * lab can take it down; and ended by the kernel if we are killed.
 */
const guarded = { group: true, ask: /** @type {const} */ ('SIGINT'), graceMs: minute };

/** Both at once; what they say is printed only when something is wrong. @returns {Promise<Outcome[]>} */
export async function typesAndLint() {
  const projects = ['.', ...(fs.existsSync(path.join(root, 'scripts/tsconfig.json')) ? ['scripts'] : [])];
  return Promise.all([
    quiet('types', [...tool('tsc'), '-b', ...projects]),
    quiet('lint', [...tool('biome'), 'check', '--colors=off', '.']),
  ]);
}

/** @param {string} name @param {string[]} argv @returns {Promise<Outcome>} */
async function quiet(name, argv) {
  const result = await run(argv, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    group: true,
    timeoutMs: 5 * minute,
  });
  if (result.code !== 0) console.log(`${name}:\n${result.stdout}${result.stderr}`.trim());
  return fromExit(name, result.timedOut ? { code: 1 } : result);
}

/**
 * On two cores vitest by itself uses one.
 * @param {string} [only] of the files, those that it names
 */
export const unit = (only) => vitest('unit', 10 * minute, ['--maxWorkers=2', ...named(only)]);
/** @param {string} [only] */
export const labSuite = (only) => vitest('lab', 60 * minute, ['--maxWorkers=2', ...named(only)]);
const named = (/** @type {string | undefined} */ only) => only?.split(/\s+/) ?? [];

/** @param {'unit' | 'lab'} project @param {number} timeoutMs @param {string[]} more @returns {Promise<Outcome>} */
async function vitest(project, timeoutMs, more = []) {
  const report = reportFile(project);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const argv = [...tool('vitest'), 'run', '--project', project, ...more, ...reporters];
  const privileged = project === 'lab' && !isRoot();
  const result = await run(
    privileged ? asRoot(bounded(argv, timeoutMs), 'the lab suite') : asUser(undefined, argv),
    {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      ...guarded,
      group: !privileged, // sudo asks for a password on the terminal, which a group of its own has not
      timeoutMs: privileged ? timeoutMs + 2 * minute : timeoutMs,
    },
  );
  return fromVitest(project, read(report), result);
}

/** @param {NodeJS.ProcessEnv} env @param {string} [only] @returns {Promise<Outcome>} */
export async function e2e(env, only) {
  const report = reportFile('e2e');
  const argv = [
    ...tool('playwright'),
    'test',
    '--reporter=list,json',
    '--output',
    path.join(RESULTS, 'e2e'),
    ...named(only),
  ];
  const result = await run(asUser(undefined, argv), {
    cwd: root,
    env: { ...process.env, ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
    stdio: ['ignore', 'inherit', 'inherit'],
    ...guarded,
    timeoutMs: 20 * minute,
  });
  return fromPlaywright('e2e', read(report), result);
}

/** We may not signal root's processes: timeout(1), as root itself, can. @param {string[]} argv @param {number} ms */
const bounded = (argv, ms) => ['timeout', '--kill-after=60', `${ms / 1000}`, ...argv];

/** An old report must never speak for a run that wrote none. @param {string} name */
function reportFile(name) {
  fs.mkdirSync(RESULTS, { recursive: true });
  const file = path.join(RESULTS, `${name}.json`);
  fs.rmSync(file, { force: true });
  return file;
}

function read(/** @type {string} */ file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** The files of a suite, for naming them when they cannot run. @param {'lab' | 'e2e'} suite */
export function filesOf(suite) {
  const [dirs, ending] =
    suite === 'lab' ? [['electron', 'lab', 'bench'], /\.lab\.test\.ts$/] : [['e2e'], /\.(spec|test)\.ts$/];
  return dirs
    .filter((dir) => fs.existsSync(path.join(root, dir)))
    .flatMap((dir) =>
      fs
        .readdirSync(path.join(root, dir), { recursive: true, encoding: 'utf8' })
        .map((file) => path.join(dir, file)),
    )
    .filter((file) => ending.test(file))
    .sort();
}
