import { toAppError } from '@shared/errors';
import { afterEach, describe, expect, it } from 'vitest';
import { failure } from '../net/failure';
import type { Clock } from '../ports';
import { nodeClock } from '../ports-node';
import { estateOf } from '../ssh/testing/estate';
import { Watcher } from './watcher';

const HOUR = 3_600_000;
const watchers: Watcher[] = [];
afterEach(async () => {
  for (const watcher of watchers.splice(0)) await watcher.stop();
});

/** A watcher whose clocks are set by hand, over hosts that cannot be reached or do not answer. */
function rig(
  acquire: (hostId: string, signal: AbortSignal) => Promise<never>,
  sleep: Clock['sleep'] = nodeClock.sleep,
) {
  const time = { now: 100 * HOUR, monotonic: 0 };
  const clock: Clock = { now: () => time.now, monotonic: () => time.monotonic, sleep };
  const told: string[] = [];
  let suspected = 0;
  const watcher = new Watcher({
    estate: { ...estateOf([{ id: 'web' }, { id: 'db' }]), watch: { everySeconds: 60 } },
    sessions: {
      acquire: (hostId, { signal }) => acquire(hostId, signal),
      suspect: () => {
        suspected += 1;
      },
      state: () => ({ state: 'idle' }),
      presentedKey: () => Promise.reject(new Error('not here')),
      onChange: () => () => {},
      retry: () => {},
      dispose: async () => {},
    },
    sqlSession: () => {
      throw new Error('not here');
    },
    clock,
    random: () => 0,
    onChange: ({ seq, host, reading }) => told.push(`${seq} ${host} ${reading.state}`),
    onWoke: ({ seq, why, ms }) => told.push(`${seq} ${why} ${ms}`),
  });
  watchers.push(watcher);
  return { watcher, time, told, suspected: () => suspected };
}
const refused = (hostId: string) => Promise.reject(failure('E_TCP_REFUSED', hostId, {}));
const hangs = (_hostId: string, signal: AbortSignal) =>
  new Promise<never>((_resolve, reject) =>
    signal.addEventListener('abort', () => reject(failure('E_ABORTED', 'web'))),
  );

describe('while it is hushed', () => {
  it('no turn of its own is a look; a person’s is, and when it is over every host is looked at', async () => {
    const pauses = new Set<() => void>();
    const { watcher, told } = rig(refused, (_ms, signal) => {
      return new Promise((resolve) => {
        const end = () => {
          pauses.delete(end);
          resolve();
        };
        pauses.add(end);
        signal?.addEventListener('abort', end, { once: true });
      });
    });
    const turn = async () => {
      await expect.poll(() => pauses.size).toBe(2);
      for (const end of [...pauses]) end();
      await expect.poll(() => pauses.size).toBe(2);
    };
    await watcher.start();
    await turn();
    expect(told).toHaveLength(4);
    watcher.hush(60_000);
    await turn();
    expect(told).toHaveLength(4);
    await watcher.lookNow('web', new AbortController().signal);
    expect(told).toHaveLength(5);
    await expect.poll(() => pauses.size).toBe(2);
    watcher.hush(0);
    await expect.poll(() => told.length).toBe(7);
  });
});

describe('after a sleep', () => {
  it('what a person asked for before is refused, not done, and what was under way says nothing', async () => {
    const { watcher, time, told, suspected } = rig(hangs);
    const first = watcher.start();
    const asked = watcher.lookNow(undefined, new AbortController().signal);
    const outcome = asked.then(
      () => 'done',
      (thrown) => toAppError(thrown).code,
    );
    time.now += HOUR;
    watcher.checkClock();
    expect(await outcome).toBe('E_WOKE_UP');
    await first;
    expect(told).toEqual([`1 slept ${HOUR}`]);
    expect(suspected()).toBe(1);
    expect(watcher.snapshot().snapshot).toMatchObject({
      suspectBefore: time.now,
      hosts: { web: { state: 'unasked' } },
    });
  });

  it('a look that a person asks for afterwards is done', async () => {
    const { watcher, time, told } = rig(refused);
    await watcher.start();
    time.now += HOUR;
    watcher.checkClock();
    expect(told.at(-1)).toBe(`3 slept ${HOUR}`);
    await watcher.lookNow('db', new AbortController().signal);
    expect(told.filter((line) => line.endsWith('db unreachable')).length).toBeGreaterThanOrEqual(2);
  });

  it('nothing happens while both clocks agree', async () => {
    const { watcher, time, told } = rig(refused);
    await watcher.start();
    time.now += 3_000;
    time.monotonic += 3_000;
    watcher.checkClock();
    expect(told).toHaveLength(2);
  });
});

describe('F18: the clock of the desk is set back', () => {
  it('everything is stale, the order stays, and no duration is negative', async () => {
    const { watcher, time, told } = rig(refused);
    await watcher.start();
    const { snapshot: before } = watcher.snapshot();
    time.now -= HOUR;
    time.monotonic += 500;
    watcher.checkClock();
    await watcher.lookNow('web', new AbortController().signal);
    const { seq, snapshot } = watcher.snapshot();
    expect(told.map((line) => Number(line.split(' ')[0]))).toEqual(told.map((_, index) => index + 1));
    expect(told[2]).toBe(`3 clock-back ${HOUR + 500}`);
    expect(seq).toBe(told.length);
    const [was, is] = [before.hosts.web, snapshot.hosts.web];
    if (was?.state !== 'unreachable' || is?.state !== 'unreachable') throw new Error('reached');
    expect(is.at).toBe(was.at - HOUR);
    expect(is.at - is.since).toBeGreaterThanOrEqual(0);
  });
});
