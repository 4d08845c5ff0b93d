import { Failure } from '@shared/errors';
import { fingerprintOf } from '@shared/runbook/fingerprint';
import type { RunPlan } from '@shared/runbook/plan';
import type { RunState } from '@shared/runbook/state-model';
import type { Acting } from '../acting/acting';
import { digest } from '../journal/digest';
import type { TestConsole } from './console';

/** A switchover as a person does it at this console, without the window: plan, type the name, wait for the end. */
export interface Wanted {
  cluster: string;
  to: string;
  /** Told when writers should write less, so that a replica can catch up, and when they may write as before. */
  ease?: (on: boolean) => Promise<void>;
  /** The plan that is begun in place of the one that was made. */
  alter?: (plan: RunPlan) => RunPlan;
}

/** A replica that lags, or to which a slow machine just let nothing come, is waited for as a person would; so long at most, ms. */
const PATIENCE_MS = 120_000;
const PASSES: readonly string[] = ['REFUSED_CANDIDATE_LAGGING', 'REFUSED_CANDIDATE_HALF_OPEN_LINK'];

/** Acting of an open console, armed. @throws Error when no estate is open */
export function armed({ app }: TestConsole): Acting {
  const acting = app.acting();
  if (!acting) throw new Error('no estate is open');
  if (!acting.arming.armed) acting.arming.set(true);
  return acting;
}

/**
 * Plans and begins; resolves with the run's id. While the only thing in the way is a replica that is behind,
 * writers are eased and it is tried again. @throws Error with every reason of a refusal, Failure of what did not hold
 */
export async function begun(desk: TestConsole, wanted: Wanted): Promise<string> {
  const { ease = async () => {} } = wanted;
  const until = Date.now() + PATIENCE_MS;
  for (let eased = false; ; eased = true) {
    const tried = await tryToBegin(desk, wanted);
    if (tried.ok) {
      if (eased) await ease(false);
      return tried.run;
    }
    if (!tried.waits || Date.now() > until) throw tried.why;
    if (!eased) await ease(true);
  }
}

type Tried = { ok: true; run: string } | { ok: false; waits: boolean; why: unknown };

async function tryToBegin(desk: TestConsole, { cluster, to, alter }: Wanted): Promise<Tried> {
  const acting = armed(desk);
  const made = await acting.plan({ cluster, to, overrides: [] }, AbortSignal.timeout(PATIENCE_MS));
  if (made.state === 'refused') {
    const reasons = made.reasons.map(({ code, params }) => `${code} ${JSON.stringify(params)}`);
    const waits = made.reasons.every(({ code }) => PASSES.includes(code));
    return { ok: false, waits, why: new Error(reasons.join('\n')) };
  }
  const { hash, plan } = made;
  try {
    if (!alter) return { ok: true, run: await acting.start(hash, plan.confirm) };
    const other = alter(plan);
    const confirmation = { fingerprint: fingerprintOf(other, digest), typed: other.confirm };
    return { ok: true, run: await acting.runs.start(other, confirmation) };
  } catch (why) {
    return { ok: false, waits: why instanceof Failure && why.error.code === 'E_PRECONDITION', why };
  }
}

/** Waits until nothing of a run acts any more, however it ended. */
export const ended = (desk: TestConsole, run: string): Promise<RunState> => armed(desk).runs.ended(run);

/** Does it whole. @throws Failure of the step that failed, Error when it ended otherwise than done */
export async function switchOver(desk: TestConsole, wanted: Wanted): Promise<void> {
  const { status, steps } = await ended(desk, await begun(desk, wanted));
  if (status === 'done') return;
  const failed = Object.entries(steps).find(([, step]) => step.error !== null);
  if (failed?.[1].error) throw new Failure(failed[1].error);
  throw new Error(`the run ended ${status}`);
}
