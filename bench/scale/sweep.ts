import type { Snapshot } from '@shared/snapshot';
import { openConsole } from '../../electron/core/testing/console';
import type { Behaviour, Fleet } from './fleet';
import { type LoopDelay, watchLoop } from './loop-delay';

export interface Sweep {
  /** Until the estate file was read. */
  openSeconds: number;
  /** Until every host was asked once and its first reading is there. */
  seconds: number;
  /** Until the last host that answers had answered. */
  goodSeconds: number;
  /** Answering hosts that were seen by the time at which the first silent one was given up: none, if those hold it up. */
  goodBeforeHung: number;
  counts: Readonly<Record<Behaviour, { answered: number; unreachable: number }>>;
  /** Codes of what stood in the way, and how often. */
  codes: Readonly<Record<string, number>>;
  delay: LoopDelay;
}

/** The real core opens the estate and asks every host once, everything there is to ask. */
export async function consoleSweep(fleet: Fleet): Promise<Sweep> {
  const stop = watchLoop();
  const started = performance.now();
  const since = () => (performance.now() - started) / 1000;
  const desk = await openConsole(fleet.estateFile, { waitForLook: false });
  try {
    if (desk.opened.state !== 'open') throw new Error('the generated estate was refused');
    const openSeconds = since();
    const unseen = new Set(fleet.hosts.flatMap(({ id, behaviour }) => (behaviour === 'good' ? [id] : [])));
    const hung = new Set(fleet.hosts.flatMap(({ id, behaviour }) => (behaviour === 'hung' ? [id] : [])));
    const good = unseen.size;
    let goodSeconds = 0;
    let goodBeforeHung: number | null = null;
    desk.client.on('host.changed', ({ host, reading }) => {
      if (reading.state === 'answered' && unseen.delete(host)) goodSeconds = since();
      if (reading.state === 'unreachable' && hung.has(host)) goodBeforeHung ??= good - unseen.size;
    });
    await desk.firstLook;
    const seconds = since();
    return {
      seconds,
      goodSeconds,
      goodBeforeHung: goodBeforeHung ?? good - unseen.size,
      openSeconds,
      ...countsOf(fleet, await desk.snapshot()),
      delay: stop(),
    };
  } finally {
    await desk.close();
  }
}

function countsOf(fleet: Fleet, { hosts }: Snapshot): Pick<Sweep, 'counts' | 'codes'> {
  const counts = {
    good: { answered: 0, unreachable: 0 },
    hung: { answered: 0, unreachable: 0 },
    refusing: { answered: 0, unreachable: 0 },
  };
  const codes: Record<string, number> = {};
  for (const host of fleet.hosts) {
    const reading = hosts[host.id];
    if (reading?.state === 'answered') counts[host.behaviour].answered += 1;
    if (reading?.state !== 'unreachable') continue;
    counts[host.behaviour].unreachable += 1;
    codes[reading.error.code] = (codes[reading.error.code] ?? 0) + 1;
  }
  return { counts, codes };
}
