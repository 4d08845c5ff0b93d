import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Lab, type LabOptions, labDown, labUp } from '../lab/api';

/** A fresh lab for what is measured, in a folder of its own; gone when `work` ends, and when the bench is stopped. */
export async function withOwnLab<T>(
  options: Omit<LabOptions, 'base'>,
  work: (lab: Lab) => Promise<T>,
): Promise<T> {
  const base = await mkdtemp(path.join(tmpdir(), 'patronus-bench-lab-'));
  const leave = async () => {
    await labDown({ base, purge: true, ...(options.log ? { log: options.log } : {}) });
    await rm(base, { recursive: true, force: true });
  };
  const stop = () => void leave().finally(() => process.exit(1));
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.once(signal, stop);
  try {
    return await work(await labUp({ base, ...options }));
  } finally {
    for (const signal of signals) process.off(signal, stop);
    await leave();
  }
}
