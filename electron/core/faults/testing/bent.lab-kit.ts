import type { PlanMade } from '@shared/views/lever';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Lab } from '../../../../lab/api';
import { type Hands, handsOn, until } from '../../../../lab/replication/hands';
import { buildPrograms, freshBase, removeBase, smallLab } from '../../../../lab/test-lab';
import { openConsole, type TestConsole } from '../../testing/console';
import { armed } from '../../testing/product-switchover';

/** As long as a test on it, or its start, may take on a machine that does other things. */
export const LONG = 600_000;
export const CLUSTER = 'data';

/** Three servers that are bent again and again, with a console that was opened while all was well, as in life. */
export interface BentLab {
  readonly lab: Lab;
  readonly hands: Hands;
  /** Bends it; the console that looks at it is closed after the test. */
  bent(scenario: string): Promise<TestConsole>;
  /** Opens another estate file in its place. */
  reopened(file: string): Promise<TestConsole>;
  planned(at: TestConsole, to: string): Promise<PlanMade>;
  /** Codes of every reason against a switchover; none: there is a plan. */
  reasons(at: TestConsole, to: string): Promise<string[]>;
  /** Resolves when nothing is against it, as soon as replicas have come that far. */
  ready(at: TestConsole, to: string): Promise<Extract<PlanMade, { state: 'ready' }>>;
}

/** Starts it for all tests of a `describe`, to be called once in there. */
export function bentLab(engine: 'mysql' | 'mariadb', gatePort: number): BentLab {
  let base: string;
  let lab: Lab;
  let desk: TestConsole | null = null;

  beforeAll(async () => {
    base = await freshBase();
    lab = await smallLab(base, await buildPrograms(), { estate: 'replication/star', gatePort, engine });
  }, LONG);
  afterEach(async () => {
    await desk?.close();
    desk = null;
  });
  afterAll(async () => {
    await lab?.down({ purge: true });
    await removeBase(base);
  }, LONG);

  const planned = (at: TestConsole, to: string) =>
    armed(at).plan({ cluster: CLUSTER, to, overrides: [] }, AbortSignal.timeout(60_000));
  const reasons = async (at: TestConsole, to: string) => {
    const made = await planned(at, to);
    return made.state === 'refused' ? made.reasons.map(({ code }) => code) : [];
  };
  return {
    get lab() {
      return lab;
    },
    get hands() {
      return handsOn(lab.raw);
    },
    async bent(scenario) {
      await lab.bend(scenario, async ({ estateFile }) => {
        desk = await openConsole(estateFile);
      });
      if (!desk) throw new Error('no console was opened');
      await desk.look();
      return desk;
    },
    async reopened(file) {
      await desk?.close();
      desk = await openConsole(file);
      return desk;
    },
    planned,
    reasons,
    async ready(at, to) {
      await until(`${to} can take over`, async () => (await reasons(at, to)).length === 0);
      const made = await planned(at, to);
      if (made.state === 'ready') return made;
      throw new Error(made.reasons.map(({ code }) => code).join(', '));
    },
  };
}
