import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lab } from '../../lab/api';
import type { LabState } from '../../lab/proof/state';
import { buildPrograms, freshBase, removeBase, smallLab } from '../../lab/test-lab';
import type { RunPlan } from '../../shared/runbook/plan';
import { type CrashCase, caseText, crashCases } from './crash-cases';
import { playedIn, undisturbed } from './crash-scene-soak';
import { scenesOf } from './crash-scenes';

const GATE_PORT = 2631;
const LONG = 300_000;

const at = (step: string, point: CrashCase['kill']['point'], way: CrashCase['way']): CrashCase => ({
  kill: { step, phase: 'apply', point },
  way,
});

/** While it is fenced; what is gone through before anything is final, both ways; the point of no return; what comes after. */
const SAMPLE: readonly CrashCase[] = [
  at('fence-stop', 'after-effect', 'resume'),
  at('detach', 'after-effect', 'undo'),
  { kill: { step: 'detach', phase: 'undo', point: 'after-effect' }, way: 'undo' },
  at('open', 'after-intent', 'resume'),
  at('open', 'after-effect', 'resume'),
  at('follow-db-c', 'after-effect', 'resume'),
];

/** The whole of it, and of every way back: `npm run soak -- crash-failover-mysql crash-failover-mariadb crash-rejoin-…`. */
describe.each(['mysql', 'mariadb'] as const)('a console that is killed in a failover of %s', (engine) => {
  const [scene] = scenesOf('failover', engine);
  if (!scene) throw new Error('there is no failover to be played');
  let base: string;
  let lab: Lab;
  let plan: RunPlan;
  let after: LabState;
  beforeAll(async () => {
    base = await freshBase();
    const programs = await buildPrograms();
    lab = await smallLab(base, programs, { estate: 'replication/star', gatePort: GATE_PORT, engine });
    ({ plan, after } = await undisturbed(lab, scene));
  }, LONG);
  afterAll(async () => {
    await lab?.down({ purge: true });
    await removeBase(base);
  }, LONG);

  it.each(SAMPLE.map((one) => [caseText(one), one] as const))(
    'leaves one of the two states: %s',
    async (_, one) => {
      expect(crashCases(plan)).toContainEqual(one);
      const program = path.join(process.env.PATRONUS_TEST_BENCH ?? '', 'bench.mjs');
      expect(await playedIn(lab, scene, one, after, program)).toEqual([]);
    },
    LONG,
  );
});
