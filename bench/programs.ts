import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** The checkout: the first folder upwards with a package.json, from the sources as from the bundle. */
export function checkout(from: string = import.meta.dirname): string {
  if (existsSync(path.join(from, 'package.json'))) return from;
  const above = path.dirname(from);
  if (above === from) throw new Error('the benchmark must lie inside the checkout');
  return checkout(above);
}

export const commandLineProgram = (): string => path.join(checkout(), 'out/cli/patronus.mjs');

/**
 * The scripts that start the window for people start it here too: same user, same sandbox, same files. They
 * are loaded from where they lie, because they find the checkout by their own place.
 */
export async function windowScripts() {
  const load = (file: string) => import(pathToFileURL(path.join(checkout(), 'scripts', file)).href);
  return {
    processes: (await load('lib/processes.mjs')) as typeof import('../scripts/lib/processes.mjs'),
    users: (await load('lib/users.mjs')) as typeof import('../scripts/lib/users.mjs'),
    window: (await load('lib/window.mjs')) as typeof import('../scripts/lib/window.mjs'),
    display: (await load('lib/display.mjs')) as typeof import('../scripts/lib/display.mjs'),
    runtime: (await load('electron-runtime.mjs')) as typeof import('../scripts/electron-runtime.mjs'),
  };
}

/** Playwright and the way its tests start the console: as an ordinary user, sandboxed. */
export async function windowDriver() {
  const load = (file: string) => import(pathToFileURL(path.join(checkout(), file)).href);
  return {
    playwright: (await load('node_modules/playwright/index.mjs')) as typeof import('playwright'),
    launcher: (await load(
      'scripts/lib/e2e-launcher.mjs',
    )) as typeof import('../scripts/lib/e2e-launcher.mjs'),
  };
}
