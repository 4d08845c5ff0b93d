import { LabError } from '../engine/errors';
import type { LabSpec } from '../engine/spec';
import { patronus } from './patronus';
import { replicationLabs } from './replication';

/** Every estate that has a lab. A new one is one file here. */
export const LABS: readonly LabSpec[] = [patronus, ...replicationLabs];

/** @throws LabError E_NO_ESTATE (exit code 2) */
export function labNamed(name: string): LabSpec {
  const found = LABS.find((spec) => spec.name === name);
  if (found) return found;
  const known = LABS.map((spec) => spec.name).join(', ');
  throw new LabError('E_NO_ESTATE', `no lab for "${name}"; there is ${known}`, { exitCode: 2 });
}
