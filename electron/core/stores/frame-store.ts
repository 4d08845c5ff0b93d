import { Failure } from '@shared/errors';
import type { PlanFrame } from '@shared/plan/approved';
import { frameFileOf, parseFrame, printFrame } from '@shared/plan/frame-file';
import { readIfThere, writeAtomic } from './atomic-file';

/** The window of the cutover and the plan that was approved last, in a YAML file beside the estate file. */
export interface FrameStore {
  file: string;
  read(): Promise<PlanFrame>;
  write(frame: PlanFrame): Promise<void>;
}

/** `patronus.yaml` → `patronus.plan.yaml`. One that does not parse is an error: it is never overwritten. */
export function frameStore(estateFile: string): FrameStore {
  const file = frameFileOf(estateFile);
  return {
    file,
    async read() {
      const parsed = parseFrame((await readIfThere(file)) ?? '', file);
      if (!parsed.ok) throw new Failure(parsed.error);
      return parsed.value;
    },
    write: (frame) => writeAtomic(file, printFrame(frame)),
  };
}
