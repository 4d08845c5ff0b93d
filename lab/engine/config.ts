import { readFile, rename, writeFile } from 'node:fs/promises';
import type { Owner } from '../access/owner';
import { LabError } from './errors';
import type { LabPaths } from './paths';
import type { Engine } from './spec';

/** What a base was made with. Data and accounts are made once, so these do not change until `down --purge`. */
export interface LabConfig {
  readonly estate: string;
  readonly engine: Engine;
  /** The engine asked for, and why it is not the one that runs. */
  readonly engineWanted: Engine;
  readonly engineNote?: string;
  /** Bytes. */
  readonly dbSize: number;
  /** Bytes. */
  readonly filesSize: number;
  readonly files: number;
  readonly seed: number;
  readonly gatePort: number;
  /** Who was given the console's files last. */
  readonly owner?: Owner;
}

export const DEFAULTS = {
  estate: 'patronus',
  engine: 'mysql',
  dbSize: 50e6,
  filesSize: 50e6,
  files: 2000,
  seed: 1,
} as const;

/** The stored configuration, or undefined for a new base. @throws LabError E_CONFIG when unreadable. */
export async function readConfig(paths: LabPaths): Promise<LabConfig | undefined> {
  const text = await readFile(paths.config, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new LabError('E_CONFIG', `${paths.config}: ${error.message}`);
  });
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as LabConfig;
  } catch {
    throw new LabError('E_CONFIG', `${paths.config} is damaged`, { hint: 'npm run lab -- down --purge' });
  }
}

export async function writeConfig(paths: LabPaths, config: LabConfig): Promise<void> {
  await writeFile(`${paths.config}.new`, `${JSON.stringify(config, null, 2)}\n`);
  await rename(`${paths.config}.new`, paths.config);
}

export type Wanted = {
  -readonly [K in keyof Omit<LabConfig, 'engineWanted' | 'engineNote' | 'owner'>]?: LabConfig[K] | undefined;
};

/**
 * What was asked, completed from the stored configuration, else from the defaults. Only the gate's port may change.
 * @throws LabError E_OTHER_DATA when the base holds something else than was asked for.
 */
export function settle(wanted: Wanted, stored: LabConfig | undefined, gatePort: number): LabConfig {
  if (!stored) {
    const asked = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
    const config = { ...DEFAULTS, gatePort, ...asked } as Omit<LabConfig, 'engineWanted'>;
    return { ...config, engineWanted: config.engine };
  }
  const fixed = ['estate', 'engine', 'dbSize', 'filesSize', 'files', 'seed'] as const;
  const same = (key: (typeof fixed)[number]) =>
    wanted[key] === undefined ||
    wanted[key] === stored[key] ||
    (key === 'engine' && wanted.engine === stored.engineWanted);
  const differ = fixed.filter((key) => !same(key));
  if (differ.length > 0) {
    const list = differ.map((key) => `${key} is ${stored[key]}, asked ${wanted[key]}`).join('; ');
    throw new LabError('E_OTHER_DATA', `this base was made with other values: ${list}`, {
      exitCode: 2,
      hint: 'npm run lab -- down --purge, then up again',
    });
  }
  return { ...stored, gatePort: wanted.gatePort ?? stored.gatePort };
}
