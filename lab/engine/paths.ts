import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { LabError } from './errors';

/** Where everything of one lab lies. All below `base`; nothing else on the machine is written. */
export interface LabPaths {
  readonly base: string;
  readonly config: string;
  readonly lock: string;
  readonly hosts: string;
  readonly state: string;
  readonly cut: string;
  readonly keys: string;
  readonly secrets: string;
  readonly sudoers: string;
  readonly estate: string;
  readonly gates: string;
}

export const DEFAULT_BASE = '/var/lib/patronus-lab';
export const DEFAULT_GATE_PORT = 2200;

export function labPaths(base: string): LabPaths {
  const at = (name: string) => join(base, name);
  return {
    base,
    config: at('lab.json'),
    lock: at('lock'),
    hosts: at('hosts'),
    state: at('state'),
    cut: at('cut'),
    keys: at('keys'),
    secrets: at('secrets'),
    sudoers: at('sudoers'),
    estate: at('estate'),
    gates: at('gates.json'),
  };
}

/** The writable layer of a host's private root. May be read at any time; written only before the host starts. */
export function upperOf(paths: LabPaths, host: string): string {
  return join(paths.hosts, host, 'upper');
}

/**
 * The checkout: the first folder upwards with a package.json, from the sources as from the bundle.
 * @throws LabError E_CHECKOUT
 */
export function repositoryRoot(from: string = import.meta.dirname): string {
  for (let dir = resolve(from); ; dir = dirname(dir)) {
    if (existsSync(join(dir, 'package.json'))) return dir;
    if (dir === dirname(dir)) throw new LabError('E_CHECKOUT', `no package.json above ${from}`);
  }
}

/** Downloads that outlive a lab; never inside the checkout. */
export function cacheDir(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'patronus-lab');
}
