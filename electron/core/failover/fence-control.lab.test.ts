import { fingerprintOf } from '@shared/runbook/fingerprint';
import type { RunPlan } from '@shared/runbook/plan';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Lab } from '../../../lab/api';
import { verdictOf } from '../../../lab/proof/check';
import { presentOn } from '../../../lab/proof/present';
import { type Load, startLoad } from '../../../lab/proof/start-load';
import { type Hands, handsOn, until } from '../../../lab/replication/hands';
import type { Node } from '../../../lab/replication/scenario';
import { buildPrograms, freshBase, type Programs, removeBase, smallLab } from '../../../lab/test-lab';
import { digest } from '../journal/digest';
import { openConsole, type TestConsole } from '../testing/console';
import { failoverPlan, planFailover, settled, waitingAt } from '../testing/failover-desk';
import { armed } from '../testing/product-switchover';

const LONG = 300_000;
const PATIENCE_MS = 120_000;
const OLD: Node = 'db-a';

/**
 * A primary that the console and its replicas have lost, and that the application has not: what a fence is for. The prober of
 * invariant I1 is seen to catch a promotion before it, and the gate to prevent it.
 */
describe.each([
  ['mysql', 2582],
  ['mariadb', 2583],
] as const)(
  'a promotion on %s while the old primary still takes writes',
  { timeout: LONG },
  (engine, gatePort) => {
    let base: string;
    let programs: Programs;
    let lab: Lab;
    let hands: Hands;
    let desk: TestConsole;

    beforeAll(async () => {
      base = await freshBase();
      programs = await buildPrograms();
      lab = await smallLab(base, programs, { estate: 'replication/star', gatePort, engine });
      hands = handsOn(lab.raw);
    }, LONG);
    beforeEach(async () => {
      await lab.bend('star');
      desk = await openConsole(lab.estateFile);
    }, LONG);
    afterEach(async () => {
      await desk.close();
      for (const node of ['db-a', 'db-b', 'db-c'] as const) await hands.fault('heal', node);
    }, LONG);
    afterAll(async () => {
      await lab?.down({ purge: true });
      await removeBase(base);
    }, LONG);

    /** The plan that a person gets who takes a network that is torn for a server that is dead. */
    const mistaken = async () => {
      for (const node of ['db-b', 'db-c'] as const) await hands.fault('cut', OLD, node);
      await hands.fault('cut-console', OLD);
      for (const end = Date.now() + PATIENCE_MS; ; ) {
        const { made } = await planFailover(desk);
        const reasons = made.state === 'refused' ? made.reasons : [];
        const words = reasons.flatMap(({ code, override }) => (override ? [{ code, typed: override }] : []));
        if (words.length === reasons.length) return failoverPlan(desk, { overrides: words });
        if (Date.now() > end) throw new Error(reasons.map(({ code }) => code).join(', '));
      }
    };
    const probes = async (node: Node) =>
      Number((await hands.sql(node, 'SELECT SUM(n) FROM patronus.load_probe;')).trim());
    const overlapOf = async (load: Load, writer: Node) => {
      const journal = await load.stop();
      return verdictOf(journal, await presentOn(lab, writer, [writer]), load.sum).overlapMs;
    };
    /** Both were asked to take writes a while longer. */
    const moreProbes = async (node: Node) => {
      const before = await probes(node);
      await until(`${node} takes probes`, async () => (await probes(node)) > before);
    };

    it('is caught when the plan is run without its fence and its gate', async () => {
      const load = await startLoad(lab, { program: programs.load });
      try {
        const { plan, look } = await mistaken();
        const next: Node = look.against === 'db-b' ? 'db-b' : 'db-c';
        const bare: RunPlan = {
          ...plan,
          steps: plan.steps
            .filter(({ id }) => id !== 'isolated' && !/^(fence|take-out)-/.test(id))
            .map((step) => ({ ...step, needs: step.needs.filter((need) => need !== 'isolated') })),
        };
        const { runs } = armed(desk);
        const run = await runs.start(bare, { fingerprint: fingerprintOf(bare, digest), typed: bare.confirm });
        expect((await settled(desk, run)).state.status).toBe('done');
        await moreProbes(next);
        await moreProbes(OLD);
        expect(await overlapOf(load, next)).toBeGreaterThan(0);
      } finally {
        load.end();
      }
    });

    it('does not come about: the gate asks, and nobody is opened', async () => {
      const load = await startLoad(lab, { program: programs.load });
      try {
        const { hash, plan } = await mistaken();
        const run = await armed(desk).start(hash, plan.confirm);
        expect(waitingAt(await settled(desk, run))).toEqual(['isolated']);
        await moreProbes(OLD);
        await armed(desk).runs.decide(run, 'isolated', 'no-go');
        await armed(desk).runs.ended(run);
        expect(await overlapOf(load, OLD)).toBe(0);
      } finally {
        load.end();
      }
    });
  },
);
