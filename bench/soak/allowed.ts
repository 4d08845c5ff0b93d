import type { TestConsole } from '../../electron/core/testing/console';
import { armed, switchOver } from '../../electron/core/testing/product-switchover';
import type { Lab } from '../../lab/api';
import { differences, type LabState, stateOf } from '../../lab/proof/state';
import type { RunPlan } from '../../shared/runbook/plan';
import type { RunStatus } from '../../shared/runbook/state-model';
import { BETWEEN, CLUSTER } from '../switchover/lab';

const NODES = ['db-a', 'db-b', 'db-c'] as const;
const PLAN_MS = 60_000;

/** What the servers look like before, and after a switchover that nobody disturbed. */
export interface Allowed {
  before: LabState;
  after: LabState;
}

/** The plan of a switchover on servers that know what stays after one, and the two states that are allowed after it. */
export async function allowedStates(
  lab: Lab,
  desk: TestConsole,
): Promise<{ plan: RunPlan; allowed: Allowed }> {
  const [first, second] = BETWEEN;
  // The first one there and back leaves what stays: what is read at boot.
  await switchOver(desk, { cluster: CLUSTER, to: second });
  await switchOver(desk, { cluster: CLUSTER, to: first });
  const before = await stateOf(lab, NODES);
  const plan = await planOf(desk);
  await switchOver(desk, { cluster: CLUSTER, to: second });
  const allowed = { before, after: await stateOf(lab, NODES) };
  await switchOver(desk, { cluster: CLUSTER, to: first });
  return { plan, allowed };
}

async function planOf(desk: TestConsole): Promise<RunPlan> {
  const request = { cluster: CLUSTER, to: BETWEEN[1], overrides: [] };
  const made = await armed(desk).plan(request, AbortSignal.timeout(PLAN_MS));
  if (made.state === 'refused') throw new Error(made.reasons.map(({ code }) => code).join(', '));
  return made.plan;
}

/** What is wrong with how a run ended; [] is nothing. Ends with the servers as they were before, where nothing is. */
export async function wrongAfter(
  lab: Lab,
  desk: TestConsole,
  { status, good, allowed }: { status: RunStatus; good: readonly RunStatus[]; allowed: Allowed },
): Promise<string[]> {
  const expected = status === 'done' ? allowed.after : allowed.before;
  const wrong = [
    ...(good.includes(status) ? [] : [`it ended ${status}`]),
    ...differences(expected, await stateOf(lab, NODES)),
  ];
  if (wrong.length === 0 && status === 'done') await switchOver(desk, { cluster: CLUSTER, to: BETWEEN[0] });
  return wrong;
}

/** Part of a matrix: one of each so many, and not always the same place of each step. */
export function sample<T>(cases: readonly T[], scale: number): T[] {
  const every = Math.round(1 / scale);
  return cases.filter((_, at) => at % every === Math.floor(at / every) % every);
}
