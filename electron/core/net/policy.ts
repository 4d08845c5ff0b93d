import type { Estate } from '@shared/estate/schema';
import type { Paths } from '../ports';
import { sshContext } from '../ssh/sessions';
import { dialledNames } from '../ssh/target';
import { type EgressMode, type EgressPolicy, modeFor } from './egress';

/**
 * The egress policy for an estate file, fixed when it is opened. Under `estate` the names are those of the
 * file, and those to which the person's SSH configuration leads from them.
 * @throws Failure E_SSH_CONFIG
 */
export function policyFor(options: {
  estate: Estate;
  estateFile: string;
  requested?: EgressMode | undefined;
  /** The product's own `estates/`. */
  bundledEstatesDir: string;
  paths: Paths;
}): EgressPolicy {
  const mode = modeFor({ ...options, env: options.paths.env });
  if (mode !== 'estate') return { mode };
  return { mode, names: dialledNames(sshContext(options.estate, options.paths, mode)) };
}
