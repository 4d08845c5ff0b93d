import { planHash } from '@shared/runbook/fingerprint';
import type { RunPlan } from '@shared/runbook/plan';
import { digest } from '../journal/digest';
import type { RunCrew } from './crew';

/** Crews that were opened to look at a plan, kept while it lies before somebody's eyes. */
export interface Crews {
  /** Uses the crew of a plan, open or not. */
  use<T>(plan: RunPlan, work: (crew: RunCrew) => Promise<T>): Promise<T>;
  /** Hands it over for good: who takes it closes it. */
  take(plan: RunPlan): RunCrew;
  close(): Promise<void>;
}

/** A lever that lies open reads each second. */
const IDLE_MS = 30_000;

export function createCrews(make: (plan: RunPlan) => RunCrew): Crews {
  const kept = new Map<string, { crew: RunCrew; users: number; timer: NodeJS.Timeout | undefined }>();

  function taken(plan: RunPlan) {
    const hash = planHash(plan, digest);
    const found = kept.get(hash) ?? { crew: make(plan), users: 0, timer: undefined };
    clearTimeout(found.timer);
    return { hash, found };
  }

  return {
    async use(plan, work) {
      const { hash, found } = taken(plan);
      kept.set(hash, found);
      found.users += 1;
      try {
        return await work(found.crew);
      } finally {
        found.users -= 1;
        const end = () => {
          if (kept.get(hash) === found && found.users === 0) {
            kept.delete(hash);
            void found.crew.close();
          }
        };
        found.timer = setTimeout(end, IDLE_MS);
        found.timer.unref();
      }
    },
    take(plan) {
      const { hash, found } = taken(plan);
      kept.delete(hash);
      return found.crew;
    },
    async close() {
      const all = [...kept.values()];
      kept.clear();
      for (const { timer } of all) clearTimeout(timer);
      await Promise.all(all.map(({ crew }) => crew.close()));
    },
  };
}
