import { existsSync, realpathSync } from 'node:fs';
import { isIP } from 'node:net';
import { dirname, isAbsolute, relative, resolve } from 'node:path';

/** What this process may connect to. Fixed at start. */
export type EgressPolicy =
  | { mode: 'offline' }
  | { mode: 'loopback' }
  | { mode: 'estate' /** Addresses and names, lower case. */; names: ReadonlySet<string> };
export type EgressMode = EgressPolicy['mode'];

/** From tight to loose. */
const ORDER: readonly EgressMode[] = ['offline', 'loopback', 'estate'];
export const tighter = (a: EgressMode, b: EgressMode): EgressMode =>
  ORDER.indexOf(a) <= ORDER.indexOf(b) ? a : b;

/**
 * The policy for an estate file. A person's own file may use its own addresses; a file of the product
 * (`bundledEstatesDir`, whether by its path or by where its links lead) only loopback, whatever flags and
 * environment say. Flags (`requested`) and PATRONUS_EGRESS can tighten it, never loosen it. A value of
 * PATRONUS_EGRESS that is not known means offline: a typing error must not open anything.
 */
export function modeFor(options: {
  estateFile: string | null;
  requested?: EgressMode | undefined;
  bundledEstatesDir: string;
  env: Readonly<Record<string, string | undefined>>;
}): EgressMode {
  const { estateFile, requested, bundledEstatesDir, env } = options;
  if (estateFile === null) return 'offline';
  let mode: EgressMode = isBundled(estateFile, bundledEstatesDir) ? 'loopback' : 'estate';
  if (requested) mode = tighter(mode, requested);
  const forced = env.PATRONUS_EGRESS;
  if (forced) mode = tighter(mode, ORDER.find((known) => known === forced) ?? 'offline');
  return mode;
}

function isBundled(file: string, dir: string): boolean {
  const inside = (child: string, parent: string) => {
    const path = relative(parent, child);
    return path !== '' && !path.startsWith('..') && !isAbsolute(path);
  };
  const plain = resolve(file);
  return inside(plain, resolve(dir)) || inside(realPath(plain), realPath(resolve(dir)));
}

/** With links followed, as far as the path exists. */
const realPath = (path: string): string =>
  existsSync(path)
    ? realpathSync(path)
    : path === dirname(path)
      ? path
      : resolve(realPath(dirname(path)), relative(dirname(path), path));

/**
 * May this address or name be dialled? Under `loopback` only a literal of 127.0.0.0/8 in its usual form:
 * names, "localhost" too, are refused, because what they resolve to is decided elsewhere.
 */
export function allows(policy: EgressPolicy, host: string): boolean {
  switch (policy.mode) {
    case 'offline':
      return false;
    case 'loopback':
      return isIP(host) === 4 && host.startsWith('127.');
    case 'estate':
      return policy.names.has(host.toLowerCase());
  }
}
