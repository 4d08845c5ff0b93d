import { readFileSync } from 'node:fs';
import { ensureLayer } from '../debian/layer';
import { installPackages, missingPackages } from '../debian/packages';
import type { LabConfig } from './config';
import { LabError, messageOf } from './errors';
import type { Log } from './log';
import { cacheDir } from './paths';
import { anyLabRuns } from './process-table';
import type { LabSpec } from './spec';

/** What the engine itself needs, whatever the estate. */
const ENGINE_PACKAGES = [
  'openssh-server',
  'openssh-client',
  'iproute2',
  'util-linux',
  'procps',
  'curl',
  'sudo',
  'xz-utils',
  'gpgv',
  'tar',
  'passwd',
];

/** @throws LabError E_NEED_ROOT */
export function needRoot(): void {
  if (process.getuid?.() === 0) return;
  throw new LabError('E_NEED_ROOT', 'the lab makes namespaces and mounts: it needs root', {
    hint: 'sudo --preserve-env=PATH npm run lab -- up',
  });
}

/** Hosts see the machine's root file system; parts of it on other file systems would be empty there. @throws LabError E_LAYOUT */
export function needWholeRoot(): void {
  const mounted = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[4]);
  const apart = ['/usr', '/etc', '/var', '/var/lib'].filter((path) => mounted.includes(path));
  if (apart.length === 0) return;
  throw new LabError(
    'E_LAYOUT',
    `${apart.join(' and ')} on a file system of its own: hosts of the lab would find it empty`,
  );
}

/**
 * Installs missing Debian packages, before any host starts: their lower layer must not change under them. Those of every
 * lab at once: while one runs, another one could not have its own.
 * @throws LabError E_NEED_ROOT, E_PACKAGES, or E_LAB_RUNS when a lab of this machine is running
 */
export async function needPackages(packages: readonly string[], log: Log): Promise<void> {
  const missing = await missingPackages([...new Set([...packages, ...ENGINE_PACKAGES])]);
  if (missing.length === 0) return;
  if (anyLabRuns()) {
    throw new LabError(
      'E_LAB_RUNS',
      `packages are missing (${missing.join(' ')}) and cannot be installed while a lab runs`,
      {
        hint: 'npm run lab -- down, then up',
      },
    );
  }
  await installPackages(missing, log);
}

export interface Layers {
  /** Host → folder of its layer. */
  readonly byHost: ReadonlyMap<string, string>;
  /** The configuration, with the engine that could be had. */
  readonly config: LabConfig;
}

/**
 * Fetches what the hosts' layers need. When MySQL cannot be had for a base without data yet, says so loudly and
 * goes on with MariaDB; a base that holds MySQL's data stays MySQL's.
 * @throws LabError E_LAYER
 */
export async function needLayers(
  spec: LabSpec,
  config: LabConfig,
  isNew: boolean,
  log: Log,
): Promise<Layers> {
  try {
    return { config, byHost: await layersFor(spec, config, log) };
  } catch (error) {
    if (config.engine !== 'mysql' || !isNew) throw error;
    const why = messageOf(error);
    log('*******************************************************************************');
    log(`** MySQL 9.7 CANNOT BE HAD: ${why}`);
    log('** This lab runs MariaDB of Debian 12 instead. Tests that need MySQL do not apply.');
    log('*******************************************************************************');
    const other: LabConfig = { ...config, engine: 'mariadb', engineNote: why };
    return { config: other, byHost: await layersFor(spec, other, log) };
  }
}

async function layersFor(spec: LabSpec, config: LabConfig, log: Log): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const host of spec.hosts) {
    const layer = host.layer?.(config.engine);
    if (layer) found.set(host.name, await ensureLayer(layer, cacheDir(), log));
  }
  return found;
}
