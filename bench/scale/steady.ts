import { setTimeout as sleep } from 'node:timers/promises';
import { makeRig } from '../../electron/core/ssh/testing/rig';
import type { TestConsole } from '../../electron/core/testing/console';
import type { Fleet } from './fleet';
import { type LoopDelay, watchLoop } from './loop-delay';

export interface Steady {
  /** Milliseconds between two looks at a host that answers, all hosts together, sorted. */
  pauses: number[];
  /** Answering hosts that were not looked at twice. */
  missed: number;
  periodMs: number;
  delay: LoopDelay;
}

/** Watches on for a while and notes when each answering host was looked at; `beside` runs meanwhile. */
export async function steadyWatch(
  desk: TestConsole,
  fleet: Fleet,
  seconds: number,
  beside: () => Promise<unknown> = async () => {},
): Promise<Steady> {
  const times = new Map(fleet.hosts.filter(isGood).map(({ id }) => [id, [] as number[]]));
  const off = desk.client.on('host.changed', ({ host }) => times.get(host)?.push(performance.now()));
  const stop = watchLoop();
  await Promise.all([sleep(seconds * 1000), beside()]);
  const delay = stop();
  off();
  const looks = [...times.values()];
  return {
    pauses: looks
      .flatMap((all) => all.slice(1).map((time, index) => time - (all[index] ?? 0)))
      .sort((a, b) => a - b),
    missed: looks.filter((all) => all.length < 2).length,
    periodMs: (await desk.snapshot()).periodMs,
    delay,
  };
}

const isGood = ({ behaviour }: Fleet['hosts'][number]) => behaviour === 'good';

/** Streams so many bytes over one channel of one connection, in this very process. Megabytes per second. */
export async function stream(fleet: Fleet, bytes: number): Promise<number> {
  const host = fleet.hosts.find(isGood);
  if (!host) throw new Error('no host answers');
  const ssh = {
    host: host.address,
    port: fleet.port,
    user: 'watch',
    identity: `file:${fleet.identity}`,
    hostKeys: [fleet.hostKey],
  };
  const rig = makeRig([{ id: 'source', address: host.address, ssh }]);
  try {
    const { signal } = new AbortController();
    const lease = await rig.sessions.acquire('source', { account: 'read', background: true, signal });
    const channel = await lease.exec(`stream ${bytes}`, { signal });
    const started = performance.now();
    let received = 0;
    await new Promise((resolve) => {
      channel.stream.on('data', (chunk: Buffer) => {
        received += chunk.length;
      });
      channel.stream.on('close', resolve);
    });
    if (received !== bytes) throw new Error(`${received} bytes came, not ${bytes}`);
    channel.done();
    lease.release();
    return received / 1e3 / (performance.now() - started);
  } finally {
    await rig.dispose();
  }
}

/** The value below which this part of a sorted list lies. */
export function quantile(sorted: readonly number[], part: number): number {
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
  if (value === undefined) throw new Error('no measurement');
  return value;
}
