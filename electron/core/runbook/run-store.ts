import path from 'node:path';
import { planHash } from '@shared/runbook/fingerprint';
import { RunPlan } from '@shared/runbook/plan';
import { digest } from '../journal/digest';
import { failure } from '../net/failure';
import { readIfThere, writeAtomic } from '../stores/atomic-file';

/** The plans of runs, each in a folder of its own: the journal knows only their hashes. */
export interface RunStore {
  /** Resolves when it is on disk to stay; mode 0600. Rejects with E_STORE_WRITE. */
  save(run: string, plan: RunPlan): Promise<void>;
  /** The plan with this hash. Rejects with E_PLAN_CHANGED when what is kept is another, or none. */
  load(run: string, hash: string): Promise<RunPlan>;
}

const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

export function createRunStore(dataDir: string): RunStore {
  const folder = path.join(dataDir, 'runs');
  /** @throws Failure E_NO_RUN for what could be the name of a file elsewhere. */
  const fileOf = (run: string): string => {
    if (!ID.test(run)) throw failure('E_NO_RUN', null, { id: run });
    return path.join(folder, run, 'plan.json');
  };
  return {
    async save(run, plan) {
      await writeAtomic(fileOf(run), `${JSON.stringify(plan)}\n`);
    },
    async load(run, hash) {
      const text = await readIfThere(fileOf(run));
      const plan = text === null ? null : planIn(text);
      if (!plan || planHash(plan, digest) !== hash) throw failure('E_PLAN_CHANGED', null, { id: run });
      return plan;
    },
  };
}

function planIn(text: string): RunPlan | null {
  try {
    return RunPlan.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
