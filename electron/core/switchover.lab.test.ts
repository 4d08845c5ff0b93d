import path from 'node:path';
import type { Check } from '@shared/runbook/command';
import type { RunPlan, Step } from '@shared/runbook/plan';
import { said } from '@shared/runbook/said';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lab } from '../../lab/api';
import { verdictOf, violationText } from '../../lab/proof/check';
import { presentOn } from '../../lab/proof/present';
import { playRound, type Way } from '../../lab/proof/round';
import { FULL_LOAD, startLoad } from '../../lab/proof/start-load';
import { differences, stateOf } from '../../lab/proof/state';
import { hooksNow, misleadName, prepareHooks, trafficHooks } from '../../lab/proof/traffic-hooks';
import { addressOf, BALANCER } from '../../lab/replication/addresses';
import type { Node } from '../../lab/replication/scenario';
import { buildPrograms, freshBase, type Programs, removeBase, smallLab } from '../../lab/test-lab';
import { openConsole, type TestConsole } from './testing/console';
import { estateVariant } from './testing/estate-variant';
import { begun, ended, switchOver } from './testing/product-switchover';

const GATE_PORT = 2517;
const CLUSTER = 'data';
const [FIRST, SECOND] = ['db-a', 'db-b'] as const;
/** There and back, so that every server has been both; the soak does 300. */
const RUNS = 20;
/** Right after the first statement, in the middle, and after the last before there is no way back. */
const TAKEN_BACK = ['freeze', 'catch-up', 'detach'];

/**
 * The product changes the primary of three real servers again and again, while clients of every sort write as fast as
 * they may. What they were told is compared with what each server holds, and with when each took writes.
 */
describe.each(['mysql', 'mariadb'] as const)('planned switchovers on %s under load', (engine) => {
  let base: string;
  let lab: Lab;
  let programs: Programs;
  let desk: TestConsole;
  beforeAll(async () => {
    base = await freshBase();
    programs = await buildPrograms();
    lab = await smallLab(base, programs, { estate: 'replication/star', gatePort: GATE_PORT, engine });
    desk = await openConsole(lab.estateFile);
  });
  afterAll(async () => {
    await desk?.close();
    await lab?.down({ purge: true });
    await removeBase(base);
  });
  const load = () => ({
    program: programs.load,
    clients: [...FULL_LOAD, 'proxied'] as const,
    proxy: { host: BALANCER.address, port: 3306 },
  });

  it('undoes whatever was done in the time in which nobody can write, without a trace and without a loss', async () => {
    const running = await startLoad(lab, load());
    try {
      for (const id of TAKEN_BACK) {
        const before = await stateOf(lab, running.nodes);
        const alter = (plan: RunPlan) => failingAt(plan, id);
        const wanted = { cluster: CLUSTER, to: SECOND, ease: running.ease, alter };
        const { status, pastNoReturn, steps } = await ended(desk, await begun(desk, wanted));
        expect([id, status, pastNoReturn, steps.open?.state]).toEqual([id, 'undone', false, 'pending']);
        expect(steps[id]?.state).not.toBe('pending');
        expect(differences(before, await stateOf(lab, running.nodes))).toEqual([]);
        await running.writes(FIRST);
      }
      const verdict = verdictOf(
        await running.stop(),
        await presentOn(lab, FIRST, running.nodes),
        running.sum,
      );
      expect(verdict.violations.map(violationText)).toEqual([]);
    } finally {
      running.end();
    }
  }, 600_000);

  it('leads a setting and a command along, and leaves both alone when it is taken back', async () => {
    const nodes = [FIRST, SECOND, 'db-c'] as const;
    await prepareHooks(lab, nodes);
    const folder = path.dirname(lab.estateFile);
    const file = await estateVariant(lab.estateFile, folder, 'hooked', (raw) => {
      const clusters = raw.clusters as { id: string; acting: Record<string, unknown> }[];
      for (const cluster of clusters) cluster.acting = { ...cluster.acting, traffic: trafficHooks(nodes) };
    });
    const hooked = await openConsole(file);
    const lines = (node: Node) => [
      '# where writes go',
      'DB_PORT=3306',
      `  DB_HOST = ${node}`,
      'DB_HOST_OLD=x',
    ];
    const ledTo = (node: Node, ...read: Node[]) => ({
      file: lines(node).map((line) => line.replace(node, addressOf(node))),
      read: read.map(addressOf),
      name: addressOf(node),
    });
    try {
      expect(await hooksNow(lab)).toEqual(ledTo(FIRST));
      const alter = (plan: RunPlan) => failingAt(plan, 'detach');
      const { status } = await ended(hooked, await begun(hooked, { cluster: CLUSTER, to: SECOND, alter }));
      expect([status, await hooksNow(lab)]).toEqual(['undone', ledTo(FIRST)]);
      await switchOver(hooked, { cluster: CLUSTER, to: SECOND });
      expect(await hooksNow(lab)).toEqual(ledTo(SECOND, SECOND));
      // Somebody led the name elsewhere: that is drift, and nothing begins.
      await misleadName(lab, 'db-c');
      await expect(switchOver(hooked, { cluster: CLUSTER, to: FIRST })).rejects.toMatchObject({
        error: { code: 'E_DRIFT' },
      });
      await misleadName(lab, SECOND);
      await switchOver(hooked, { cluster: CLUSTER, to: FIRST });
      expect(await hooksNow(lab)).toEqual(ledTo(FIRST, SECOND, FIRST));
    } finally {
      await hooked.close();
    }
  }, 300_000);

  it(`F27 loses no acknowledged write and never has two writable servers in ${RUNS} switchovers`, async () => {
    const before = await stateOf(lab, [FIRST, SECOND]);
    const way: Way = {
      name: 'product',
      act: (_from, to, { ease }) => switchOver(desk, { cluster: CLUSTER, to, ease }),
    };
    const ways = Array.from({ length: RUNS }, () => way);
    const { turns, verdict } = await playRound(lab, load(), [FIRST, SECOND], ways);
    expect(verdict.violations.map(violationText)).toEqual([]);
    expect(verdict.overlapMs).toBe(0);
    expect(turns.flatMap(({ detached }) => detached)).toEqual([]);
    expect(turns).toHaveLength(RUNS);
    expect(verdict.fences).toBeGreaterThanOrEqual(RUNS);
    expect(verdict.fencesProbed).toBe(verdict.fences);
    expect(verdict.acknowledged).toBeGreaterThan(RUNS * 20);
    // who was first is first again, and what is compared above can tell a change when there is one
    await switchOver(desk, { cluster: CLUSTER, to: SECOND });
    expect(differences(before, await stateOf(lab, [FIRST, SECOND]))).not.toEqual([]);
  }, 900_000);
});

/** The same plan, but for a proof of this step that never holds: it is done, and then found not to be. */
function failingAt(plan: RunPlan, id: string): RunPlan {
  if (!plan.steps.some((step) => step.id === id)) throw new Error(`the plan has no step ${id}`);
  const steps = plan.steps.map((step): Step => {
    if (step.id !== id || step.target === null) return step;
    const never: Check = {
      id: `${id} fails`,
      title: said('never'),
      command: {
        kind: 'sql',
        target: step.target,
        statement: 'SELECT 1 AS one',
        values: [],
        timeoutMs: 5_000,
        saves: [],
        tolerates: [],
        each: null,
      },
      expect: { kind: 'is', column: 'one', value: { kind: 'text', value: '2' } },
    };
    return { ...step, verify: [...step.verify, never] };
  });
  return { ...plan, steps };
}
