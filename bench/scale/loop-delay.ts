import { monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * How late the event loop came to its timers, in milliseconds; and what the process used meanwhile. `own` is the
 * CPU time that the process spent between two of its turns: what of the delay is its own doing. On a machine with
 * nothing else to do both are alike; on a busy one the first also tells how long others had the processor.
 */
export interface LoopDelay {
  own: { p99: number; max: number };
  p50: number;
  p99: number;
  max: number;
  /** Seconds of CPU per second. */
  cpu: number;
  /** Resident memory at its highest sample, in bytes. */
  rss: number;
}

const RESOLUTION_MS = 1;
const SAMPLE_MS = 250;

/** Begins to measure this process; the function ends it. */
export function watchLoop(): () => LoopDelay {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  const started = performance.now();
  const before = process.cpuUsage();
  let rss = process.memoryUsage.rss();
  const timer = setInterval(() => {
    rss = Math.max(rss, process.memoryUsage.rss());
  }, SAMPLE_MS);
  const turns: number[] = [];
  let spent = process.cpuUsage();
  const turn = setInterval(() => {
    const { user, system } = process.cpuUsage(spent);
    spent = process.cpuUsage();
    turns.push((user + system) / 1e3);
  }, RESOLUTION_MS);
  histogram.enable();
  return () => {
    histogram.disable();
    clearInterval(timer);
    clearInterval(turn);
    turns.sort((a, b) => a - b);
    const own = (part: number) => turns[Math.min(turns.length - 1, Math.floor(turns.length * part))] ?? 0;
    const used = process.cpuUsage(before);
    // Node notes the time between two of its own timers: the part over their distance is the delay.
    const late = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
    return {
      own: { p99: own(0.99), max: own(1) },
      p50: late(histogram.percentile(50)),
      p99: late(histogram.percentile(99)),
      max: late(histogram.max),
      cpu: (used.user + used.system) / 1e3 / (performance.now() - started),
      rss,
    };
  };
}
