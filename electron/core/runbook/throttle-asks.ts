import { rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { readIfThere, writeAtomic } from '../stores/atomic-file';

/** What a person at another program of this desk wants of a run that is not in that program's hands. */
const Ask = z.strictObject({
  step: z.string().max(100),
  level: z.number().int(),
  /** user@workstation */
  by: z.string().max(300),
});
export type ThrottleAsk = z.infer<typeof Ask>;

/**
 * One pace that is asked for, in a file beside the plan of the run: only who acts on a run writes in its journal, so that it
 * is never in two hands. It counts once that program has heard it and written it down.
 */
export interface ThrottleAsks {
  /** Replaces what was asked before and not heard. Rejects with E_STORE_WRITE. */
  put(ask: ThrottleAsk): Promise<void>;
  /** Gives it once; null: nothing was asked, or nothing that can be understood. Never rejects. */
  take(): Promise<ThrottleAsk | null>;
  /** Is there one that nobody heard yet? */
  waits(): Promise<boolean>;
}

/** `run`: an id that is known to be one, because its plan was found by it. */
export function throttleAsks(dataDir: string, run: string): ThrottleAsks {
  const file = path.join(dataDir, 'runs', run, 'throttle.json');
  const read = () => readIfThere(file).catch(() => null);
  return {
    put: (ask) => writeAtomic(file, `${JSON.stringify(ask)}\n`),
    async take() {
      const text = await read();
      if (text === null) return null;
      await rm(file, { force: true }).catch(() => {});
      return asked(text);
    },
    waits: async () => (await read()) !== null,
  };
}

function asked(text: string): ThrottleAsk | null {
  try {
    return Ask.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** Of what nobody can ask anything. */
export const NO_ASKS: ThrottleAsks = {
  put: async () => {},
  take: async () => null,
  waits: async () => false,
};
