import { LabError } from '../../engine/errors';
import type { Scenario } from '../scenario';
import { GROUPS } from './groups';
import { HISTORIES } from './histories';
import { LOAD } from './load';
import { RELEASES } from './releases';
import { SETTINGS } from './settings';
import { SHAPES } from './shapes';
import { THREADS } from './threads';

/** Every state of replication that the lab can be put into. */
export const SCENARIOS: readonly Scenario[] = [
  ...SHAPES,
  ...THREADS,
  ...HISTORIES,
  ...SETTINGS,
  ...LOAD,
  ...GROUPS,
  ...RELEASES,
];

/** @throws LabError E_SCENARIO (exit code 2) */
export function scenarioNamed(name: string): Scenario {
  const found = SCENARIOS.find((scenario) => scenario.name === name);
  if (found) return found;
  const known = SCENARIOS.map((scenario) => scenario.name).join(', ');
  throw new LabError('E_SCENARIO', `no scenario "${name}"; there are ${known}`, { exitCode: 2 });
}
