import type { FailoverLook } from '@shared/failover/model';
import type { RunPlan } from '@shared/runbook/plan';
import type { RunView } from '@shared/runbook/state-model';
import type { FailoverPlanned } from '../failover/make-failover';
import type { TestConsole } from './console';
import { armed } from './product-switchover';

const CLUSTER = 'data';
const PRIMARY = 'db-a';
const PATIENCE_MS = 180_000;

/** What a person at this console does before an emergency failover of the lab's only cluster, and nothing else. */
export const failoverDesk = (desk: TestConsole) => ({
  lookAtPrimary: (): Promise<void> => desk.look(PRIMARY),
  lookAtFailover: (): Promise<FailoverLook> =>
    armed(desk).lookFailover({ cluster: CLUSTER, to: null }, AbortSignal.timeout(PATIENCE_MS)),
});

/** Looks and plans. */
export const planFailover = (
  desk: TestConsole,
  { to = null, overrides = [] }: { to?: string | null; overrides?: { code: string; typed: string }[] } = {},
): Promise<FailoverPlanned> =>
  armed(desk).planFailover({ cluster: CLUSTER, to, overrides }, AbortSignal.timeout(PATIENCE_MS));

/** The plan alone. @throws Error with every reason of a refusal */
export async function failoverPlan(desk: TestConsole, how: Parameters<typeof planFailover>[1] = {}) {
  const { look, made } = await planFailover(desk, how);
  if (made.state === 'ready') return { look, hash: made.hash, plan: made.plan };
  throw new Error(made.reasons.map(({ code, params }) => `${code} ${JSON.stringify(params)}`).join('\n'));
}

/**
 * Resolves with the run as it is once nothing of it acts any more, or once it waits for a person at a gate.
 * @throws Error after three minutes
 */
export async function settled(desk: TestConsole, run: string): Promise<RunView> {
  const { runs } = armed(desk);
  const until = AbortSignal.timeout(PATIENCE_MS);
  return new Promise((resolve, reject) => {
    const seen = (view: RunView) => {
      if (view.state.id !== run || (view.here && view.state.status !== 'waiting')) return;
      stop();
      resolve(view);
    };
    const stop = runs.onChange(seen);
    until.addEventListener('abort', () => {
      stop();
      reject(new Error(`run ${run} does not settle`));
    });
    void runs.view(run).then(seen, reject);
  });
}

/** Gates at which it waits, by their ids. */
export const waitingAt = ({ plan, state }: RunView): string[] =>
  plan.steps.filter(({ id }) => state.steps[id]?.state === 'waiting').map(({ id }) => id);

/** Why it did not go through: each step that failed or is unknown, with its error. */
export const troubles = ({ state }: RunView): string[] =>
  Object.entries(state.steps).flatMap(([id, { state: is, error }]) =>
    is === 'done' ? [] : [`${id}: ${is} ${error?.message ?? ''}`],
  );

/** Begins a plan as its lever does. */
export const begin = (desk: TestConsole, { hash, plan }: { hash: string; plan: RunPlan }): Promise<string> =>
  armed(desk).start(hash, plan.confirm);
