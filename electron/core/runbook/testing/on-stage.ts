import { join } from 'node:path';
import { Failure } from '@shared/errors';
import { fingerprintOf } from '@shared/runbook/fingerprint';
import type { RunPlan } from '@shared/runbook/plan';
import { said } from '@shared/runbook/said';
import type { RunState, RunStatus, RunView } from '@shared/runbook/state-model';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { digest } from '../../journal/digest';
import type { Journal } from '../../ports';
import { factIs, planOf, setting, step } from './plans';
import { openDesk, type RunDesk, type RunStage, runStage } from './run-stage';

/** As long as a test on the stage may take on a machine that does other things. */
export const LONG = 120_000;

/** The stage of a file of tests, and the desk of the test that runs. */
export interface OnStage {
  readonly stage: RunStage;
  /** A new one for each test; a test may go on at another. */
  desk: RunDesk;
  /** What stands between the desk and its journal, in this test. */
  wrap: (journal: Journal) => Journal;
  /** A data folder that nobody has used yet. */
  folder(): string;
  /** Begins a plan, by default with the name that it wants. Resolves with the run. */
  pull(plan: RunPlan, typed?: string): Promise<string>;
  /** Begins it, and waits until nothing of it acts any more. */
  whole(plan: RunPlan): Promise<RunState>;
  /** Resolves with the first view in which it is so. */
  until(id: string, isSo: (view: RunView) => boolean): Promise<RunView>;
  becomes(id: string, status: RunStatus): Promise<RunView>;
  /** Row "three" of server a is 1 from now on: see `waiting`. */
  letGo(): Promise<unknown>;
}

/**
 * Starts two servers for all tests of a file, and a desk for each of them; what a test leaves half-way is handed over.
 * To be called once, inside of `describe`.
 */
export function onStage(): OnStage {
  let stage: RunStage;
  let desk: RunDesk;
  let folders = 0;
  const folder = () => {
    folders += 1;
    return join(stage.home.dir, `desk-${folders}`);
  };
  const plainly = (journal: Journal) => journal;
  const on: OnStage = {
    get stage() {
      return stage;
    },
    get desk() {
      return desk;
    },
    set desk(other) {
      desk = other;
    },
    wrap: plainly,
    folder,
    pull: (plan, typed = plan.confirm) =>
      desk.runs.start(plan, { fingerprint: fingerprintOf(plan, digest), typed }),
    whole: async (plan) => desk.runs.ended(await on.pull(plan)),
    until: (id, isSo) =>
      new Promise((resolve) => {
        const stop = desk.runs.onChange((view) => {
          if (view.state.id !== id || !isSo(view)) return;
          stop();
          resolve(view);
        });
        void desk.runs.view(id).then((view) => isSo(view) && resolve(view));
      }),
    becomes: (id, status) => on.until(id, ({ state }) => state.status === status),
    letGo: () => stage.sql('a', `UPDATE t.facts SET value = '1' WHERE name = 'three'`),
  };

  beforeAll(async () => {
    stage = await runStage();
  }, LONG);
  beforeEach(async () => {
    await stage.reset();
    on.wrap = plainly;
    const wrap = (journal: Journal): Journal => ({
      note: (event, at) => journal.note(event, at),
      commit: (event) => on.wrap(journal).commit(event),
    });
    desk = openDesk(stage.estate, stage.home.dir, folder(), { wrap });
  });
  afterEach(async () => {
    on.wrap = plainly;
    for (const { id, closedAt } of await desk.runs.list())
      if (closedAt === null) await desk.runs.handOver(id).catch(() => {});
    await desk.close();
  }, LONG);
  afterAll(() => stage?.stop(), LONG);
  return on;
}

/** The code that an attempt is refused with. */
export const codeOf = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'it went well',
    (thrown: unknown) => (thrown instanceof Failure ? thrown.error.code : String(thrown)),
  );

/** "1 done, 2 pending" */
export const states = (state: RunState): string =>
  Object.entries(state.steps)
    .map(([id, { state: one }]) => `${id} ${one}`)
    .join(', ');

/** A gate before which the readings lie; one person says go. */
export const gate = (readings: readonly ReturnType<typeof factIs>[], more: object = {}) =>
  step({
    id: 'gate',
    kind: 'gate',
    nature: 'reads',
    question: said('GO'),
    readings: [...readings],
    people: 1,
    ...more,
  });

/** Sets a fact on a, waits until it is let go, sets one on b. */
export const heldUp = (stage: RunStage): RunPlan =>
  planOf(stage, [
    setting('1', 'a/one'),
    waiting('w', { needs: ['1'] }),
    setting('2', 'b/one', { needs: ['w'] }),
  ]);

/** A step that waits for row "three" of server a to be 1. */
export const waiting = (id: string, more: object = {}) =>
  step({
    id,
    kind: 'wait',
    nature: 'reads',
    until: factIs(`${id} until`, 'a/three', '1'),
    everyMs: 5,
    limitMs: 60_000,
    ...more,
  });
