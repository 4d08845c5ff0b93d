import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConsole, type TestConsole } from '../../electron/core/testing/console';
import type { Lab } from '../../lab/api';
import { buildPrograms, freshBase, removeBase, smallLab } from '../../lab/test-lab';
import type { RunPlan } from '../../shared/runbook/plan';
import { type Allowed, allowedStates } from './allowed';
import { playTrouble } from './trouble-round';
import { type TroubleCase, troubleCases, troubleText } from './troubles';

const GATE_PORT = 2524;

/** Nobody can write; nobody can write and the effect is there; the point of no return; nothing can be taken back any more. */
const SAMPLE = [
  ['db-b', { step: 'catch-up', trouble: 'times-out', place: 'first' }],
  ['db-a', { step: 'freeze', trouble: 'fails', place: 'last' }],
  ['db-b', { step: 'open', trouble: 'lost', place: 'last' }],
  ['db-a', { step: 'follow-db-a', trouble: 'fails', place: 'first' }],
] as const satisfies readonly (readonly ['db-a' | 'db-b', TroubleCase])[];

/** The whole of it is `npm run soak -- trouble-mysql trouble-mariadb`. */
describe.each(['mysql', 'mariadb'] as const)('trouble in a step of a switchover on %s', (engine) => {
  let base: string;
  let lab: Lab;
  let desk: TestConsole;
  let plan: RunPlan;
  let allowed: Allowed;
  beforeAll(async () => {
    base = await freshBase();
    const programs = await buildPrograms();
    lab = await smallLab(base, programs, { estate: 'replication/star', gatePort: GATE_PORT, engine });
    desk = await openConsole(lab.estateFile);
    ({ plan, allowed } = await allowedStates(lab, desk));
  });
  afterAll(async () => {
    await desk?.close();
    await lab?.down({ purge: true });
    await removeBase(base);
  });

  it.each(SAMPLE.map(([node, one]) => [troubleText(one), node, one] as const))(
    'comes to one of the two states: %s',
    async (_, node, one) => {
      expect(troubleCases(plan)).toContainEqual(one);
      expect(await playTrouble(lab, desk, one, node, allowed)).toEqual({ wrong: [], struck: true });
    },
    180_000,
  );
});
