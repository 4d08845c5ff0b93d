import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** What programs could be seen to be started with, while the sampler ran. */
export interface Argvs {
  samples: number;
  processes: number;
  /** Every distinct command line, and environment of a process inside a lab host. */
  lines: ReadonlySet<string>;
}

const EVERY_MS = 10;
/** A process that just began may still become another program: it is read this often before it counts as known. */
const READS = 5;
/** One that lives on is read again each second. */
const AGAIN = 100;
const MOST_LINES = 200_000;

const attempt = (read: () => string): string => {
  try {
    return read();
  } catch {
    return ''; // it ended, or is not ours to see
  }
};

/** Reads the command lines of all processes of this machine, those inside the lab's hosts included, every 10 ms. */
export function sampleArgvs(): () => Argvs {
  const lines = new Set<string>();
  const reads = new Map<string, number>();
  const here = attempt(() => readlinkSync('/proc/self/ns/pid'));
  let samples = 0;
  let processes = 0;

  const sample = () => {
    const all = samples++ % AGAIN === 0;
    const pids = readdirSync('/proc').filter((name) => name >= '0' && name <= '9~');
    for (const pid of pids) {
      const known = reads.get(pid) ?? 0;
      if (known === 0) processes += 1;
      if (known >= READS && !all) continue;
      reads.set(pid, known + 1);
      if (lines.size >= MOST_LINES) continue;
      lines.add(attempt(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' '));
      if (known < READS && attempt(() => readlinkSync(`/proc/${pid}/ns/pid`)) !== here)
        lines.add(attempt(() => readFileSync(`/proc/${pid}/environ`, 'utf8')).replaceAll('\0', ' '));
    }
    if (all) {
      const alive = new Set(pids);
      for (const pid of reads.keys()) if (!alive.has(pid)) reads.delete(pid);
    }
  };
  const timer = setInterval(sample, EVERY_MS);
  return () => {
    clearInterval(timer);
    return { samples, processes, lines };
  };
}
