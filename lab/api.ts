import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { estateFileOf } from './access/estate-file';
import { type Owner, personBehindSudo } from './access/owner';
import { DEFAULTS, readConfig, type Wanted } from './engine/config';
import { down } from './engine/down';
import { LabError } from './engine/errors';
import { inHost, type Lab as OpenLab } from './engine/lab';
import { withLock } from './engine/lock';
import { type Log, stderrLog } from './engine/log';
import { DEFAULT_BASE, type LabPaths, labPaths } from './engine/paths';
import { needRoot } from './engine/preflight';
import type { RunOptions, RunResult } from './engine/run';
import { type LabStatus, labStatus } from './engine/status';
import { up } from './engine/up';
import { LABS, labNamed } from './estates';
import { fault } from './fault-command';
import { type Bent, bend } from './replication/bend';

/** Which lab, and what to make it of when it is new. */
export interface LabOptions extends Wanted {
  /** Default /var/lib/patronus-lab. */
  readonly base?: string | undefined;
  readonly owner?: Owner | undefined;
  readonly log?: Log | undefined;
  /** The bundled gate, when it is not out/lab/gate.mjs of the checkout. */
  readonly gateProgram?: string | undefined;
}

/** A lab in the hands of a program: tests, benchmarks, the command line. */
export interface Lab {
  readonly base: string;
  readonly estateFile: string;
  readonly engine: 'mysql' | 'mariadb';
  /** In the words of the command line: `lab.fault('cut-console', 'web', '--hang')`. Says what it did. @throws LabError */
  readonly fault: (...words: string[]) => Promise<string>;
  /** Runs a program inside a host as its root; a failing one is thrown unless `allowFailure`. */
  readonly exec: (host: string, argv: readonly string[], options?: RunOptions) => Promise<RunResult>;
  readonly status: () => Promise<LabStatus>;
  /**
   * Replication labs: puts the running servers into the state of that name, whatever they were bent to before.
   * `healthy` is called when all is wired and nothing bent yet. @throws LabError E_SCENARIO
   */
  readonly bend: (scenario: string, healthy?: (wired: Bent) => Promise<void>) => Promise<Bent>;
  /** Brings it back whole: every fault undone, every service running. */
  readonly mend: () => Promise<void>;
  readonly down: (options?: { purge?: boolean }) => Promise<void>;
  /** The engine's own view, for what has no function here. */
  readonly raw: OpenLab;
}

/** Starts the lab or mends it. @throws LabError with a code */
export async function labUp(options: LabOptions = {}): Promise<Lab> {
  needRoot();
  const { base, owner = personBehindSudo(), log = stderrLog(), gateProgram, ...wanted } = options;
  const paths = pathsOf(base);
  const spec = labNamed(wanted.estate ?? (await readConfig(paths))?.estate ?? DEFAULTS.estate);
  await mkdir(paths.base, { recursive: true });
  const packages = LABS.flatMap((one) => one.packages);
  const asked = { wanted, owner, gateProgram, packages };
  const opened = await withLock(paths.lock, log, () => up(spec, paths, asked, log));
  return handle(opened, () => labUp({ ...options, log }).then(() => {}));
}

/** Opens a lab that was brought up before, without touching it. @throws LabError E_NO_LAB */
export async function labOpen(options: Pick<LabOptions, 'base' | 'log'> = {}): Promise<Lab> {
  const paths = pathsOf(options.base);
  const log = options.log ?? stderrLog();
  const config = await readConfig(paths);
  if (!config) {
    throw new LabError('E_NO_LAB', `there is no lab at ${paths.base}`, { hint: 'npm run lab -- up' });
  }
  return handle({ spec: labNamed(config.estate), paths, config, log }, () =>
    labUp({ base: paths.base, log }).then(() => {}),
  );
}

/** Ends the lab at a base; nothing to end is no error. @throws LabError E_STILL_THERE, E_NOT_A_LAB */
export async function labDown(
  options: Pick<LabOptions, 'base' | 'log'> & { purge?: boolean } = {},
): Promise<void> {
  needRoot();
  const paths = pathsOf(options.base);
  const log = options.log ?? stderrLog();
  // no folder, no lock: what may still run of a lab whose folder was removed is ended all the same
  if (!existsSync(paths.base)) return down(paths, false, log);
  await withLock(paths.lock, log, () => down(paths, options.purge ?? false, log));
}

/** Where the lab of a base lies. */
export function pathsOf(base: string | undefined): LabPaths {
  return labPaths(resolve(base ?? DEFAULT_BASE));
}

function handle(lab: OpenLab, mend: () => Promise<void>): Lab {
  return {
    base: lab.paths.base,
    estateFile: estateFileOf(lab),
    engine: lab.config.engine,
    fault: (...words) => fault(lab, words),
    exec: (host, argv, options) => inHost(lab, host, argv, options),
    status: () => labStatus(lab),
    bend: (scenario, healthy) => bend(lab, scenario, healthy),
    mend,
    down: ({ purge = false } = {}) => labDown({ base: lab.paths.base, log: lab.log, purge }),
    raw: lab,
  };
}
